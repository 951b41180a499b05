/// Running text of a Markdown document: literals are the author's and trusted, whatever is interpolated is
/// the attacker's and escaped.
///
/// `"Seen in \(code: account), \(count) times"` is a sentence with a code span; `"By \(name)"` escapes the name.
package struct Inline: Sendable, Equatable {
  enum Segment: Sendable, Equatable {
    case literal(String)
    case text(String)
    case code(String)
  }

  var segments: [Segment]

  init(segments: [Segment]) { self.segments = segments }

  /// Text from a log or a file, escaped.
  package static func text(_ text: String) -> Inline { Inline(segments: [.text(text)]) }

  /// Text from a log or a file as a code span, which keeps it apart from the words around it.
  package static func code(_ text: String) -> Inline { Inline(segments: [.code(text)]) }

  /// A sentence from a machine file, in which pairs of backticks set values apart.
  ///
  /// Sentences of these tools set values apart with `\(code:)`, so that none of them holds a backtick. Whoever plants one in
  /// a file of another tool moves the borders of code spans within the sentence, and nothing else.
  package static func sentence(_ text: String) -> Inline {
    // By bytes: a combining mark at the start of a value would hide the backtick before it.
    var parts = text.utf8.split(separator: UInt8(ascii: "`"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    // Without its partner the last backtick is just a character.
    if parts.count.isMultiple(of: 2), let tail = parts.popLast(), let open = parts.popLast() {
      parts.append(open + "`" + tail)
    }
    return Inline(
      segments: parts.enumerated().filter { !$1.isEmpty }.map { $0.isMultiple(of: 2) ? .text($1) : .code($1) }
    )
  }

  /// Code spans separated by commas; those above the limit are counted.
  package static func codes(_ texts: [String], limit: Int = 10) -> Inline {
    codes(texts.prefix(limit), of: texts.count)
  }

  /// Code spans separated by commas, the first of so many; the others are counted.
  static func codes(_ texts: some Collection<String>, of count: Int) -> Inline {
    let shown = texts.map(Inline.code).joined(separator: ", ")
    return count > texts.count ? "\(shown) and \(count - texts.count) more" : shown
  }

  package static func + (one: Inline, other: Inline) -> Inline {
    Inline(segments: one.segments + other.segments)
  }

  /// Nothing to show.
  package var isEmpty: Bool {
    segments.allSatisfy {
      switch $0 {
      case .literal(let text), .text(let text): text.isEmpty
      case .code: false
      }
    }
  }

  /// The text without markup, control characters spelled out.
  package var plain: String {
    segments.map {
      switch $0 {
      case .literal(let text): text
      case .text(let text): VisibleText(text, limit: VisibleText.textLimit).string
      case .code(let text): VisibleText(text, limit: VisibleText.codeLimit).string
      }
    }.joined()
  }
}

extension DefaultStringInterpolation {
  /// A value set apart by backticks in a sentence that is read by `Inline.sentence`; its own backticks are spelled out, as
  /// they are in a code span.
  mutating func appendInterpolation(code: String) {
    appendInterpolation("`\(code.utf8.contains(UInt8(ascii: "`")) ? code.spelling(["`"]) : code)`")
  }
}

extension Sequence where Element == Inline {
  /// One running text, with the author's own separator between the parts.
  package func joined(separator: StaticString) -> Inline {
    var segments: [Inline.Segment] = []
    for part in self {
      if !segments.isEmpty { segments.append(.literal("\(separator)")) }
      segments += part.segments
    }
    return Inline(segments: segments)
  }
}

extension Inline: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(segments: [.literal(value)]) }

  package init(stringInterpolation: StringInterpolation) {
    self.init(segments: stringInterpolation.segments)
  }

  /// Collects the parts of a literal; only what stands in the source code is trusted.
  package struct StringInterpolation: StringInterpolationProtocol {
    var segments: [Segment] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { segments.append(.literal(literal)) }
    }

    /// Escaped text.
    package mutating func appendInterpolation(_ text: String) { segments.append(.text(text)) }
    /// A whole number.
    package mutating func appendInterpolation(_ number: Int) { segments.append(.literal(String(number))) }
    /// A moment in UTC, or that there is none.
    package mutating func appendInterpolation(_ time: Timestamp) { segments.append(.literal(time.shown)) }
    /// Running text made elsewhere.
    package mutating func appendInterpolation(_ inline: Inline) { segments += inline.segments }
    /// A code span.
    package mutating func appendInterpolation(code: String) { segments.append(.code(code)) }
    /// Code spans separated by commas.
    package mutating func appendInterpolation(codes: [String], limit: Int = 10) {
      segments += Inline.codes(codes, limit: limit).segments
    }
  }
}
