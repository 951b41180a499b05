/// Where each name of a table stands among them, in order.
struct NameRanks: Sendable {
  private var ranks: [UInt32]

  /// Ranks all names of a table, on several threads; `bytes` are the names'.
  init(_ names: StringTable, bytes: NameBytes, jobs: Int = 1) {
    let count = names.strings.count
    let (sorted, others) = bytes.withView { view in
      let sorting = NameSorting(view, count: count)
      let bounds = sorting.bounds(parts: max(1, min(jobs, count / Self.leastShare)))
      let parts = ConcurrentMap(jobs: jobs).map(bounds.count + 1) { part in
        sorting.sorted(
          from: part > 0 ? bounds[part - 1] : nil, to: part < bounds.count ? bounds[part] : nil)
      }
      return (parts, sorting.others)
    }
    ranks = [UInt32](repeating: 0, count: count)
    // Names beyond ASCII have no order that bytes could tell; they are few.
    var rest = others.sorted { names[$0] < names[$1] }[...]
    var rank: UInt32 = 0
    for part in sorted {
      for number in part {
        while let other = rest.first, names[other] < names[number] {
          ranks[Int(other)] = rank
          rank += 1
          rest.removeFirst()
        }
        ranks[Int(number)] = rank
        rank += 1
      }
    }
    for other in rest {
      ranks[Int(other)] = rank
      rank += 1
    }
  }

  /// Names for which a thread of their own is worth it.
  private static let leastShare = 256

  /// Ranks some names of a table among each other; of others nothing is said.
  init(_ names: StringTable, of numbers: some Sequence<NameNumber>) {
    ranks = [UInt32](repeating: 0, count: names.strings.count)
    var some: [NameNumber] = []
    for number in numbers where ranks[Int(number)] == 0 {
      ranks[Int(number)] = 1
      some.append(number)
    }
    some.sort { names[$0] < names[$1] }
    for (rank, number) in some.enumerated() { ranks[Int(number)] = UInt32(rank) }
  }

  subscript(number: NameNumber) -> UInt32 { ranks[Int(number)] }

  @inline(__always)
  func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result {
    ranks.withUnsafeBufferPointer(body)
  }
}

/// Sorts names by their bytes, eight at a time.
private struct NameSorting: Sendable {
  private struct Item: BitwiseCopyable {
    /// The eight bytes that are compared.
    var word: UInt64
    var number: NameNumber
    /// How many of these bytes the name has; 9 where it goes on behind them.
    var length: UInt32
  }

  private let names: NameBytes.View
  private let count: Int
  /// The names beyond ASCII, as they come.
  let others: [NameNumber]

  init(_ names: NameBytes.View, count: Int) {
    self.names = names
    self.count = count
    others = names.bytes.isASCII ? [] : (0..<NameNumber(count)).filter { !names[$0].isASCII }
  }

  /// Names that part all others into shares of about a size: those of a sample.
  func bounds(parts: Int) -> [NameNumber] {
    let each = 32
    guard parts > 1 else { return [] }
    let sample = (0..<parts * each).map { NameNumber(count * $0 / (parts * each)) }
      .filter { names[$0].isASCII }.sorted { names[$0].precede(names[$1]) }
    return (1..<parts).compactMap { sample.isEmpty ? nil : sample[sample.count * $0 / parts] }
  }

  /// The names of ASCII from one on and before another, in order.
  func sorted(from first: NameNumber?, to end: NameNumber?) -> [NameNumber] {
    var items: [Item] = []
    items.reserveCapacity(first == nil && end == nil ? count : 0)
    for number in 0..<NameNumber(count) {
      let name = names[number]
      if let first, name.precede(names[first]) { continue }
      if let end, !name.precede(names[end]) { continue }
      if !others.isEmpty, !name.isASCII { continue }
      items.append(Item(word: 0, number: number, length: 0))
    }
    items.withUnsafeMutableBufferPointer { sort($0, from: 0) }
    return items.map(\.number)
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
