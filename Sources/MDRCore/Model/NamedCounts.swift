/// Counts by name, in the order of the names.
package struct NamedCounts: Sendable {
  package typealias Element = (key: String, value: Int)

  private var entries: [Element] = []

  /// No counts.
  package init() {}

  /// Takes counts as they come; names may repeat.
  package init(_ counts: some Sequence<Element>) {
    entries = Array(counts)
    guard entries.count > 1 else { return }
    entries.sort { $0.key < $1.key }
    var end = 0
    for index in 1..<entries.count {
      if entries[index].key == entries[end].key {
        entries[end].value += entries[index].value
      } else {
        end += 1
        entries[end] = entries[index]
      }
    }
    entries.removeLast(entries.count - end - 1)
  }

  /// Takes counts whose names are distinct and sorted.
  init(sorted counts: [Element]) { entries = counts }

  /// The count of a name, `nil` for one that isn't there.
  package subscript(name: String) -> Int? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < name { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].key == name ? entries[low].value : nil
  }

  /// Calls `body` with each name and its count, in order.
  @inline(__always)
  func forEachName(_ body: (String, Int) -> Void) {
    for entry in entries { body(entry.key, entry.value) }
  }

  /// The names, sorted.
  package var keys: some RandomAccessCollection<String> { entries.lazy.map { $0.key } }
}

extension NamedCounts: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { entries.count }
  package subscript(position: Int) -> Element { entries[position] }
}

extension NamedCounts: Equatable {
  package static func == (one: NamedCounts, other: NamedCounts) -> Bool {
    one.elementsEqual(other) { $0 == $1 }
  }
}

extension NamedCounts: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, Int)...) {
    self.init(elements.map { (key: $0.0, value: $0.1) })
  }
}
