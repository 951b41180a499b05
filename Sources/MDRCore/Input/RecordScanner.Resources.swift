extension RecordScanner {
  /// Reads `resources`, an array of flat objects, and keeps the ARN of each, or else its name.
  mutating func resourceList(at start: Int) -> Int {
    guard start < count else { return -1 }
    var position = space(start + 1)
    if position < count, bytes[position] == UInt8(ascii: "]") { return position + 1 }
    repeat {
      position = resource(at: space(position))
      guard position >= 0 else { return -1 }
    } while goesOn(&position, until: UInt8(ascii: "]"))
    return position
  }

  /// Reads one resource; gives the place behind it, or -1.
  private mutating func resource(at start: Int) -> Int {
    guard start < count, bytes[start] == UInt8(ascii: "{") else { return -1 }
    var position = space(start + 1)
    if position < count, bytes[position] == UInt8(ascii: "}") { return position + 1 }
    var cursor = tree.start(of: KeyContext.resourceRoot)
    var arn = Slice()
    var name = Slice()
    repeat {
      let key = key(at: position, &cursor, .resource)
      guard key.value >= 0 else { return -1 }
      position = skip(key.value, depth: 3, in: key.place, collects: false)
      guard position >= 0 else { return -1 }
      let role = tree.meaning(of: key.place).role
      if role != 0 {
        // The last of repeated keys counts, and what is no text says nothing.
        let value =
          bytes[key.value] == UInt8(ascii: "\"")
          ? Slice(start: key.value + 1, count: position - key.value - 2, hasEscapes: lastHasEscapes) : Slice()
        if role == 1 { arn = value } else { name = value }
      }
    } while goesOn(&position, until: UInt8(ascii: "}"))
    let shown = arn.isEmpty ? name : arn
    return shown.isEmpty || resourceNames.append(shown) ? position : -1
  }
}
