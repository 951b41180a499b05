/// How a program takes secrets in its command line, as the reviewed table says.
struct CommandProgram: Sendable {
  /// In lower case, without the folders it lies in.
  private var name: [UInt8]
  /// The word that has to follow somewhere, such as `login`; empty where none has to.
  private(set) var subcommand: [UInt8] = []
  /// Options before a value of its own, such as `-a`.
  private var separate: [[UInt8]] = []
  /// Options that the value is attached to, as in `-pVALUE`.
  private var attached: [[UInt8]] = []
  /// Letters of options without a value, which may stand before one that has a value, as in `-suVALUE`.
  private var flags: [UInt8] = []
  /// Which of the words that are no options is a secret, from 1.
  private(set) var argument: Int?

  private static let kinds: [SecretMembers.Kind] = [
    .separateOption, .attachedOption, .flagLetters, .argument,
  ]

  private static let all: [[UInt8]: [CommandProgram]] = {
    var all: [[UInt8]: [CommandProgram]] = [:]
    for kind in kinds {
      for row in SecretMembers.names(kind).map({ $0.split(separator: " ") }) where row.count > 1 {
        let name = lowered(row[0].utf8)
        let subcommand = row.count > 2 ? Array(row[1].utf8) : []
        var programs = all[name] ?? []
        let place = programs.firstIndex { $0.subcommand == subcommand } ?? programs.count
        if place == programs.count { programs.append(CommandProgram(name: name, subcommand: subcommand)) }
        programs[place].add(Array(row[row.count - 1].utf8), kind)
        all[name] = programs
      }
    }
    return all
  }()

  private static let containers = Set(SecretMembers.names(.containerProgram).map { Array($0.utf8) })

  private init(name: [UInt8], subcommand: [UInt8]) { (self.name, self.subcommand) = (name, subcommand) }

  private mutating func add(_ said: [UInt8], _ kind: SecretMembers.Kind) {
    switch kind {
    case .separateOption: separate.append(said)
    case .attachedOption: attached.append(said)
    case .flagLetters: flags += said
    default: argument = Int(String(decoding: said, as: UTF8.self))
    }
  }

  /// What is said of a program that a word names, by its path too, with each of its subcommands.
  static func named(_ word: some Collection<UInt8>) -> [CommandProgram] { all[shortName(word)] ?? [] }

  /// Whether a word names a program that publishes ports with the option that others take a password by.
  static func isContainer(_ word: some Collection<UInt8>) -> Bool { containers.contains(shortName(word)) }

  private static func shortName(_ word: some Collection<UInt8>) -> [UInt8] {
    guard word.count < 256 else { return [] }
    let name = lowered(word.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.last ?? word[...])
    return name.suffix(4).elementsEqual(".exe".utf8) ? name.dropLast(4) : name
  }

  static func lowered(_ word: some Collection<UInt8>) -> [UInt8] {
    word.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
  }

  /// Whether the next word is a secret.
  func takesNext(_ word: some Collection<UInt8>) -> Bool {
    separate.contains { word.elementsEqual($0) }
      || bundled(word).map { $0.value.isEmpty && separate.contains($0.option) } == true
  }

  /// The secret that is attached to an option.
  func attachedValue(_ word: some Collection<UInt8>) -> [UInt8]? {
    for option in attached where option.count < word.count && word.starts(with: option) {
      return Array(word.dropFirst(option.count))
    }
    guard let bundled = bundled(word), !bundled.value.isEmpty, attached.contains(bundled.option) else {
      return nil
    }
    return bundled.value
  }

  /// The option behind letters that take no value, and what stands behind it.
  private func bundled(_ word: some Collection<UInt8>) -> (option: [UInt8], value: [UInt8])? {
    guard !flags.isEmpty, word.first == UInt8(ascii: "-") else { return nil }
    let rest = word.dropFirst().drop { flags.contains($0) }
    guard rest.count < word.count - 1, let letter = rest.first else { return nil }
    return ([UInt8(ascii: "-"), letter], Array(rest.dropFirst()))
  }
}
