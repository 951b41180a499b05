/// Reads a command's words one after the other, in a list or in a line, and tells which of them are secrets: the value
/// behind an option that takes one, or attached to an option's letter.
struct CommandWords {
  /// The options of a program whose values are secrets.
  private struct Program {
    var name: [UInt8]
    /// Options before a value of its own, such as `-a`.
    var separate: [[UInt8]] = []
    /// Options that the value is attached to, as in `-pVALUE`.
    var attached: [[UInt8]] = []
  }

  /// How options of any program end that take a secret: those of the reviewed marks that stand before a space.
  private static let endings = SecretMembers.names(.inText)
    .filter { $0.hasPrefix("-") && $0.hasSuffix(" ") }.map { Array($0.utf8.dropLast()) }

  private static let programs: [Program] = {
    var programs: [Program] = []
    for kind in [SecretMembers.Kind.separateOption, .attachedOption] {
      for row in SecretMembers.names(kind).map({ $0.split(separator: " ") }) where row.count == 2 {
        let (name, option) = (Array(row[0].utf8), Array(row[1].utf8))
        let place = programs.firstIndex { $0.name == name } ?? programs.count
        if place == programs.count { programs.append(Program(name: name)) }
        if kind == .attachedOption {
          programs[place].attached.append(option)
        } else {
          programs[place].separate.append(option)
        }
      }
    }
    return programs
  }()

  /// The program that was named last.
  private var program: Program?
  /// Whether the next word is the value of an option that takes a secret.
  private var isValueNext = false
  /// Whether the line ended in a backslash, so that the next one belongs to the same command.
  private var isContinued = false

  /// Whether a text, as it stands in JSON, may be an option, behind which a secret may stand; numbers below zero are none.
  @inline(__always)
  static func mayBeOption(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count > 1 else { return false }
    switch text[0] {
    case UInt8(ascii: "-"): return text[1] &- 0x30 >= 10
    case UInt8(ascii: "\\"): return text[1] == UInt8(ascii: "u")
    default: return false
    }
  }

  /// Takes the next word and tells whether it is a secret.
  mutating func isSecret(_ word: some Collection<UInt8>) -> Bool {
    if isValueNext {
      isValueNext = false
      return true
    }
    guard word.first == UInt8(ascii: "-") else {
      if let named = Self.program(word) { program = named }
      return false
    }
    if let attached = program?.attached,
      attached.contains(where: { $0.count < word.count && word.starts(with: $0) })
    {
      return true
    }
    let lowered = word.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    isValueNext =
      Self.endings.contains { lowered.count >= $0.count && lowered.suffix($0.count).elementsEqual($0) }
      || program?.separate.contains { word.elementsEqual($0) } == true
    return false
  }

  /// Takes something that is no word.
  mutating func pass() { isValueNext = false }

  /// Takes lines of a shell and tells whether they hold a secret; a script may come line by line.
  mutating func areTelling(_ lines: some Collection<UInt8>) -> Bool {
    var word: [UInt8] = []
    var isTelling = false
    if !isContinued { self = CommandWords() }
    isContinued = false
    for byte in lines {
      switch byte {
      // Written on Windows, a line ends in two bytes.
      case 0x0D where word.last == UInt8(ascii: "\\"): break
      case _ where byte != 0x0A && word.last == UInt8(ascii: "\\"): word.append(byte)
      case 0x00...0x20, UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "`"):
        isTelling = end(&word) || isTelling
        // Another command begins.
        if byte != 0x20, byte != 0x09, !isContinued { self = CommandWords() }
        isContinued = false
      case _ where word.isEmpty && Self.isQuote(byte): break
      default: word.append(byte)
      }
    }
    return end(&word) || isTelling
  }

  /// Takes a word of a line, and notes a backslash behind it.
  private mutating func end(_ word: inout [UInt8]) -> Bool {
    isContinued = word.last == UInt8(ascii: "\\")
    if isContinued { word.removeLast() }
    defer { word.removeAll(keepingCapacity: true) }
    // Those of an option may be all that is left of a value in quotes.
    if let last = word.last, Self.isQuote(last), word.first != UInt8(ascii: "-") { word.removeLast() }
    return !word.isEmpty && isSecret(word)
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
  }

  /// The program that a word names, by its path too.
  private static func program(_ word: some Collection<UInt8>) -> Program? {
    guard word.count < 256 else { return nil }
    let name = word.split(separator: UInt8(ascii: "/")).last ?? word[...]
    return programs.first { $0.name.elementsEqual(name) }
  }
}
