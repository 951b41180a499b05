/// A file of the logs that could not be read, with what its name says of whose events are missing, and of when.
package struct CollectionGap: Equatable, Sendable {
  /// The file's name and what was wrong with it.
  package var text: String
  /// The account whose deliveries lack the file.
  package var account: String
  package var region: String
  /// When CloudTrail delivered it; its events are at most some quarters of an hour older.
  package var delivered: Timestamp

  /// Reads a caveat such as `…/111111111111_CloudTrail_eu-west-1_20260401T0610Z_x.json.gz: the file ends too early`.
  ///
  /// The form of the name is CloudTrail's own for deliveries to S3; `nil` for any other, which tells nothing.
  package init?(caveat text: String) {
    guard let colon = text.firstRange(of: ": ") else { return nil }
    let name = text[..<colon.lowerBound].split(separator: "/").last ?? ""
    let parts = name.split(separator: "_")
    guard parts.count >= 5, parts[1].hasPrefix("CloudTrail"), parts[0].count == 12,
      parts[0].allSatisfy({ $0.isASCII && $0.isNumber }), let time = Self.time(parts[3])
    else { return nil }
    self.text = text
    account = String(parts[0])
    region = String(parts[2])
    delivered = time
  }

  /// Events of up to this long before the delivery may be in a file, in seconds.
  static let reach = 3_600

  /// Whether events of an account between two moments may be among the missing ones.
  package func touches(account: String, from start: Timestamp, to end: Timestamp) -> Bool {
    self.account == account && delivered >= start && delivered.adding(-Self.reach) <= end
  }

  /// Such as `20260401T0610Z`.
  private static func time(_ text: Substring) -> Timestamp? {
    let digits = Array(text)
    guard digits.count == 14, digits[8] == "T", digits[13] == "Z" else { return nil }
    func part(_ range: Range<Int>) -> String { String(digits[range]) }
    return Timestamp(
      parsing:
        "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):00Z")
  }
}

/// The gaps of a baseline, by account and region: there, "never seen" may mean "never read".
struct BaselineGaps: Sendable {
  private let gaps: [String: CollectionGap]

  init(_ caveats: [String]) {
    gaps = Dictionary(
      caveats.compactMap(CollectionGap.init(caveat:)).map { (Self.key($0.account, $0.region), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The first gap among the records that would have shown an observation's lane.
  func gap(touching observation: Observation) -> CollectionGap? {
    gaps.isEmpty ? nil : gaps[Self.key(observation.accountID, observation.awsRegion)]
  }

  private static func key(_ account: String, _ region: String) -> String { account + " " + region }
}
