/// How often each of some numbered values was counted, in little more room than the distinct ones take.
struct CountList: Sendable {
  typealias Entry = (value: UInt32, count: Int)

  private var entries: [Entry] = []
  private var sortedCount = 0

  /// Counts a value; the last one is often the next too.
  mutating func add(_ value: UInt32, _ count: Int) {
    let last = entries.count - 1
    if last >= 0, entries[last].value == value {
      entries[last].count += count
      return
    }
    entries.append((value, count))
    if entries.count > 32, entries.count > 2 * sortedCount { compact() }
  }

  /// Takes in other counts; `number` translates their values.
  mutating func formUnion(_ other: CountList, number: (UInt32) -> UInt32) {
    for entry in other.entries { add(number(entry.value), entry.count) }
  }

  /// Whether nothing was counted.
  var isEmpty: Bool { entries.isEmpty }

  /// Lends the distinct values with their counts, in the order of their numbers; what is left of them, in whatever
  /// order, stays counted.
  @inline(__always)
  mutating func withDistinct<Result>(_ body: (inout [Entry]) -> Result) -> Result {
    if entries.count > 1 { compact() }
    sortedCount = 0
    return body(&entries)
  }

  /// Forgets everything and keeps the room.
  mutating func removeAll() {
    guard !entries.isEmpty else { return }
    entries.removeAll(keepingCapacity: true)
    sortedCount = 0
  }

  private mutating func compact() {
    entries.sortShort { $0.value < $1.value }
    var end = 0
    for index in 1..<entries.count {
      if entries[index].value == entries[end].value {
        entries[end].count += entries[index].count
      } else {
        end += 1
        entries[end] = entries[index]
      }
    }
    entries.removeLast(entries.count - end - 1)
    sortedCount = entries.count
  }
}
