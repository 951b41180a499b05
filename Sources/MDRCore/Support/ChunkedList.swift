/// A list that grows by pieces: it never holds itself twice, and at most one piece is half empty.
struct ChunkedList<Element> {
  private static var length: Int { 1 << 12 }

  private var chunks: [[Element]] = []
  private(set) var count = 0

  mutating func append(_ element: Element) {
    if count % Self.length == 0 {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(Self.length)
    }
    chunks[chunks.count - 1].append(element)
    count += 1
  }

  subscript(position: Int) -> Element {
    get { chunks[position / Self.length][position % Self.length] }
    _modify { yield &chunks[position / Self.length][position % Self.length] }
  }
}

extension ChunkedList: Sendable where Element: Sendable {}
