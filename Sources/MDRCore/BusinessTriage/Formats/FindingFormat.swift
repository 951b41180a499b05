/// The forms in which findings go to other tools.
package enum FindingFormat: String, Sendable, CaseIterable {
  /// Detection Finding (class 2004) of the Open Cybersecurity Schema Framework, one on each line.
  case ocsf
  /// AWS Security Finding Format, for `BatchImportFindings` of Security Hub.
  case asff
  /// Static Analysis Results Interchange Format 2.1.0, for pipelines that show it.
  case sarif

  /// The artifact's name.
  package var fileName: String {
    switch self {
    case .ocsf: "findings.ocsf.jsonl"
    case .asff: "findings.asff.json"
    case .sarif: "findings.sarif.json"
    }
  }

  /// The artifact's text.
  package func text(of findings: [Finding]) -> String {
    // The two that require a time of making get the latest of the review where a finding has none itself.
    let end = findings.reduce(Timestamp.unknown) { $0.later($1.lastSeen) }
    return switch self {
    case .ocsf: findings.map { OCSFFinding($0, end: end).json.compactText + "\n" }.joined()
    case .asff: JSONValue.array(findings.map { ASFFFinding($0, end: end).json }).prettyText
    case .sarif: SARIFLog(findings).json.prettyText
    }
  }
}

extension String {
  /// At most this many UTF-16 units, which is how the formats count, on the border of a character.
  func shortened(to limit: Int) -> String {
    guard utf16.count > limit else { return self }
    var text = ""
    var room = limit - 1
    for character in self {
      room -= character.utf16.count
      guard room >= 0 else { break }
      text.append(character)
    }
    return text + "…"
  }
}

extension Finding {
  /// What happened and why it differs, for formats that have one field for both.
  var summary: String { ([title + "."] + whyDifferent).joined(separator: " ") }

  /// What to know of the times of making and change where the finding's calls have none; `nil` where they have.
  var timeNote: String? {
    firstSeen.isKnown
      ? nil
      : "no time: the finding's calls have none; created and updated say when the review's last finding was"
  }

  /// The region under AWS's own name; us-east-1 for services without regions and for text that is no region.
  var awsRegion: String {
    let parts = region.split(separator: "-", omittingEmptySubsequences: false)
    let isRegion =
      parts.count >= 3 && region.utf8.count <= 24
      && region.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    return isRegion ? region : "us-east-1"
  }

  /// Whether the account is one that AWS could have.
  var hasAccountNumber: Bool { accountID.count == 12 && accountID.allSatisfy { $0.isASCII && $0.isNumber } }

  /// `aws`, `aws-cn` or `aws-us-gov`, after the region.
  var partition: String {
    awsRegion.hasPrefix("cn-") ? "aws-cn" : awsRegion.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
  }
}
