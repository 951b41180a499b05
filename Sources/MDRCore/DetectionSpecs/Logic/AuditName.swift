/// Tells names of audit trails and log archives from names that merely contain the letters.
enum AuditName {
  static let words: Set<String> = [
    "cloudtrail", "cloudtrails", "audit", "audits", "auditlog", "auditlogs", "auditing", "logarchive",
    "securitylog", "securitylogs", "flowlog", "flowlogs", "guardduty", "securityhub", "siem", "forensic",
    "forensics", "securitylake", "accesslogs",
  ]
  static let pairs: Set<String> = [
    "cloud trail", "cloud trails", "log archive", "logs archive", "logging archive", "archive logs",
    "security log",
    "security logs", "security lake", "flow log", "flow logs", "guard duty", "config history",
    "config snapshots",
    "config logs", "access logs", "access log", "central logs", "central logging", "org logs", "org trail",
    "waf logs", "dns logs", "vpc logs", "session logs",
  ]

  /// Whether a bucket, log group, table or topic bears such a name; in an ARN only the resource part counts.
  static func fits(_ text: String) -> Bool {
    guard mayFit(text) else { return false }
    let words = words(of: text)
    return words.contains(where: Self.words.contains)
      || zip(words, words.dropFirst()).contains { pairs.contains($0 + " " + $1) }
  }

  /// Marks without one of which a name in ASCII has no such words: each word, and one of each pair.
  private static let marks = ByteMarks(
    words.union(pairs.compactMap { $0.split(separator: " ").map(String.init).max { $0.count < $1.count } }))

  private static func mayFit(_ text: String) -> Bool {
    var text = text
    return text.withUTF8(mayFit)
  }

  /// Whether a name by its bytes is worth a look at its words.
  static func mayFit(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    marks.areIn(name) || name.contains { $0 >= 0x80 }
  }

  /// The words of a name: separated by anything but letters, and where small letters turn to capitals.
  static func words(of text: String) -> [String] {
    var name = text[...]
    if name.hasPrefix("arn:") {
      name = name.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).last ?? name
    }
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return words(ofASCII: name.utf8) }
    var words: [String] = []
    var word = ""
    var wasSmall = false
    for scalar in name.unicodeScalars {
      let isLetter = scalar.properties.isAlphabetic
      if !isLetter || (wasSmall && scalar.properties.isUppercase) {
        if !word.isEmpty { words.append(word.lowercased()) }
        word = ""
      }
      if isLetter { word.unicodeScalars.append(scalar) }
      wasSmall = scalar.properties.isLowercase
    }
    if !word.isEmpty { words.append(word.lowercased()) }
    return words
  }

  /// The same for a name without letters beyond ASCII, as most are: Unicode's tables cost many times more.
  private static func words(ofASCII name: Substring.UTF8View) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var wasSmall = false
    func end() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for byte in name {
      let isCapital = byte &- UInt8(ascii: "A") < 26
      let isSmall = byte &- UInt8(ascii: "a") < 26
      if wasSmall ? !isSmall : !isSmall && !isCapital { end() }
      if isSmall || isCapital { word.append(byte | 0x20) }
      wasSmall = isSmall
    }
    end()
    return words
  }
}
