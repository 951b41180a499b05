extension RecordScanner {
  /// Reads `resources`, an array of flat objects, and keeps the ARN of each, or else its name.
  mutating func resourceList(at start: Int) -> Int {
    var position = space(start + 1)
    if position < count, bytes[position] == UInt8(ascii: "]") { return position + 1 }
    while position < count {
      position = resource(at: position)
      guard position >= 0 else { return -1 }
      position = space(position)
      guard position < count else { return -1 }
      if bytes[position] == UInt8(ascii: "]") { return position + 1 }
      guard bytes[position] == UInt8(ascii: ",") else { return -1 }
      position = space(position + 1)
    }
    return -1
  }

  /// Reads one resource; gives the place behind it, or -1.
  private mutating func resource(at start: Int) -> Int {
    guard bytes[start] == UInt8(ascii: "{") else { return -1 }
    var position = space(start + 1)
    if position < count, bytes[position] == UInt8(ascii: "}") { return position + 1 }
    var arn = Slice()
    var name = Slice()
    while position < count, bytes[position] == UInt8(ascii: "\"") {
      let key = position + 1
      let keyEnd = stringEnd(key)
      guard keyEnd >= 0, !lastHasEscapes else { return -1 }
      position = space(keyEnd + 1)
      guard position < count, bytes[position] == UInt8(ascii: ":") else { return -1 }
      position = space(position + 1)
      guard position < count else { return -1 }
      let isText = bytes[position] == UInt8(ascii: "\"")
      let valueStart = position
      position = skip(position, depth: 3, collects: false)
      guard position >= 0 else { return -1 }
      // The last of repeated keys counts, and what is no text says nothing.
      let value =
        isText
        ? Slice(start: valueStart + 1, count: position - valueStart - 2, hasEscapes: lastHasEscapes) : Slice()
      let keyBytes = UnsafeBufferPointer(start: bytes + key, count: keyEnd - key)
      if keyBytes.isText("ARN") { arn = value }
      if keyBytes.isText("resourceName") { name = value }
      position = space(position)
      guard position < count else { return -1 }
      if bytes[position] == UInt8(ascii: "}") {
        if !arn.isEmpty || !name.isEmpty { resources.append(arn.isEmpty ? name : arn) }
        return position + 1
      }
      guard bytes[position] == UInt8(ascii: ",") else { return -1 }
      position = space(position + 1)
    }
    return -1
  }
}
