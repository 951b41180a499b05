/// Where each name of a table stands among them, in order.
struct NameRanks: Sendable {
  private var ranks: [UInt32]

  /// Ranks all names of a table, on several threads; `bytes` are the names'.
  init(_ names: StringTable, bytes: NameBytes, jobs: Int = 1) {
    let count = names.strings.count
    let share = max(1, (count + jobs - 1) / jobs)
    var runs = ConcurrentMap(jobs: jobs).map((count + share - 1) / share) { run in
      bytes.withView { NameSorting($0).sorted(run * share..<min(count, (run + 1) * share)) }
    }
    // Names beyond ASCII have no order that bytes could tell; they are few.
    let others = runs.flatMap(\.others).sorted { names[$0] < names[$1] }
    if !others.isEmpty { runs.append((names: others, others: [])) }
    ranks = [UInt32](repeating: 0, count: count)
    bytes.withView { view in
      var heads = [Int](repeating: 0, count: runs.count)
      for rank in 0..<UInt32(count) {
        var first: Int?
        for run in runs.indices where heads[run] < runs[run].names.count {
          guard let best = first else {
            first = run
            continue
          }
          let (one, other) = (runs[run].names[heads[run]], runs[best].names[heads[best]])
          let isOfBytes = others.isEmpty || run < runs.count - 1
          if isOfBytes ? view[one].precede(view[other]) : names[one] < names[other] { first = run }
        }
        guard let first else { break }
        ranks[Int(runs[first].names[heads[first]])] = rank
        heads[first] += 1
      }
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

/// Sorts names by their bytes, eight at a time.
private struct NameSorting {
  private struct Item: BitwiseCopyable {
    /// The eight bytes that are compared.
    var word: UInt64
    var number: NameNumber
    /// How many of these bytes the name has; 9 where it goes on behind them.
    var length: UInt32
  }

  private let names: NameBytes.View

  init(_ names: NameBytes.View) { self.names = names }

  /// The names of ASCII among some in order, and the others as they come.
  func sorted(_ numbers: Range<Int>) -> (names: [NameNumber], others: [NameNumber]) {
    var items: [Item] = []
    var others: [NameNumber] = []
    items.reserveCapacity(numbers.count)
    for number in numbers {
      let number = NameNumber(number)
      if names[number].isASCII {
        items.append(Item(word: 0, number: number, length: 0))
      } else {
        others.append(number)
      }
    }
    items.withUnsafeMutableBufferPointer { sort($0, from: 0) }
    return (items.map(\.number), others)
  }

  /// Sorts names that agree up to a place.
  private func sort(_ items: UnsafeMutableBufferPointer<Item>, from start: Int) {
    var items = items
    guard items.count > 16 else { return sortFew(items, from: start) }
    var place = start
    // What many names begin with takes a look at each of them and nothing more.
    repeat {
      load(items, at: place)
      place += 8
    } while items.allSatisfy { $0.length == 9 && $0.word == items[0].word }
    items.sort { $0.word != $1.word ? $0.word < $1.word : $0.length < $1.length }
    var first = 0
    while first < items.count {
      var end = first + 1
      while end < items.count, items[end].word == items[first].word, items[end].length == 9,
        items[first].length == 9
      {
        end += 1
      }
      if end - first > 1 { sort(UnsafeMutableBufferPointer(rebasing: items[first..<end]), from: place) }
      first = end
    }
  }

  private func load(_ items: UnsafeMutableBufferPointer<Item>, at place: Int) {
    for index in items.indices {
      let name = names[items[index].number]
      items[index].word = name.word(at: place)
      items[index].length = UInt32(max(0, min(name.count - place, 9)))
    }
  }

  private func sortFew(_ items: UnsafeMutableBufferPointer<Item>, from start: Int) {
    for index in items.indices.dropFirst() {
      let item = items[index]
      let name = names[item.number]
      var place = index
      while place > 0, name.precede(names[items[place - 1].number], from: start) {
        items[place] = items[place - 1]
        place -= 1
      }
      items[place] = item
    }
  }
}
