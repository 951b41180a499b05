extension Inline {
  /// Where a running text stands, which decides what would break out of it.
  enum Place {
    case line
    case cell
  }

  /// The Markdown of the text: one line, whatever was interpolated.
  func rendered(in place: Place) -> String {
    var output = ""
    for segment in segments {
      let part =
        switch segment {
        case .literal(let text): text
        case .text(let text): Self.escaped(VisibleText(text, limit: VisibleText.textLimit).string, in: place)
        case .code(let text): Self.codeSpan(VisibleText(text, limit: VisibleText.codeLimit).string, in: place)
        }
      // Adjacent code spans would be read as one.
      if output.utf8.last == UInt8(ascii: "`"), part.utf8.first == UInt8(ascii: "`") { output += " " }
      output += part
    }
    return output.trimmingSpaces
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
  private static func escaped(_ text: String, in place: Place) -> String {
    guard text.looksLikeLink else { return escapedWords(text[...]) }
    return text.split(separator: " ", omittingEmptySubsequences: true).map { word in
      String(word).looksLikeLink ? codeSpan(String(word), in: place) : escapedWords(word)
    }.joined(separator: " ")
  }

  private static func escapedWords(_ text: Substring) -> String {
    var output = ""
    var previous: Unicode.Scalar = " "
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      let scalar = scalars[index]
      let following = scalars.index(after: index)
      let next = following < scalars.endIndex ? scalars[following] : " "
      switch scalar {
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "&": output += "&amp;"
      case "\\", "`", "*", "[", "]", "#", "|", "~", "!", "$", "{", "}":
        output.unicodeScalars.append("\\")
        output.unicodeScalars.append(scalar)
      case "_" where !(previous.isWordCharacter && next.isWordCharacter):
        output += "\\_"
      case _ where scalars[..<index].startsBlock(with: scalar):
        output.unicodeScalars.append("\\")
        output.unicodeScalars.append(scalar)
      default:
        output.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return output
  }
}

extension Substring.UnicodeScalarView {
  /// These scalars and the next would begin a bullet, a numbered item or an underline.
  fileprivate func startsBlock(with scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", "+", "=", ":": isEmpty
    case ".", ")": !isEmpty && allSatisfy(\.isDigit)
    default: false
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }

  fileprivate var isWordCharacter: Bool {
    isDigit || ("a"..."z").contains(self) || ("A"..."Z").contains(self)
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
      // Whatever the case: bit 5 is all that tells letters of one case from the other's.
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

  fileprivate var trimmingSpaces: String {
    var text = unicodeScalars.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
