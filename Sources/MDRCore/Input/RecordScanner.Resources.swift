extension RecordScanner {
  /// Reads `resources`, an array of flat objects, and keeps the ARN of each, or else its name.
  mutating func resourceList(at start: Int) -> Int? {
    guard start < count else { return nil }
    var position = space(start + 1)
    if position < count, bytes[position] == UInt8(ascii: "]") { return position + 1 }
    while true {
      guard let end = resource(at: space(position)), let next = next(after: end, until: UInt8(ascii: "]"))
      else { return nil }
      position = next.position
      if next.isEnd { return position }
    }
  }

  /// Reads one resource; gives the place behind it, or `nil`.
  private mutating func resource(at start: Int) -> Int? {
    guard start < count, bytes[start] == UInt8(ascii: "{") else { return nil }
    var position = space(start + 1)
    if position < count, bytes[position] == UInt8(ascii: "}") { return position + 1 }
    var cursor = tree.start(of: KeyContext.resourceRoot)
    var arn = Slice()
    var name = Slice()
    while true {
      guard let key = key(at: position, &cursor, .resource) else { return nil }
      // What a key that isn't learnt means is known until the next one comes.
      let role = tree.meaning(of: key.place).role
      guard let end = skip(key.value, depth: 3, in: key.place, collects: false) else { return nil }
      if role != 0 {
        // The last of repeated keys counts, and what is no text says nothing.
        let value =
          bytes[key.value] == UInt8(ascii: "\"")
          ? Slice(start: key.value + 1, count: end - key.value - 2, hasEscapes: lastHasEscapes) : Slice()
        if role == 1 { arn = value } else { name = value }
      }
      guard let next = next(after: end, until: UInt8(ascii: "}")) else { return nil }
      position = next.position
      guard next.isEnd else { continue }
      let shown = arn.isEmpty ? name : arn
      return shown.isEmpty || resourceNames.append(shown) ? position : nil
    }
  }
}
