import Foundation

/// A written explanation as its reader sees it, and what in it its reader would not see.
struct ExplanationText {
  /// Lines that a reader sees as one: a paragraph, an item or a row.
  struct Block: Equatable {
    /// The number of its first line, from 1.
    var line: Int
    var text: String
  }

  /// Something that looks otherwise than it is.
  struct Disguise: Equatable {
    var line: Int
    var text: String
    var why: String
  }

  /// The lines, without escapes, in the plainest form of their characters.
  let lines: [String]
  let blocks: [Block]
  private let raw: [String]

  init(_ text: String) {
    raw = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    lines = raw.map(Self.unescaped)
    var blocks: [Block] = []
    var isOpen = false
    for (index, line) in lines.enumerated() {
      let text = line.drop { $0.isWhitespace || $0 == ">" }
      guard !text.isEmpty else {
        isOpen = false
        continue
      }
      if isOpen, !Self.begins(raw[index]) {
        blocks[blocks.count - 1].text += " " + text
      } else {
        blocks.append(Block(line: index + 1, text: String(text)))
      }
      isOpen = !text.hasPrefix("#")
    }
    self.blocks = blocks
  }

  /// The whole as one line.
  var joined: String { blocks.map(\.text).joined(separator: " ") }

  /// Markup and characters by which a text says one thing to a program and another to its reader.
  func disguises(_ isOwn: (String) -> Bool) -> [Disguise] {
    var found: [Disguise] = []
    for (index, line) in raw.enumerated() {
      func note(_ text: String, _ why: String) {
        found.append(Disguise(line: index + 1, text: text, why: why))
      }
      if line.unicodeScalars.contains(where: \.isHiddenFromReaders) {
        note("line", "it holds invisible characters")
      }
      for (part, isCode) in Self.parts(of: line) where !isCode {
        if let tag = Self.tag(in: part) { note(tag, "an explanation is Markdown without HTML") }
        if let entity = Self.entity(in: part) { note(entity, "write the character itself") }
      }
      let scalars = line.plainCharacters.unicodeScalars
      for part in scalars.split(whereSeparator: { !$0.isLetterOrDigit })
      where part.contains(where: \.isForeign) {
        let word = String(part)
        if !isOwn(word) { note(word, "it has letters of another alphabet, which can look like ours") }
      }
      let words = line.split { !$0.isLetter && !$0.isNumber }
      let run = words.split { $0.count > 1 || $0.first?.isLetter != true }.map(\.count).max() ?? 0
      if run > 4 { note("line", "a word is spelled out letter by letter") }
    }
    return found
  }

  /// A line's parts outside and inside of backticks.
  private static func parts(of line: String) -> [(text: Substring, isCode: Bool)] {
    var parts: [(text: Substring, isCode: Bool)] = []
    var start = line.startIndex
    var isCode = false
    var isEscaped = false
    let scalars = line.unicodeScalars
    for index in scalars.indices {
      if scalars[index] == "`", !isEscaped {
        parts.append((line[start..<index], isCode))
        start = scalars.index(after: index)
        isCode.toggle()
      }
      // A backslash escapes outside of code only.
      isEscaped = !isCode && scalars[index] == "\\" && !isEscaped
    }
    // A backtick without its partner begins nothing.
    return parts + [(line[start...], false)]
  }

  private static func tag(in text: Substring) -> String? {
    for index in text.indices where text[index] == "<" {
      let next = text.index(after: index)
      guard next < text.endIndex, text[next].isLetter || "/!?".contains(text[next]) else { continue }
      return String(text[index...].prefix(20))
    }
    return nil
  }

  /// An entity that isn't one of the three that the tool's own escaping writes.
  private static func entity(in text: Substring) -> String? {
    for index in text.indices where text[index] == "&" {
      let rest = text[text.index(after: index)...]
      guard let end = rest.prefix(32).firstIndex(of: ";"),
        rest[..<end].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "#" }), !rest[..<end].isEmpty
      else { continue }
      let name = String(rest[..<end])
      if !["lt", "gt", "amp"].contains(name) { return "&\(name);" }
    }
    return nil
  }

  /// Whether a line begins something of its own: a heading, an item, a row.
  private static func begins(_ line: String) -> Bool {
    let text = line.drop { $0.isWhitespace || $0 == ">" }
    guard let first = text.first else { return true }
    if "#|".contains(first) { return true }
    if "-*+".contains(first) { return text.dropFirst().first == " " }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    return !digits.isEmpty && ".)".contains(text.dropFirst(digits.count).first ?? " ")
      && text.dropFirst(digits.count + 1).first == " "
  }

  /// Undoes the escapes of running text; what stands in backticks has none.
  private static func unescaped(_ line: String) -> String {
    parts(of: line).map { part, isCode -> String in
      // A backtick that is left over sets nothing apart.
      let part = String(part).plainCharacters.replacing("`", with: "")
      guard !isCode else { return part }
      var output = ""
      var isEscaped = false
      for character in part {
        if !isEscaped, character == "\\" {
          isEscaped = true
          continue
        }
        if isEscaped, character.isLetter || character.isNumber { output.append("\\") }
        output.append(character)
        isEscaped = false
      }
      return output.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }.joined(separator: "`")
  }
}

extension String {
  /// The text with every character in its plainest form: wide, small, styled and raised ones as what they stand for.
  var plainCharacters: String {
    utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCompatibilityMapping
  }

  /// The same without accents.
  var withoutAccents: String {
    utf8.allSatisfy { $0 < 0x80 } ? self : folding(options: .diacriticInsensitive, locale: nil)
  }
}

extension Unicode.Scalar {
  /// Whether readers don't see the character, or see it somewhere else than it stands.
  fileprivate var isHiddenFromReaders: Bool {
    if self == "\t" { return false }
    return switch properties.generalCategory {
    case .control, .format, .unassigned, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }

  fileprivate var isLetterOrDigit: Bool { properties.isAlphabetic || properties.numericType != nil }

  /// Whether it is a letter or digit outside ASCII, accents aside.
  fileprivate var isForeign: Bool {
    guard value >= 0x80, isLetterOrDigit else { return false }
    return !String(self).withoutAccents.utf8.allSatisfy { $0 < 0x80 }
  }
}
