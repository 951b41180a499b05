/// What a word of a command is by its form: a text that may be a secret, or something that stands for one.
enum CommandValue {
  /// How names of variables end whose values are secrets: letters and digits only, and those that begin a word.
  private static let nameEndings = (SecretMembers.names(.telling) + SecretMembers.names(.variableEnding))
    .map { (text: $0, isWord: $0.hasPrefix("_")) }

  /// Whether a word is a text, and no variable, expression, prompt or file.
  static func isLiteral(_ word: some Collection<UInt8>) -> Bool {
    word.first.map { !"$*/@(%<`".utf8.contains($0) } ?? false || isSecretAccessKey(word)
  }

  /// Whether a word is one of AWS's secret access keys that begins as a path does.
  private static func isSecretAccessKey(_ word: some Collection<UInt8>) -> Bool {
    word.count == 40 && word.first == UInt8(ascii: "/")
      && word.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x2F < 11 || $0 == UInt8(ascii: "+") }
  }

  /// Whether a word is an option of Windows, such as `/add` and `/domain:example`, and no path or text.
  static func isWindowsOption(_ word: some Collection<UInt8>) -> Bool {
    guard word.first == UInt8(ascii: "/") else { return false }
    let name = word.dropFirst().prefix { $0 != UInt8(ascii: ":") }
    return (1...16).contains(name.count) && name.allSatisfy { ($0 | 0x20) &- 0x61 < 26 }
  }

  /// Whether a word is a text of YAML that may be a secret: none that says yes or no, and no function or reference.
  static func isYAMLText(_ word: [UInt8]) -> Bool {
    let words = ["true", "false", "yes", "no", "null", "none", "~"]
    return isLiteral(word) && word.first != UInt8(ascii: "!") && !word.starts(with: "{{".utf8)
      && !word.starts(with: "arn:".utf8) && !words.contains { word.elementsEqual($0.utf8) }
  }

  /// Whether a word sets a variable, or an option, whose name tells that its value is a secret.
  static func isSecretAssignment(_ word: some Collection<UInt8>) -> Bool {
    guard let sign = word.firstIndex(of: UInt8(ascii: "=")) else { return false }
    let value = word[sign...].dropFirst().drop { $0 == UInt8(ascii: "\"") }
    // What stands in single quotes is no variable.
    return isLiteral(value) && isSecretName(word[..<sign])
  }

  /// Whether the name of a variable or an option tells that its value is a secret; `env:` and hyphens may stand before.
  static func isSecretName(_ name: some Collection<UInt8>) -> Bool {
    // A line is no name.
    guard name.count < 128, !name.contains(0x20) else { return false }
    let words = name.map { ($0 | 0x20) &- 0x61 < 26 ? $0 | 0x20 : $0 &- 0x30 < 10 ? $0 : UInt8(ascii: "_") }
    let letters = words.filter { $0 != UInt8(ascii: "_") }
    return nameEndings.contains { ending in
      ending.isWord
        ? ([UInt8(ascii: "_")] + words).reversed().starts(with: ending.text.utf8.reversed())
        : letters.reversed().starts(with: ending.text.utf8.reversed())
    }
  }

  /// Whether a text says which ports of a container are which of its host, as `127.0.0.1:3306:3306/tcp` does.
  static func isPortMapping(_ value: [UInt8]) -> Bool {
    let protocols = [Array("/tcp".utf8), Array("/udp".utf8)]
    let ports = protocols.contains { value.suffix(4).elementsEqual($0) } ? value.dropLast(4) : value[...]
    let parts = ports.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    return (2...3).contains(parts.count)
      && parts.suffix(2).allSatisfy { (1...5).contains($0.count) && $0.allSatisfy { $0 &- 0x30 < 10 } }
      && (parts.count == 2 || parts[0].allSatisfy { $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") })
  }
}
