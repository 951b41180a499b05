/// Lines whose objects stand behind other text, as exports of log groups and syslog have them.
extension RecordWalker {
  /// How far into a line its object may begin.
  static let prefixLength = 512

  /// Whether the file's first line holds an object behind other text: an export of a log group puts the time before
  /// each message, syslog its header.
  func hasPrefixedLines() -> Bool {
    fill(Self.prefixLength)
    let line = UnsafeBufferPointer(
      start: window.bytes + position, count: min(Self.prefixLength, window.count - position)
    ).prefix { $0 != 0x0A }
    guard let brace = line.firstIndex(of: UInt8(ascii: "{")), brace + 1 < line.endIndex else { return false }
    return line[brace + 1] == UInt8(ascii: "\"")
      && line[..<brace].allSatisfy(Self.isPrefixText)
  }

  /// Whether the file's first line is one of Fluent Bit's standard output, `[0] tag: [time, {"log"=>"{…}"}]`: a hash that
  /// holds an event as JSON text.
  func hasHashLines() -> Bool {
    fill(Self.prefixLength)
    let start = UnsafeBufferPointer(
      start: window.bytes + position, count: min(Self.prefixLength, window.count - position))
    let length = start.firstIndex(of: 0x0A) ?? start.count
    let line = UnsafeBufferPointer(start: window.bytes + position, count: length)
    let digits = line.dropFirst().prefix { $0 &- 0x30 < 10 }.count
    return line.first == UInt8(ascii: "[") && digits > 0
      && line.dropFirst(digits + 1).starts(with: "] ".utf8) && line.holds("=>\"{")
  }

  /// Whether an item begins at the position of a line.
  private func opensItem() -> Bool {
    guard hasHashes else { return window.bytes[position] == UInt8(ascii: "{") }
    return window.bytes[position] == UInt8(ascii: "\"") && position >= 2 && position + 1 < window.count
      && window.bytes[position - 2] == UInt8(ascii: "=") && window.bytes[position - 1] == UInt8(ascii: ">")
      && window.bytes[position + 1] == UInt8(ascii: "{")
  }

  /// Text, a tab, or the escape that colours what the AWS CLI tails on a terminal.
  private static func isPrefixText(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F || byte == 0x09 || byte == 0x1B
  }

  /// Goes to the first line that begins with an object, where all before it is text: a warning of the tool that wrote
  /// the file, or the end of a record whose start was cut off.
  ///
  /// - Returns: where that text stands; `nil` where no such line is near.
  func skipText() -> Int? {
    fill(Self.textLength)
    let text = UnsafeBufferPointer(
      start: window.bytes + position, count: min(Self.textLength, window.count - position))
    let next = text.indices.dropFirst().first { place in
      text[place - 1] == 0x0A && text[place] == UInt8(ascii: "{") && place + 2 < text.count
        && text[place + 1] == UInt8(ascii: "\"") && text[place + 2] != UInt8(ascii: "\"")
    }
    guard let next, text[..<next].allSatisfy({ $0 >= 0x20 || (0x09...0x0D).contains($0) || $0 == 0x1B })
    else {
      return nil
    }
    defer { position += next }
    return window.fileOffset + position
  }

  /// How much text may stand before the first object.
  private static let textLength = 1 << 16

  /// Calls back with each object of each line; a line without one is damaged.
  func forEachPrefixedItem(_ body: (Item, Int) throws -> Void) rethrows {
    hasPrefixes = true
    var hasItem = false
    var lineStart: Int?
    while position < window.count || !window.isAtEnd {
      guard position + (hasHashes ? 1 : 0) < window.count || window.isAtEnd else {
        // What a hash's text stands behind is looked back at, and the byte that it begins with forward.
        position -= window.advance(keepingFrom: hasHashes ? max(0, position - 2) : position)
        continue
      }
      let byte = window.bytes[position]
      if opensItem() {
        hasItem = true
        try parseItem(body)
        continue
      }
      if byte == 0x0A {
        if let lineStart, !hasItem { try body(.damaged(reason: Self.noObject), lineStart) }
        (hasItem, lineStart) = (false, nil)
      } else if lineStart == nil, byte != 0x20, byte != 0x0D, byte != 0x09 {
        lineStart = window.fileOffset + position
      }
      position += 1
    }
    if let lineStart, !hasItem { try body(.damaged(reason: Self.noObject), lineStart) }
  }

  private static let noObject = "a line without a JSON object"

  /// Goes to the end of the line.
  func skipLine() {
    while true {
      while position < window.count {
        if window.bytes[position] == 0x0A { return }
        position += 1
      }
      guard !window.isAtEnd else { return }
      position -= window.advance(keepingFrom: position)
    }
  }
}
