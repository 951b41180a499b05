/// Names that a tool has made, such as CloudFormation: what is at random in them would give each deployment an actor of its
/// own.
extension ActorNaming {
  /// A name with its generated parts replaced: account, region, digest, CloudFormation suffix.
  static func generated(name: String, prefix: String) -> Name {
    var name = name
    return name.withUTF8 { generated($0, prefix: prefix) }
  }

  static func generated(_ bytes: UnsafeBufferPointer<UInt8>, prefix: String) -> Name {
    let name = String(decoding: bytes, as: UTF8.self)
    guard mayBeGenerated(bytes) else { return Name(actor: prefix + name) }
    var changed = false
    let parts = Substring(name).parts(by: "-", omittingEmpty: false)
    let tokens = parts.enumerated().map { place, token -> String in
      // CloudFormation's suffix stands behind the stack's name and the logical id.
      let isSuffix = place == parts.count - 1 && place >= 2
      let kind = generatedKind(token) ?? (isSuffix && isGeneratedSuffix(token) ? "{rnd}" : nil)
      if kind != nil { changed = true }
      return kind ?? String(token)
    }
    let joined = joinRegion(tokens, changed: &changed).joined(separator: "-")
    return Name(actor: prefix + joined, generalisations: changed ? ["actor: \(name) to \(joined)"] : [])
  }

  /// Whether a name has a part that could be generated; most have none.
  private static func mayBeGenerated(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    for end in 0...name.count where end == name.count || name[end] == UInt8(ascii: "-") {
      let length = end - start
      defer { start = end + 1 }
      if length == 2, areas.contains(String(decoding: name[start..<end], as: UTF8.self)) { return true }
      // A part that is neither a number nor an id can only be a suffix, and a suffix comes last.
      guard length >= 8, end == name.count || name[start..<end].allSatisfy(\.isSmallHexDigit) else {
        continue
      }
      return true
    }
    return false
  }

  private static func generatedKind(_ token: Substring) -> String? {
    let bytes = token.utf8
    var (digits, letters) = (0, 0)
    for byte in bytes {
      if byte &- UInt8(ascii: "0") < 10 {
        digits += 1
      } else if byte &- UInt8(ascii: "a") < 6 {
        letters += 1
      } else {
        return nil
      }
    }
    if letters == 0 { return digits == 12 ? "{account}" : digits >= 9 ? "{number}" : nil }
    return digits + letters >= 8 && digits > 0 ? "{id}" : nil
  }

  /// Whether a token is one of CloudFormation's suffixes: twelve or thirteen letters and digits at random, all upper
  /// case or, since 2023, mixed.
  ///
  /// Names that people write have words in them. In doubt a token counts as a name: taking a suffix for a name only
  /// keeps two lanes apart, but taking a name for a suffix would merge two roles.
  private static func isGeneratedSuffix(_ token: Substring) -> Bool {
    guard token.utf8.count == 12 || token.utf8.count == 13,
      token.utf8.allSatisfy({ $0.isDigit || ($0 & 0xDF).isCapital })
    else { return false }
    if !token.utf8.contains(where: \.isSmall) {
      return token.utf8.contains(where: \.isDigit) || !isPronounceable(token.utf8)
    }
    return token.utf8.contains(where: \.isCapital) && !hasLowercaseWord(token.utf8)
      && !(nameMarks.areIn(String(token)) && wordsOfNames.contains(where: token.contains))
  }

  /// Words that people build role names from.
  static let wordsOfNames = [
    "Role", "User", "Admin", "Access", "Policy", "Lambda", "Service", "Task", "Exec", "Instance", "Profile",
    "Group",
    "Function", "Stack", "Deploy", "Read", "Write", "Log", "Flow", "API", "Api", "AWS", "Aws", "EC2", "ECS",
    "EKS",
    "RDS", "VPC", "Vpc", "IAM", "SSM", "SNS", "SQS", "KMS", "DynamoDB", "Prod", "Test", "Dev",
  ]

  /// The same words in any case: what holds none of these holds no word.
  private static let nameMarks = ByteMarks(wordsOfNames)

  /// Whether no run of consonants is longer than words have them.
  private static func isPronounceable(_ token: Substring.UTF8View) -> Bool {
    token.split(whereSeparator: "AEIOUY".utf8.contains).allSatisfy { $0.count <= 4 }
  }

  /// Whether four lower-case letters with a vowel among them follow each other.
  private static func hasLowercaseWord(_ token: Substring.UTF8View) -> Bool {
    token.split { !$0.isSmall }.contains { $0.count >= 4 && $0.contains(where: "aeiouy".utf8.contains) }
  }

  /// What a region's name begins with.
  static let areas: Set = ["us", "eu", "ap", "sa", "ca", "me", "af", "il", "cn", "mx"]
  /// What stands before its number: `us-build-1` is no region.
  static let directions: Set = [
    "north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest",
  ]

  /// Replaces a region, which stands in three parts: `us-east-1`, `us-gov-west-1`.
  private static func joinRegion(_ tokens: [String], changed: inout Bool) -> [String] {
    guard tokens.count > 2, tokens.contains(where: areas.contains) else { return tokens }
    var output: [String] = []
    var index = 0
    while index < tokens.count {
      let length =
        index + 1 < tokens.count && (tokens[index + 1] == "gov" || tokens[index + 1] == "iso") ? 4 : 3
      if areas.contains(tokens[index]), index + length <= tokens.count, tokens[index + length - 1].count == 1,
        tokens[index + length - 1].allSatisfy(\.isNumber), directions.contains(tokens[index + length - 2])
      {
        output.append("{region}")
        index += length
        changed = true
      } else {
        output.append(tokens[index])
        index += 1
      }
    }
    return output
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
  fileprivate var isSmall: Bool { self &- UInt8(ascii: "a") < 26 }
  fileprivate var isCapital: Bool { self &- UInt8(ascii: "A") < 26 }
  fileprivate var isSmallHexDigit: Bool { isDigit || self &- UInt8(ascii: "a") < 6 }
}
