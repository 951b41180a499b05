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

  init(_ names: StringTable) {
    ranks = [UInt32](repeating: 0, count: names.strings.count)
    for (rank, number) in names.strings.indices.sorted(by: { names.strings[$0] < names.strings[$1] })
      .enumerated()
    {
      ranks[number] = UInt32(rank)
    }
  }

  subscript(number: NameNumber) -> UInt32 { ranks[Int(number)] }
}
