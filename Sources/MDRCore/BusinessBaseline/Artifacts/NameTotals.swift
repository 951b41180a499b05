/// Observations by the number of a name, added up as lanes go by.
struct NumberTotals: Sendable {
  typealias Entry = (number: NameNumber, count: Int)

  /// In the order of their first appearance.
  private(set) var entries: [Entry] = []
  /// An open-addressed table of the entries' positions, each plus one; 0 marks a free place.
  private var slots: [UInt32] = []

  /// Slots at first.
  private static let firstSize = 16

  mutating func add(_ number: NameNumber, _ count: Int) {
    guard count > 0 else { return }
    if entries.count * 2 >= slots.count { grow() }
    let place = place(of: number)
    let slot = slots[place]
    if slot > 0 {
      entries[Int(slot) - 1].count += count
    } else {
      entries.append((number, count))
      slots[place] = UInt32(truncatingIfNeeded: entries.count)
    }
  }

  /// Where a number is, or would go.
  @inline(__always)
  private func place(of number: NameNumber) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: UInt64(number) &* 0x9E37_79B9_7F4A_7C15 >> 32) & mask
    while true {
      let slot = slots[place]
      if slot == 0 || entries[Int(slot) - 1].number == number { return place }
      place = (place + 1) & mask
    }
  }

  @inline(never)
  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: max(Self.firstSize, slots.count * 4))
    for (position, entry) in entries.enumerated() {
      slots[place(of: entry.number)] = UInt32(truncatingIfNeeded: position + 1)
    }
  }
}

/// Observations by name.
struct NameTotals: Sendable {
  let totals: NumberTotals
  let naming: LaneNaming

  /// Names counted.
  var count: Int { totals.entries.count }

  private func precede(_ one: NumberTotals.Entry, _ other: NumberTotals.Entry) -> Bool {
    naming.text(one.number) < naming.text(other.number)
  }

  /// The names with the most observations, ties by name.
  func leading(_ limit: Int) -> [String] {
    totals.entries.first(limit) { $0.count != $1.count ? $0.count > $1.count : precede($0, $1) }
      .map { naming.text($0.number) }
  }

  /// The names from the most frequent on as code spans; those above the limit are counted.
  func codes(limit: Int) -> Inline { .codes(leading(limit), of: count) }

  /// The first names, in order, as code spans; those above the limit are counted.
  func sortedCodes(limit: Int) -> Inline {
    .codes(totals.entries.first(limit, by: precede).map { naming.text($0.number) }, of: count)
  }

  /// All names with their counts, in the order of their first appearance.
  var entries: [(name: String, count: Int)] {
    totals.entries.map { (name: naming.text($0.number), count: $0.count) }
  }
}
