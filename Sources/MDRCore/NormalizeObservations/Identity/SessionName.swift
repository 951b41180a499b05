/// What kind of name a role session carries, and the person it names, if any.
struct SessionName: Equatable {
  /// Such as `ec2-instance`, `sdk-generated`, `github-actions`, `random`, `person`, `named`.
  var sessionClass: String
  var person: String?

  private static let sdkMarks: [StaticString] = [
    "botocore-session-", "boto3-session-", "aws-go-sdk-", "aws-sdk-", "AWSCLI-Session", "aws-cli-",
  ]
  private static let gitHubMarks: [StaticString] = ["GitHubActions", "actions-runner"]
  private static let kubernetesMarks: [StaticString] = ["eks-", "system:serviceaccount"]

  init(_ name: String) {
    var text = name
    sessionClass = text.withUTF8 { Self.sessionClass(of: $0) }
    if sessionClass == Self.personClass { person = name }
  }

  /// The class of names that are a person's.
  static let personClass = "person"

  /// What kind of name some bytes are.
  static func sessionClass(of name: UnsafeBufferPointer<UInt8>) -> String {
    let tally = LetterTally(name)
    if (10...19).contains(name.count), name.starts(with: "i-"),
      tally.hexDigits + (tally.hyphens == 1 ? 2 : 0) == name.count
    {
      return "ec2-instance"
    }
    if tally.ats == 1, isMail(name) { return personClass }
    switch name.first {
    case UInt8(ascii: "b"), UInt8(ascii: "a"), UInt8(ascii: "A"), UInt8(ascii: "G"), UInt8(ascii: "e"),
      UInt8(ascii: "s"):
      if sdkMarks.contains(where: name.starts) { return "sdk-generated" }
      if gitHubMarks.contains(where: name.starts) { return "github-actions" }
      if kubernetesMarks.contains(where: name.starts) { return "kubernetes" }
    default: break
    }
    return tally.isRandom(name) ? "random" : "named"
  }

  /// One `@` with something before it, a dot behind it, and no space.
  static func isMail(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { isMail($0) }
  }

  private static func isMail(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let at = name.firstIndex(of: UInt8(ascii: "@")), at > 0 else { return false }
    let domain = name[(at + 1)...]
    return !domain.contains(UInt8(ascii: "@")) && domain.contains(UInt8(ascii: "."))
      && !name.contains(UInt8(ascii: " "))
  }
}

/// How many letters of each kind a session's name has.
private struct LetterTally {
  private var digits = 0
  private var lower = 0
  private var upper = 0
  private(set) var hexDigits = 0
  private(set) var hyphens = 0
  private var underscores = 0
  private(set) var ats = 0

  init(_ name: UnsafeBufferPointer<UInt8>) {
    for byte in name {
      let letter = (byte | 0x20) &- UInt8(ascii: "a")
      if byte &- UInt8(ascii: "0") < 10 {
        digits += 1
        hexDigits += 1
      } else if letter < 26 {
        if letter < 6 { hexDigits += 1 }
        if byte & 0x20 == 0 { upper += 1 } else { lower += 1 }
      } else if byte == UInt8(ascii: "-") {
        hyphens += 1
      } else if byte == UInt8(ascii: "_") {
        underscores += 1
      } else if byte == UInt8(ascii: "@") {
        ats += 1
      }
    }
  }

  /// Digests, numbers, UUIDs and the like: mostly digits or hexadecimal, and long.
  func isRandom(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let count = name.count - hyphens - underscores
    if count >= 8, digits * 2 >= count || digits > 0 && hexDigits == count { return true }
    // A KSUID, 27 letters of either case and digits, or a ULID of this century, 26 upper-case letters and digits.
    guard digits + lower + upper == name.count, digits > 1 else { return false }
    return name.count == 27 && lower > 3 && upper > 3
      || name.count == 26 && name[0] == UInt8(ascii: "0") && lower == 0
  }
}
