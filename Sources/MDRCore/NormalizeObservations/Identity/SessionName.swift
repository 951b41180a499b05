/// What kind of name a role session carries, and the person it names, if any.
struct SessionName: Equatable {
  /// Such as `ec2-instance`, `sdk-generated`, `github-actions`, `random`, `person`, `named`.
  var sessionClass: String
  var person: String?

  init(_ name: String) {
    if name.hasPrefix("i-"), name.dropFirst(2).allSatisfy(\.isHexDigit), (8...17).contains(name.count - 2) {
      sessionClass = "ec2-instance"
    } else if Self.isMail(name) {
      sessionClass = "person"
      person = name
    } else if [
      "botocore-session-", "boto3-session-", "aws-go-sdk-", "aws-sdk-", "AWSCLI-Session", "aws-cli-",
    ].contains(
      where: name.hasPrefix)
    {
      sessionClass = "sdk-generated"
    } else if name.hasPrefix("GitHubActions") || name.hasPrefix("actions-runner") {
      sessionClass = "github-actions"
    } else if name.hasPrefix("eks-") || name.hasPrefix("system:serviceaccount") {
      sessionClass = "kubernetes"
    } else if Self.isRandom(name) {
      sessionClass = "random"
    } else {
      sessionClass = "named"
    }
  }

  static func isMail(_ name: String) -> Bool {
    let parts = name.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !name.contains(" ")
  }

  /// Digests, numbers, UUIDs and the like: mostly digits or hexadecimal, and long.
  private static func isRandom(_ name: String) -> Bool {
    let plain = name.filter { $0 != "-" && $0 != "_" }
    guard plain.count >= 8 else { return false }
    let digits = plain.count { $0.isASCII && $0.isNumber }
    return digits * 2 >= plain.count || digits > 0 && plain.allSatisfy(\.isHexDigit)
  }
}
