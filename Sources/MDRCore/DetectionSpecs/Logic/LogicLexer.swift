/// A word of the language with its place in the text.
struct LogicToken: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    /// A keyword, field, path or function name, its segments and `[]` still in one piece.
    case word(String)
    case text(String)
    case number(Double)
    case symbol(String)
    case end
  }

  var kind: Kind
  var line: Int
  var column: Int

  /// The token as its writer would recognise it.
  var shown: String {
    switch kind {
    case .word(let word): word
    case .text(let text): "\"\(text)\""
    case .number(let number): number.plainText
    case .symbol(let symbol): symbol
    case .end: "the end"
    }
  }
}

/// Cuts an expression into tokens.
struct LogicLexer {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var line = 1
  private var column = 1

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// All tokens, the end among them.
  static func tokens(of text: String) throws(LogicError) -> [LogicToken] {
    var lexer = LogicLexer(text)
    var tokens: [LogicToken] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }
  private func peek(_ distance: Int = 1) -> Unicode.Scalar? {
    position + distance < scalars.count ? scalars[position + distance] : nil
  }

  private mutating func advance() {
    if current == "\n" {
      line += 1
      column = 1
    } else {
      column += 1
    }
    position += 1
  }

  private mutating func next() throws(LogicError) -> LogicToken {
    skipBlanks()
    let (startLine, startColumn) = (line, column)
    func token(_ kind: LogicToken.Kind) -> LogicToken {
      LogicToken(kind: kind, line: startLine, column: startColumn)
    }
    guard let scalar = current else { return token(.end) }
    switch scalar {
    case "\"", "'": return token(.text(try quoted()))
    case "(", ")", ",":
      advance()
      return token(.symbol(String(scalar)))
    case "=":
      advance()
      return token(.symbol("="))
    case "!", "<", ">":
      advance()
      guard current == "=" else {
        if scalar == "!" {
          throw LogicError(
            line: startLine, column: startColumn, reason: "a lone !", mend: "write != or the word not")
        }
        return token(.symbol(String(scalar)))
      }
      advance()
      return token(.symbol(String(scalar) + "="))
    case "0"..."9": return token(try number())
    case "-" where peek().map { ("0"..."9").contains($0) } == true: return token(try number())
    case "a"..."z", "A"..."Z", "_", ".": return token(.word(try word()))
    default:
      throw LogicError(
        line: startLine, column: startColumn, reason: "\(scalar) belongs to no word of the language",
        mend: "quote text with \"…\"")
    }
  }

  private mutating func skipBlanks() {
    while let scalar = current {
      if scalar == "#" {
        while let inner = current, inner != "\n" {
          _ = inner
          advance()
        }
      } else if scalar.properties.isWhitespace {
        advance()
      } else {
        return
      }
    }
  }

  /// The letters of a word from here on, which are all ASCII.
  private mutating func plainRun() -> String {
    let start = position
    while let scalar = current, scalar.isPathSegment || scalar == "." { advance() }
    return String(decoding: scalars[start..<position].map { UInt8(ascii: $0) }, as: UTF8.self)
  }

  private mutating func quoted() throws(LogicError) -> String {
    let (startLine, startColumn, quote) = (line, column, current)
    advance()
    var text: [UInt8] = []
    while let scalar = current, scalar != "\n" {
      if scalar == quote {
        advance()
        return String(decoding: text, as: UTF8.self)
      }
      if scalar == "\\", let escaped = peek(), escaped == quote || escaped == "\\" {
        advance()
        text += escaped.utf8
      } else {
        text += scalar.utf8
      }
      advance()
    }
    throw LogicError(
      line: startLine, column: startColumn, reason: "a text without its closing quote",
      mend: "close it on the same line")
  }

  private mutating func number() throws(LogicError) -> LogicToken.Kind {
    let (startLine, startColumn) = (line, column)
    var text = ""
    while let scalar = current, scalar.isPathSegment || scalar == "." {
      text.unicodeScalars.append(scalar)
      advance()
    }
    guard let number = Double(text), number.isFinite, !text.contains("_") else {
      throw LogicError(
        line: startLine, column: startColumn, reason: "\(text) is no number",
        mend: "quote it if it is meant as text, such as an account id")
    }
    // Account ids look like numbers and lose their leading zeros as such.
    guard text.count < 12 else {
      throw LogicError(
        line: startLine, column: startColumn, reason: "\(text) is too long for a number",
        mend: "quote account ids")
    }
    return .number(number)
  }

  private mutating func word() throws(LogicError) -> String {
    var text = ""
    while let scalar = current {
      if scalar.isPathSegment || scalar == "." {
        text += plainRun()
      } else if scalar == "[" {
        guard peek() == "]" else {
          throw LogicError(
            line: line, column: column, reason: "a lone [", mend: "write [] for every element of an array")
        }
        text += "[]"
        advance()
        advance()
      } else if scalar == "\"", text.hasSuffix(".") {
        text += "\"" + (try quoted()) + "\""
      } else {
        break
      }
    }
    // A colon is part of names such as `x:y`, but behind a word it ends an argument's label.
    return text
  }
}

extension Double {
  /// Whole numbers without a fraction.
  var plainText: String {
    self == rounded() && magnitude < 1e15 ? String(Int(self)) : String(self)
  }
}
