/// Writes records with secrets that are as long and as random as real ones: they are made up at each run, since scanners
/// of repositories would take them for real.
///
/// A template has `<<ghp_|36|w>>` where 36 letters and digits stand behind `ghp_`.
struct SecretPlanter {
  /// A secret's random part, and the template of its record.
  private(set) var secrets: [(text: String, record: String)] = []
  private var state: UInt64 = 7

  private static let head =
    #""eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:deploy-7","arn":"arn:aws:sts::111122223333:assumed-role/build-server/deploy-7","accountId":"111122223333","accessKeyId":"ASIAEXAMPLE","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE","arn":"arn:aws:iam::111122223333:role/build-server","accountId":"111122223333","userName":"build-server"},"attributes":{"creationDate":"2026-01-05T08:00:00Z","mfaAuthenticated":"false"}}},"awsRegion":"us-east-1","sourceIPAddress":"192.0.2.10","userAgent":"aws-cli/2.15.0","readOnly":false,"eventType":"AwsApiCall","recipientAccountId":"111122223333""#

  /// The record of a template, all its secrets planted.
  mutating func record(_ template: Substring, number: Int) -> String {
    var planted = ""
    for (index, part) in template.split(separator: "<<", omittingEmptySubsequences: false).enumerated() {
      guard index > 0, let end = part.firstRange(of: ">>") else {
        planted += part
        continue
      }
      let said = part[..<end.lowerBound].split(separator: "|", omittingEmptySubsequences: false)
      planted += said[0] + secret(Int(said[1]) ?? 0, of: said[2], in: template) + part[end.upperBound...]
    }
    let time = "2026-01-05T08:\(two(number / 60)):\(two(number % 60))Z"
    return #"{"eventTime":"\#(time)","eventID":"planted-\#(number)",\#(Self.head),"# + planted.dropFirst()
  }

  private mutating func secret(_ count: Int, of kind: Substring, in template: Substring) -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    let alphabet =
      switch kind {
      case "d": "0123456789"
      case "h": "0123456789abcdef"
      case "H": "0123456789ABCDEF"
      case "u": letters + "0123456789_-"
      case "b": letters + "0123456789+/"
      default: letters + "0123456789"
      }
    var text = ""
    for _ in 0..<count { text.append(alphabet.randomElement(using: &self) ?? "x") }
    if kind == "p" { text = text.dropLast(2) + "!7" }
    // Six digits may stand anywhere.
    if count >= 8 { secrets.append((text, String(template.prefix(200)))) }
    return text
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension SecretPlanter: RandomNumberGenerator {
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ (state >> 29)) &* 0x9E37_79B9_7F4A_7C15
  }
}
