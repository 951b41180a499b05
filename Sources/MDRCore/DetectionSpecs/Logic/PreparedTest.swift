/// A test of single values with its literals prepared, for values that are read where they lie.
///
/// It decides plain texts and truth values by their bytes; all others are judged by the test itself.
final class PreparedTest: Sendable {
  private enum Plain: Sendable {
    case texts([[UInt8]])
    /// The flag and its word.
    case flag(Bool, [UInt8])
    case contains([UInt8])
    case starts([UInt8])
    case ends([UInt8])
    case like(Glob)
    /// Any value passes.
    case any
    /// The test itself has to be asked.
    case other
  }

  let isNegative: Bool
  private let test: ValueTest
  private let plain: Plain

  /// Prepares a test; `nil` for one that compares with values of the event's.
  init?(_ test: ValueTest) {
    self.test = test
    isNegative = test.isNegative
    switch test {
    case .sameAs, .differsFrom: return nil
    case .exists, .missing: plain = .any
    case .equals(.flag(let flag)), .differs(.flag(let flag)):
      plain = .flag(flag, Array((flag ? "true" : "false").utf8))
    case .equals(let literal), .differs(let literal): plain = Self.texts([literal])
    case .isOneOf(let literals), .isNoneOf(let literals): plain = Self.texts(literals)
    case .contains(let part): plain = Self.part(part).map(Plain.contains) ?? .other
    case .startsWith(let part): plain = Self.part(part).map(Plain.starts) ?? .other
    case .endsWith(let part): plain = Self.part(part).map(Plain.ends) ?? .other
    case .like(let pattern): plain = .like(Glob(pattern))
    case .less, .atMost, .greater, .atLeast: plain = .other
    }
  }

  private static func texts(_ literals: [LogicValue]) -> Plain {
    var texts: [[UInt8]] = []
    for literal in literals {
      guard case .text(let text) = literal, let bytes = plainBytes(text) else { return .other }
      texts.append(bytes)
    }
    return .texts(texts)
  }

  /// A part of a text in small letters; `nil` where bytes alone don't tell.
  private static func part(_ text: String) -> [UInt8]? {
    text.isEmpty ? nil : plainBytes(text)?.map(Glob.small)
  }

  private static func plainBytes(_ text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer(\.isPlain) ? bytes : nil
  }

  /// Whether a value passes the test's positive form.
  func accepts(_ node: TapeNode) -> Bool {
    switch node.tape.kind(node.index) {
    case .array, .object:
      if case .any = plain { return true }
      return false
    case .trueValue, .falseValue:
      if case .flag(let flag, _) = plain { return flag == (node.tape.kind(node.index) == .trueValue) }
    case .string where !node.tape.hasEscapes(node.index):
      let text = node.tape.slice(node.index)
      if text.isPlain, let answer = accepts(text) { return answer }
    default: break
    }
    return test.accepts(node.value, others: [])
  }

  private func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    switch plain {
    case .any: true
    case .texts(let texts): texts.contains { $0.withUnsafeBufferPointer(text.hasBytes) }
    case .flag(_, let word): word.count == text.count && Self.lies(word, in: text, at: 0)
    case .contains(let part):
      part.count <= text.count
        && (0...text.count - part.count).contains { Self.lies(part, in: text, at: $0) }
    case .starts(let part): part.count <= text.count && Self.lies(part, in: text, at: 0)
    case .ends(let part): part.count <= text.count && Self.lies(part, in: text, at: text.count - part.count)
    case .like(let glob): glob.matches(text)
    case .other: nil
    }
  }

  @inline(__always)
  private static func lies(_ part: [UInt8], in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    for offset in part.indices where Glob.small(text[start + offset]) != part[offset] { return false }
    return true
  }
}

/// A test is itself alone, however another reads.
extension PreparedTest: Hashable {
  static func == (left: PreparedTest, right: PreparedTest) -> Bool { left === right }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
