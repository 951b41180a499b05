/// Reads a command's words one after the other, in a list or in a line, and tells which of them are secrets: the value
/// behind an option that takes one, or attached to an option's letter, an argument, or what a variable is set to.
struct CommandWords {
  /// How options of any program end that take a secret: those of the reviewed marks that stand before a space.
  private static let endings = SecretMembers.names(.inText)
    .filter { $0.hasPrefix("-") && $0.hasSuffix(" ") }.map { Array($0.utf8.dropLast()) }

  /// Words that say that a secret is read from the pipe.
  private static let readers = SecretMembers.names(.readsSecret).map { Array($0.utf8) }

  /// Whether the words are known to be a command's: in any other list only options are looked at.
  private let isCommand: Bool
  /// What is said of the program that was named last.
  private var programs: [CommandProgram] = []
  /// Those of them that need no subcommand, or whose subcommand was given.
  private var active: [CommandProgram] = []
  /// Words behind the program, or its subcommand, that are no options.
  private var arguments = 0
  /// Whether the command runs a container, which publishes ports by `-p`.
  private var runsContainer = false
  /// Whether the next word is the value of an option that takes a secret.
  private var isValueNext = false

  /// Whether the line ended in a backslash, or a backtick of PowerShell, so that the next one belongs to the same command.
  private var isContinued = false
  /// Whether the command only says something, and has said what may be a secret.
  private var echo: (isCommand: Bool, hasSaid: Bool) = (false, false)
  /// Whether what was said goes to the command by a pipe.
  private var isFed = false
  /// Words of the command.
  private var count = 0
  /// Whether all that was read of the line is the dash of a list of YAML.
  private var isListItem = false
  /// How far `$name = ` of a secret variable was read: the name, then the sign; or `name: ` of YAML.
  private var assignment = Assignment.none

  private enum Assignment { case none, name, sign, key }

  init(isCommand: Bool = true) { self.isCommand = isCommand }

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
    if let value = active.lazy.compactMap({ $0.attachedValue(word) }).first {
      return !(runsContainer && CommandValue.isPortMapping(value))
    }
    if isCommand, CommandValue.isSecretAssignment(word) { return true }
    guard word.first == UInt8(ascii: "-") else { return isSecretArgument(word) }
    let lowered = CommandProgram.lowered(word)
    isValueNext =
      Self.endings.contains { lowered.count >= $0.count && lowered.suffix($0.count).elementsEqual($0) }
      || active.contains { $0.takesNext(word) }
    return false
  }

  /// Takes a word that is no option.
  private mutating func isSecretArgument(_ word: some Collection<UInt8>) -> Bool {
    if CommandProgram.isContainer(word) { runsContainer = true }
    // The name of a user may be that of a program.
    let isAwaited = isCommand && active.contains { ($0.argument ?? 0) > arguments }
    let named = isAwaited ? [] : CommandProgram.named(word)
    guard named.isEmpty else {
      programs = named
      active = named.filter(\.subcommand.isEmpty)
      arguments = 0
      return false
    }
    if let begun = programs.first(where: { word.elementsEqual($0.subcommand) }) {
      active.append(begun)
      arguments = 0
      return false
    }
    guard isCommand, !CommandValue.isWindowsOption(word) else { return false }
    arguments += 1
    return active.contains { $0.argument == arguments } && CommandValue.isLiteral(word)
  }

  /// Takes something that is no word.
  mutating func pass() { isValueNext = false }

  /// Takes lines of a shell and tells whether they hold a secret; a script may come line by line.
  mutating func areTelling(_ lines: [UInt8]) -> Bool {
    var word: [UInt8] = []
    var (isTelling, isQuoted) = (false, false)
    if !isContinued { self = CommandWords() }
    isContinued = false
    for (place, byte) in lines.enumerated() {
      switch byte {
      // Written on Windows, a line ends in two bytes.
      case 0x0D where word.last == UInt8(ascii: "\\"): break
      case _ where byte != 0x0A && word.last == UInt8(ascii: "\\"): word.append(byte)
      case UInt8(ascii: "`") where word.isEmpty && Self.isLineEnd(lines, at: place + 1):
        word.append(UInt8(ascii: "\\"))
      case 0x00...0x20, UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "`"):
        isTelling = end(&word, isQuoted: isQuoted) || isTelling
        isQuoted = false
        if byte != 0x20, byte != 0x09, !isContinued { beginCommand(fed: byte == UInt8(ascii: "|")) }
        isContinued = false
      case _ where word.isEmpty && Self.isQuote(byte): isQuoted = true
      default: word.append(byte)
      }
    }
    return end(&word, isQuoted: isQuoted) || isTelling
  }

  private mutating func beginCommand(fed isPipe: Bool) {
    let isFed = isPipe && (isFed || echo.hasSaid)
    self = CommandWords()
    self.isFed = isFed
  }

  /// Takes a word of a line, and notes a backslash behind it.
  private mutating func end(_ word: inout [UInt8], isQuoted: Bool) -> Bool {
    isContinued = word.last == UInt8(ascii: "\\")
    if isContinued { word.removeLast() }
    defer { word.removeAll(keepingCapacity: true) }
    // Those of an option may be all that is left of a value in quotes.
    if let last = word.last, Self.isQuote(last), word.first != UInt8(ascii: "-") { word.removeLast() }
    guard !word.isEmpty else { return false }
    let isTelling = isFed && Self.readers.contains(word) || isAssigned(word, isQuoted: isQuoted)
    note(word)
    return isSecret(word) || isTelling
  }

  /// Whether a word is the text that a secret variable of PowerShell is set to, as in `$password = "…"`, or a key of YAML
  /// that begins its line, as in `password: …`.
  private mutating func isAssigned(_ word: [UInt8], isQuoted: Bool) -> Bool {
    let last = assignment
    assignment = .none
    switch last {
    case .name where word == [UInt8(ascii: "=")]: assignment = .sign
    case .sign: return isQuoted && CommandValue.isLiteral(word)
    case .key: return CommandValue.isYAMLText(word)
    default:
      if word.first == UInt8(ascii: "$") {
        if CommandValue.isSecretName(word.dropFirst()) { assignment = .name }
      } else if count == 0 || isListItem, word.last == UInt8(ascii: ":"),
        CommandValue.isSecretName(word.dropLast())
      {
        assignment = .key
      }
    }
    return false
  }

  /// Notes what a command says that does nothing else.
  private mutating func note(_ word: [UInt8]) {
    isListItem = count == 0 && word == [UInt8(ascii: "-")]
    if count == 0 {
      echo.isCommand = word.elementsEqual("echo".utf8) || word.elementsEqual("printf".utf8)
    } else if echo.isCommand, word.first != UInt8(ascii: "-"), CommandValue.isLiteral(word) {
      echo.hasSaid = true
    }
    count += 1
  }

  private static func isLineEnd(_ lines: [UInt8], at place: Int) -> Bool {
    place >= lines.count || lines[place] == 0x0A || lines[place] == 0x0D
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
  }
}
