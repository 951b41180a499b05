/// What kind of name a role session carries, and the person it names, if any.
struct SessionName: Equatable {
  /// Such as `ec2-instance`, `sdk-generated`, `github-actions`, `random`, `person`, `named`.
  var sessionClass: String
  var person: String?

  private static let sdkMarks = [
    "botocore-session-", "boto3-session-", "aws-go-sdk-", "aws-sdk-", "AWSCLI-Session", "aws-cli-",
  ].map { Array($0.utf8) }
  private static let gitHubMarks = ["GitHubActions", "actions-runner"].map { Array($0.utf8) }
  private static let kubernetesMarks = ["eks-", "system:serviceaccount"].map { Array($0.utf8) }

  init(_ name: String) {
    let bytes = Array(name.utf8)
    if bytes.starts(with: "i-".utf8), bytes.dropFirst(2).allSatisfy(\.isHexDigit),
      (10...19).contains(bytes.count)
    {
      sessionClass = "ec2-instance"
    } else if Self.isMail(name) {
      sessionClass = "person"
      person = name
    } else if Self.sdkMarks.contains(where: bytes.starts) {
      sessionClass = "sdk-generated"
    } else if Self.gitHubMarks.contains(where: bytes.starts) {
      sessionClass = "github-actions"
    } else if Self.kubernetesMarks.contains(where: bytes.starts) {
      sessionClass = "kubernetes"
    } else if Self.isRandom(bytes) {
      sessionClass = "random"
    } else {
      sessionClass = "named"
    }
  }

  /// One `@` with something before it, a dot behind it, and no space.
  static func isMail(_ name: String) -> Bool {
    let bytes = name.utf8
    guard let at = bytes.firstIndex(of: UInt8(ascii: "@")), at != bytes.startIndex else { return false }
    let domain = bytes[bytes.index(after: at)...]
    return !domain.contains(UInt8(ascii: "@")) && domain.contains(UInt8(ascii: "."))
      && !bytes.contains(UInt8(ascii: " "))
  }

  /// Digests, numbers, UUIDs and the like: mostly digits or hexadecimal, and long.
  private static func isRandom(_ name: [UInt8]) -> Bool {
    var count = 0
    var digits = 0
    var isHexadecimal = true
    for byte in name where byte != UInt8(ascii: "-") && byte != UInt8(ascii: "_") {
      count += 1
      if (0x30...0x39).contains(byte) { digits += 1 }
      isHexadecimal = isHexadecimal && byte.isHexDigit
    }
    if count >= 8 && (digits * 2 >= count || digits > 0 && isHexadecimal) { return true }
    return isSortableID(name)
  }

  /// A KSUID, 27 letters of either case and digits, or a ULID of this century, 26 upper-case letters and digits.
  private static func isSortableID(_ name: [UInt8]) -> Bool {
    var (digits, lower, upper) = (0, 0, 0)
    for byte in name {
      switch byte {
      case 0x30...0x39: digits += 1
      case 0x41...0x5A: upper += 1
      case 0x61...0x7A: lower += 1
      default: return false
      }
    }
    return name.count == 27 && digits > 1 && lower > 3 && upper > 3
      || name.count == 26 && name.first == UInt8(ascii: "0") && digits > 1 && lower == 0
  }
}

extension UInt8 {
  /// 0 to 9, a to f in either case.
  fileprivate var isHexDigit: Bool {
    (0x30...0x39).contains(self) || (0x61...0x66).contains(self) || (0x41...0x46).contains(self)
  }
}
