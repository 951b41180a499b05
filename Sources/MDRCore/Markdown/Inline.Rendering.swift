extension Inline {
  /// Where a running text stands: this decides which characters could break out of it.
  enum Place {
    case line
    case cell
  }

  /// The Markdown of the text: one line, whatever was interpolated.
  func rendered(in place: Place) -> String {
    var output: [UInt8] = []
    append(to: &output, in: place)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends the Markdown of the text: one line, whatever was interpolated.
  func append(to output: inout [UInt8], in place: Place) {
    let start = output.count
    for segment in segments {
      switch segment {
      case .literal(let text): Self.append(text, to: &output, from: start)
      case .text(let text):
        if !Self.appendPlain(text, to: &output) {
          let visible = VisibleText(text, limit: VisibleText.textLimit).string
          Self.append(
            Self.escaped(visible, in: place, LineStart(behind: output[start...])), to: &output, from: start)
        }
      case .code(let text):
        if !Self.appendPlainCode(text, to: &output, from: start) {
          let visible = VisibleText(text, limit: VisibleText.codeLimit).string
          Self.append(Self.codeSpan(visible, in: place), to: &output, from: start)
        }
      }
    }
    while output.count > start, output.last == UInt8(ascii: " ") { output.removeLast() }
    let spaces = output[start...].prefix { $0 == UInt8(ascii: " ") }.count
    if spaces > 0 { output.removeSubrange(start..<start + spaces) }
  }

  /// Appends a part; `start` is where the line's parts begin.
  private static func append(_ part: String, to output: inout [UInt8], from start: Int) {
    if part.utf8.first == UInt8(ascii: "`") { separate(&output, from: start) }
    var part = part
    part.withUTF8 { output.append(contentsOf: $0) }
  }

  /// Puts a space between two code spans, which would otherwise be read as one.
  private static func separate(_ output: inout [UInt8], from start: Int) {
    if output.count > start, output.last == UInt8(ascii: "`") { output.append(UInt8(ascii: " ")) }
  }

  /// Appends running text that is its own Markdown, words and what marks nothing anywhere; leaves other text alone.
  private static func appendPlain(_ text: String, to output: inout [UInt8]) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count <= VisibleText.textLimit, bytes.allSatisfy(isPlain) else { return false }
      output.append(contentsOf: bytes)
      return true
    }
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "%"): true
    default: byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    }
  }

  /// Appends a code span that needs no more than its backticks; leaves others alone.
  private static func appendPlainCode(_ text: String, to output: inout [UInt8], from start: Int) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard !bytes.isEmpty, bytes.count <= VisibleText.codeLimit,
        bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "`") && $0 != UInt8(ascii: "|") })
      else { return false }
      separate(&output, from: start)
      output.append(UInt8(ascii: "`"))
      output.append(contentsOf: bytes)
      output.append(UInt8(ascii: "`"))
      return true
    }
  }

  /// A code span in which nothing can close it or, in a cell, end the cell: both are spelled out, because an
  /// escape could be undone by what stands before it.
  private static func codeSpan(_ text: String, in place: Place) -> String {
    guard !text.isEmpty else { return "(empty)" }
    let breakers: [Unicode.Scalar] = place == .cell ? ["`", "|"] : ["`"]
    let safe = text.unicodeScalars.contains(where: breakers.contains) ? text.spelling(breakers) : text
    // Viewers strip one space from both ends.
    let ends = [safe.unicodeScalars.first, safe.unicodeScalars.last]
    return ends == [" ", " "] ? "` \(safe) `" : "`\(safe)`"
  }

  /// Escapes running text; words that a viewer would make a link become code.
  private static func escaped(_ text: String, in place: Place, _ start: LineStart) -> String {
    guard text.looksLikeLink else { return escapedWords(text[...], in: place, start) }
    return text.split(separator: " ", omittingEmptySubsequences: true).enumerated().map { number, word in
      let start = number == 0 ? start : .past
      guard String(word).looksLikeLink else { return escapedWords(word, in: place, start) }
      // Punctuation that ends a clause belongs to the sentence; viewers don't make it part of a link either.
      let end = word.utf8.reversed().prefix(while: endsClause).count
      let name = word.utf8.dropLast(end)
      return codeSpan(String(Substring(name)), in: place)
        + escapedWords(Substring(word.utf8.suffix(end)), in: place, .past)
    }.joined(separator: " ")
  }

  private static func endsClause(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ";")
      || byte == UInt8(ascii: ":")
  }

  /// All that Markdown and HTML read as marks is ASCII, so the bytes tell it.
  private static func escapedWords(_ text: Substring, in place: Place, _ start: LineStart) -> String {
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 8)
    var start = start
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "<"): output += "&lt;".utf8
      case UInt8(ascii: ">"): output += "&gt;".utf8
      case UInt8(ascii: "&"): output += "&amp;".utf8
      case _
      where isEscapedAnywhere(byte)
        || start.makesBlock(byte, before: index + 1 < bytes.count ? bytes[index + 1] : nil, in: place)
        || byte == UInt8(ascii: "_") && !isInWord(index, bytes):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      default: output.append(byte)
      }
      start.pass(byte)
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func isEscapedAnywhere(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "#"), UInt8(ascii: "|"), UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "$"),
      UInt8(ascii: "{"), UInt8(ascii: "}"):
      true
    default: false
    }
  }

  /// Whether word characters stand on both sides of a byte.
  private static func isInWord(_ index: Int, _ bytes: [UInt8]) -> Bool {
    func isWord(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 }
    return index > 0 && index + 1 < bytes.count && isWord(bytes[index - 1]) && isWord(bytes[index + 1])
  }
}

extension String {
  /// Viewers turn bare addresses into links, and names behind an at sign into mentions.
  fileprivate var looksLikeLink: Bool {
    let bytes = Array(utf8)
    return bytes.indices.contains { index in
      switch bytes[index] {
      case UInt8(ascii: "@"): true
      case UInt8(ascii: ":"): bytes[index...].starts(with: "://".utf8)
      // In either case: upper and lower case of an ASCII letter differ in bit 5 only.
      case UInt8(ascii: "w"), UInt8(ascii: "W"):
        bytes[index...].prefix(4).map { $0 | 0x20 } == Array("www.".utf8)
      default: false
      }
    }
  }

  func longestRun(of scalar: Unicode.Scalar) -> Int {
    var longest = 0
    var current = 0
    for other in unicodeScalars {
      current = other == scalar ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }
}
