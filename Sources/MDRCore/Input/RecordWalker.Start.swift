/// What the first bytes of a file say of it: whether JSON stands there, and behind what.
extension RecordWalker {
  /// Whether a value follows the indent that isn't a table's cell: a string with JSON, as `jq` prints the events of an
  /// answer line by line, or what a separator announces.
  func hasJSONInText(behind indent: Int) -> Bool {
    fill(indent + 3)
    guard window.count - position >= indent + 3 else { return false }
    let start = window.bytes + position + indent
    let bytes = (start[0], start[1], start[2])
    switch bytes {
    case (Self.recordSeparator, UInt8(ascii: "{"), _), (Self.recordSeparator, UInt8(ascii: "["), _),
      (UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "\\")),
      (UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "{")):
      return true
    default: return false
    }
  }

  /// UTF-32, where the file starts with its mark or with one of JSON's brackets in it.
  var wideEncoding: InputFault? {
    guard window.count >= 4 else { return nil }
    switch (window.bytes[0], window.bytes[1], window.bytes[2], window.bytes[3]) {
    case (0xFF, 0xFE, 0, 0), (0, 0, 0xFE, 0xFF), (UInt8(ascii: "{"), 0, 0, 0), (UInt8(ascii: "["), 0, 0, 0),
      (0, 0, 0, UInt8(ascii: "{")), (0, 0, 0, UInt8(ascii: "[")):
      return .utf32
    default: return nil
    }
  }

  /// What the bytes are that are no log, where they show it.
  var format: ForeignFormat? {
    fill(ForeignFormat.startLength)
    return ForeignFormat(
      of: UnsafeBufferPointer(start: window.bytes + position, count: window.count - position))
  }

  /// The first bytes of what is left, spelled so that they can be shown.
  var start: String {
    fill(Self.startLength)
    let bytes = UnsafeBufferPointer(
      start: window.bytes + position, count: min(Self.startLength, window.count - position))
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    return line.allSatisfy { (0x20..<0x7F).contains($0) } && !line.isEmpty
      ? "\u{201C}\(String(decoding: line, as: UTF8.self))\u{201D}"
      : "bytes " + bytes.prefix(4).map { String($0, radix: 16) }.joined(separator: " ")
  }

  /// Goes to the start of the first line that holds more than space, and says how far in its text begins.
  ///
  /// Tabs belong to the line: a table's first column may have no name. Of a line of nothing but space only the end is
  /// kept in the window.
  func firstByte() -> (byte: UInt8, indent: Int)? {
    var indent = 0
    while true {
      while position + indent < window.count {
        let byte = window.bytes[position + indent]
        switch byte {
        case 0x0A, 0x0D: (position, indent) = (position + indent + 1, 0)
        case 0x20 where indent == 0: position += 1
        case 0x20, 0x09:
          if indent == Self.prefixLength { (position, indent) = (position + indent, 1) } else { indent += 1 }
        default: return (byte, indent)
        }
      }
      guard !window.isAtEnd else { return nil }
      position -= window.advance(keepingFrom: position)
    }
  }

  /// Goes behind the mark that UTF-8 may begin with.
  func skipByteOrderMark() {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if window.count >= 3, UnsafeBufferPointer(start: window.bytes, count: 3).elementsEqual(mark) {
      position = 3
    }
  }
}
