/// Words of a report that name nobody: AWS's own vocabulary, this project's, and what only counts, dates or hashes.
///
/// What is not here counts as the customer's; replacing one word too many costs less than one too few.
struct PublicWords: Sendable {
  private var words: Set<String>

  /// The words that every report may use, and the events and record ids of some findings.
  init(_ findings: [Finding], artifacts: some Sequence<String>) {
    words = [
      "global", "root", "unknown", "true", "false", "aws-internal", "0.0.0.0/0", "::/0", "--about",
      "--about …",
      "tcp", "udp", "icmp", "all", "open", "waiting", "closed", "reopened",
    ]
    words.formUnion(BusinessFamily.allCases.map(\.rawValue))
    words.formUnion(BusinessRisk.allCases.map(\.rawValue))
    words.formUnion(OverrideClass.allCases.map(\.rawValue))
    words.formUnion(Dimension.allCases.map(\.rawValue))
    words.formUnion(Normality.allCases.map(\.rawValue))
    words.formUnion(Position.allCases.map(\.rawValue))
    words.formUnion(Severity.allCases.map(\.rawValue))
    words.formUnion(Archetype.allCases.map(\.rawValue))
    words.formUnion(ReviewQuestion.allCases.map(\.rawValue))
    words.formUnion(CaseFolder.Step.allCases.map(\.rawValue))
    words.formUnion(artifacts)
    words.formUnion(
      Content.table("normalize-observations/references/targets.tsv").compactMap { $0["target"] })
    words.formUnion(
      Content.names(below: "detection-specs/detections").compactMap {
        $0.split(separator: "/").last.map { String($0.dropLast(".md".count)) }
      })
    for finding in findings {
      words.formUnion(finding.eventNames)
      words.formUnion(finding.eventIDs)
      words.formUnion(finding.userAgentFamilies)
      for event in finding.tuples.map(\.event) {
        let parts = event.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let service = parts[0].split(separator: ".").first else { continue }
        words.insert("\(service):\(parts[1])")
      }
      for kind in Self.plainTargets {
        words.formUnion(finding.targets[kind]?.filter { $0.utf8.count <= 40 } ?? [])
      }
    }
  }

  /// Kinds of targets whose values AWS defines.
  private static let plainTargets = [
    "action", "attribute", "deletion_protection", "enabled", "from_port", "global_events", "grant_operations",
    "instance_type", "log_file_validation", "management_events", "multi_region", "pending_window_days",
    "protocol",
    "publicly_accessible", "read_write_type", "retention_days", "to_port",
  ]

  /// Whether a word may stay as it is.
  func contains(_ word: String) -> Bool {
    words.contains(word) || Self.isNumbered(word) || Self.isDigest(word) || Timestamp(parsing: word) != nil
      || Self.isService(word) || Self.isRegion(word)
      // An AWS-managed policy is the same for everybody.
      || word.hasPrefix("arn:aws:iam::aws:policy/")
      || word.hasPrefix("business-triage events ") || word.hasPrefix("report-packager ")
  }

  /// Counts and ports, and `T1098.001`, `F-93a08c013d19`, `E7`.
  private static func isNumbered(_ word: String) -> Bool {
    if let number = Int(word) { return word.utf8.count < 12 && number >= -1 }
    switch word.utf8.first {
    case UInt8(ascii: "T"), UInt8(ascii: "E"):
      return word.utf8.count > 1 && word.utf8.count <= 9
        && word.utf8.dropFirst().allSatisfy { $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") }
    case UInt8(ascii: "F"):
      return word.hasPrefix("F-") && word.utf8.count == 14 && word.dropFirst(2).allSatisfy(\.isHexDigit)
    default: return false
    }
  }

  private static func isDigest(_ word: String) -> Bool {
    word.utf8.count == 64 && word.allSatisfy(\.isHexDigit)
  }

  /// `iam.amazonaws.com`, `iam.amazonaws.com:CreateUser`, `svc:ec2.amazonaws.com` and `slr:autoscaling`.
  private static func isService(_ word: String) -> Bool {
    func isPlain(_ text: Substring) -> Bool {
      !text.isEmpty
        && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-" || $0 == ".") }
    }
    if word.hasPrefix("slr:") { return isPlain(word.dropFirst(4)) }
    let host = word.hasPrefix("svc:") ? word.dropFirst(4) : word[...]
    let parts = host.split(separator: ":", omittingEmptySubsequences: false)
    guard let service = parts.first, service.hasSuffix(".amazonaws.com"), isPlain(service) else {
      return false
    }
    return parts.count == 1
      || (parts.count == 2 && parts[1].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
  }

  /// Such as `eu-west-2` and `us-gov-east-1`.
  private static func isRegion(_ word: String) -> Bool {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard (3...4).contains(parts.count), let area = parts.first, area.utf8.count == 2, let last = parts.last,
      last.utf8.count == 1, last.allSatisfy(\.isNumber)
    else { return false }
    return parts.dropLast().allSatisfy { $0.allSatisfy { $0.isASCII && $0.isLowercase } }
      && parts[1...].dropLast().allSatisfy { Self.regionWords.contains(String($0)) }
  }

  /// What stands between a region's area and its number: a partition's name, or a direction.
  private static let regionWords = ActorNaming.directions.union(["gov", "iso", "isob"])
}
