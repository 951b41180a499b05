/// What kind of name a role session carries, and the person it names, if any.
struct SessionName: Equatable {
  /// What kind of name it is.
  enum Kind: UInt8 {
    case ec2Instance, person, sdkGenerated, gitHubActions, kubernetes, random, named

    /// The kind as observations name it.
    var name: String {
      switch self {
      case .ec2Instance: "ec2-instance"
      case .person: "person"
      case .sdkGenerated: "sdk-generated"
      case .gitHubActions: "github-actions"
      case .kubernetes: "kubernetes"
      case .random: "random"
      case .named: "named"
      }
    }
  }

  let kind: Kind
  var person: String?

  /// Such as `ec2-instance`, `sdk-generated`, `github-actions`, `random`, `person`, `named`.
  var sessionClass: String { kind.name }

  init(_ name: String) {
    var text = name
    kind = text.withUTF8 { Kind(of: $0) }
    if kind == .person { person = name }
  }

  /// One `@` with something before it, a dot behind it, and no space.
  static func isMail(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { isMail($0) }
  }

  fileprivate static func isMail(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let at = name.firstIndex(of: UInt8(ascii: "@")), at > 0 else { return false }
    let domain = name[(at + 1)...]
    return !domain.contains(UInt8(ascii: "@")) && domain.contains(UInt8(ascii: "."))
      && !name.contains(UInt8(ascii: " "))
  }
}

extension SessionName.Kind {
  private static let sdkMarks: [StaticString] = [
    "botocore-session-", "boto3-session-", "aws-go-sdk-", "aws-sdk-", "AWSCLI-Session", "aws-cli-",
  ]
  private static let gitHubMarks: [StaticString] = ["GitHubActions", "actions-runner"]
  private static let kubernetesMarks: [StaticString] = ["eks-", "system:serviceaccount"]

  /// What kind of name some bytes are.
  init(of name: UnsafeBufferPointer<UInt8>) {
    let tally = LetterTally(name)
    if (10...19).contains(name.count), name.starts(with: "i-"),
      tally.hexDigits + (tally.hyphens == 1 ? 2 : 0) == name.count
    {
      self = .ec2Instance
      return
    }
    if tally.ats == 1, SessionName.isMail(name) {
      self = .person
      return
    }
    self = Self.marked(name) ?? (tally.isRandom(name) ? .random : .named)
  }

  /// The kind of names with a reviewed beginning.
  private static func marked(_ name: UnsafeBufferPointer<UInt8>) -> Self? {
    switch name.first {
    case UInt8(ascii: "b"), UInt8(ascii: "a"), UInt8(ascii: "A"), UInt8(ascii: "G"), UInt8(ascii: "e"),
      UInt8(ascii: "s"):
      if sdkMarks.contains(where: name.starts) { return .sdkGenerated }
      if gitHubMarks.contains(where: name.starts) { return .gitHubActions }
      return kubernetesMarks.contains(where: name.starts) ? .kubernetes : nil
    default: return nil
    }
  }
}

/// How many letters of each kind a session's name has.
private struct LetterTally {
  private let digits: Int
  private let lower: Int
  private let upper: Int
  let hexDigits: Int
  let hyphens: Int
  private let underscores: Int
  let ats: Int

  /// What each byte adds: a count in each of eight bytes, from the lowest digits, small letters, capitals, hexadecimal
  /// digits, hyphens, underscores and at signs.
  private static let additions: [UInt64] = (0...UInt8.max).map { byte in
    func kinds(_ numbers: UInt64...) -> UInt64 { numbers.reduce(0) { $0 | 1 << ($1 * 8) } }
    return switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): kinds(0, 3)
    case UInt8(ascii: "a")...UInt8(ascii: "f"): kinds(1, 3)
    case UInt8(ascii: "g")...UInt8(ascii: "z"): kinds(1)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): kinds(2, 3)
    case UInt8(ascii: "G")...UInt8(ascii: "Z"): kinds(2)
    case UInt8(ascii: "-"): kinds(4)
    case UInt8(ascii: "_"): kinds(5)
    case UInt8(ascii: "@"): kinds(6)
    default: 0
    }
  }

  /// Longer stretches could carry from one count into the next.
  private static let stretch = 255

  init(_ name: UnsafeBufferPointer<UInt8>) {
    var counts = Self.counts(UnsafeBufferPointer(rebasing: name.prefix(Self.stretch)))
    var rest = name.dropFirst(Self.stretch)
    while !rest.isEmpty {
      counts &+= Self.counts(UnsafeBufferPointer(rebasing: rest.prefix(Self.stretch)))
      rest = rest.dropFirst(Self.stretch)
    }
    (digits, lower, upper, hexDigits) = (Int(counts[0]), Int(counts[1]), Int(counts[2]), Int(counts[3]))
    (hyphens, underscores, ats) = (Int(counts[4]), Int(counts[5]), Int(counts[6]))
  }

  /// The counts of one stretch.
  @inline(__always)
  private static func counts(_ name: UnsafeBufferPointer<UInt8>) -> SIMD8<UInt32> {
    additions.withUnsafeBufferPointer { additions in
      var sum: UInt64 = 0
      for place in 0..<name.count { sum &+= additions[Int(name[place])] }
      return SIMD8<UInt32>(truncatingIfNeeded: unsafeBitCast(sum.littleEndian, to: SIMD8<UInt8>.self))
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
