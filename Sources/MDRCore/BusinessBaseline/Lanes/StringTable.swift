/// Numbers for strings, so that a lane costs a few words however long its names are.
struct StringTable: Sendable {
  private(set) var strings: [String] = []
  private var numbers: [String: UInt32] = [:]

  /// The string's number, a new one where it has none.
  mutating func intern(_ string: String) -> UInt32 {
    if let number = numbers[string] { return number }
    let number = UInt32(strings.count)
    strings.append(string)
    numbers[string] = number
    return number
  }

  /// The string's number, where it has one.
  func number(of string: String) -> UInt32? { numbers[string] }

  subscript(number: UInt32) -> String { strings[Int(number)] }
}

/// Where each name of a table stands among them, in order.
struct NameRanks: Sendable {
  private var ranks: [UInt32]

  /// Ranks all names of a table, on several threads.
  init(_ names: StringTable, jobs: Int = 1) {
    let strings = names.strings
    let share = max(1, (strings.count + jobs - 1) / jobs)
    let runs = ConcurrentMap(jobs: jobs).map((strings.count + share - 1) / share) { run in
      (run * share..<min(strings.count, (run + 1) * share)).sorted { strings[$0] < strings[$1] }
    }
    ranks = [UInt32](repeating: 0, count: strings.count)
    var heads = runs.map(\.startIndex)
    for rank in strings.indices {
      var first: Int?
      for run in runs.indices where heads[run] < runs[run].endIndex {
        guard let best = first else {
          first = run
          continue
        }
        if strings[runs[run][heads[run]]] < strings[runs[best][heads[best]]] { first = run }
      }
      guard let first else { break }
      ranks[runs[first][heads[first]]] = UInt32(rank)
      heads[first] += 1
    }
  }

  /// Ranks some names of a table among each other; of others nothing is said.
  init(_ names: StringTable, of numbers: some Sequence<NameNumber>) {
    ranks = [UInt32](repeating: 0, count: names.strings.count)
    for (rank, number) in Set(numbers).sorted(by: { names[$0] < names[$1] }).enumerated() {
      ranks[Int(number)] = UInt32(rank)
    }
  }

  subscript(number: NameNumber) -> UInt32 { ranks[Int(number)] }
}
