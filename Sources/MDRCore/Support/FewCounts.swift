/// Counts of a handful of values, found by going through them.
struct FewCounts<Value: Equatable> {
  private(set) var entries: [(value: Value, count: Int)] = []

  @inline(__always)
  mutating func add(_ value: Value, _ count: Int) {
    for index in entries.indices where entries[index].value == value {
      entries[index].count += count
      return
    }
    entries.append((value, count))
  }

  /// Forgets all values and keeps the room.
  mutating func removeAll() {
    if !entries.isEmpty { entries.removeAll(keepingCapacity: true) }
  }

  subscript(value: Value) -> Int { entries.first { $0.value == value }?.count ?? 0 }
}

extension FewCounts where Value: Hashable {
  /// The counts by value.
  var dictionary: [Value: Int] {
    Dictionary(uniqueKeysWithValues: entries.lazy.map { ($0.value, $0.count) })
  }
}

extension FewCounts: Equatable {
  static func == (one: FewCounts, other: FewCounts) -> Bool {
    one.entries.elementsEqual(other.entries) { $0 == $1 }
  }
}

extension FewCounts: Sendable where Value: Sendable {}
