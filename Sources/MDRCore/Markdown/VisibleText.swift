/// Text in which every character can be seen, on one line and of bounded length.
///
/// Control, bidirectional, zero-width and other invisible characters are spelled as `⟨U+202E⟩`: they reorder,
/// hide or forge what a reader sees.
struct VisibleText {
  /// Sentences longer than this are shortened.
  static let textLimit = 1_000
  /// Names and values longer than this are shortened.
  static let codeLimit = 256

  let string: String

  init(_ text: String, limit: Int) {
    // Nothing is invisible in plain ASCII.
    if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
      string = text
      return
    }
    var visible = ""
    var count = 0
    // A combining mark joins the character before it; at the start of a value that would be somebody else's.
    var marks = Self.longestMarks
    var iterator = text.unicodeScalars.makeIterator()
    while count < limit, let scalar = iterator.next() {
      count += 1
      marks = scalar.isMark ? marks + 1 : 0
      if scalar.isInvisible || marks > Self.longestMarks {
        visible += scalar.spelled
      } else {
        visible.unicodeScalars.append(scalar)
      }
    }
    if iterator.next() != nil {
      visible += " … (shortened: \(text.unicodeScalars.count) characters)"
    }
    string = visible
  }

  /// Writing systems stack no more marks than this on one letter.
  private static let longestMarks = 4
}

extension String {
  /// The text with some characters spelled out.
  func spelling(_ scalars: [Unicode.Scalar]) -> String {
    var output = ""
    for scalar in unicodeScalars {
      if scalars.contains(scalar) {
        output += scalar.spelled
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}

extension Unicode.Scalar {
  /// The scalar's number, as in `⟨U+202E⟩`.
  var spelled: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
  }

  /// Drawn onto the character before it.
  var isMark: Bool {
    guard value >= 0x300 else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return false
    }
  }

  /// No glyph of its own, or a space that passes for another.
  var isInvisible: Bool {
    if value < 0x7F { return value < 0x20 }
    if value < 0xA1 { return true }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse, .surrogate:
      return true
    default:
      return properties.isDefaultIgnorableCodePoint
    }
  }
}
