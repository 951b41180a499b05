/// How often each of some numbered values was counted, in the order in which they came first.
///
/// A handful of values is found by going through them, more by a table of their places.
struct CountList: Sendable {
  typealias Entry = (value: UInt32, count: Int)

  private(set) var entries: [Entry] = []
  /// An open-addressed table of the entries' positions, each plus one; 0 marks a free place.
  ///
  /// Only what the mask reaches is in use.
  private var slots: [UInt32] = []
  /// The last place in use; 0 while there are few entries.
  private var mask = 0

  /// Entries that are gone through.
  private static let few = 8
  private static let firstSize = 32

  /// Counts a value, unless the count is 0; the same value often comes again at once.
  mutating func add(_ value: UInt32, _ count: Int) {
    guard count > 0 else { return }
    let last = entries.count - 1
    if last >= 0, entries[last].value == value {
      entries[last].count += count
      return
    }
    guard mask > 0 else { return addToFew(value, count) }
    let place = place(of: value)
    let slot = slots[place]
    if slot > 0 {
      entries[Int(slot) - 1].count += count
    } else {
      entries.append((value, count))
      slots[place] = UInt32(truncatingIfNeeded: entries.count)
      if entries.count * 2 > mask { index() }
    }
  }

  private mutating func addToFew(_ value: UInt32, _ count: Int) {
    for index in entries.indices where entries[index].value == value {
      entries[index].count += count
      return
    }
    entries.append((value, count))
    if entries.count > Self.few { index() }
  }

  /// Where a value is, or would go.
  @inline(__always)
  private func place(of value: UInt32) -> Int {
    var place = Int(truncatingIfNeeded: UInt64(value) &* 0x9E37_79B9_7F4A_7C15 >> 32) & mask
    while true {
      let slot = slots[place]
      if slot == 0 || entries[Int(slot) - 1].value == value { return place }
      place = (place + 1) & mask
    }
  }

  /// Notes the places of all entries, with room for as many again.
  @inline(never)
  private mutating func index() {
    var size = Self.firstSize
    while size < entries.count * 4 { size *= 2 }
    if slots.count < size {
      slots = [UInt32](repeating: 0, count: size)
    } else {
      for place in 0..<size { slots[place] = 0 }
    }
    mask = size - 1
    for (position, entry) in entries.enumerated() {
      slots[place(of: entry.value)] = UInt32(truncatingIfNeeded: position + 1)
    }
  }

  /// Takes in other counts; `number` translates their values.
  mutating func formUnion(_ other: CountList, number: (UInt32) -> UInt32) {
    for entry in other.entries { add(number(entry.value), entry.count) }
  }

  /// Whether nothing was counted.
  var isEmpty: Bool { entries.isEmpty }

  /// Lends the distinct values with their counts, which the caller may reorder; the counts stay.
  @inline(__always)
  mutating func withDistinct<Result>(_ body: (inout [Entry]) -> Result) -> Result {
    defer { mask = 0 }
    return body(&entries)
  }

  /// Forgets everything and keeps the room.
  mutating func removeAll() {
    guard !entries.isEmpty else { return }
    entries.removeAll(keepingCapacity: true)
    mask = 0
  }
}
