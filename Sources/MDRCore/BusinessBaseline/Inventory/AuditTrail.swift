/// A CloudTrail trail, by the settings that the inventory of its owner shows.
package struct AuditTrail: Equatable, Sendable {
  package var arn: String
  /// The account that the trail belongs to, by its ARN.
  package var account: String
  /// The bucket that its files are delivered to.
  package var bucket: String?
  /// Whether it records all accounts of the organisation.
  package var isOrganizations: Bool
  package var isOfAllRegions: Bool
  /// Whether digests show that a file was changed or taken away.
  package var validatesFiles: Bool
  /// The account of the key that its files are encrypted with; `nil` where none of the customer's own is named.
  package var keyAccount: String?

  /// Reads an element of `describe-trails`.
  init?(_ json: JSONValue) {
    guard let arn = json["TrailARN"]?.string else { return nil }
    let parts = ResourceKinds.parts(of: arn)
    guard parts.count >= 6, !parts[4].isEmpty else { return nil }
    self.arn = arn
    account = String(parts[4])
    bucket = json["S3BucketName"]?.string
    isOrganizations = json["IsOrganizationTrail"]?.bool == true
    isOfAllRegions = json["IsMultiRegionTrail"]?.bool == true
    validatesFiles = json["LogFileValidationEnabled"]?.bool == true
    let key = ResourceKinds.parts(of: json["KmsKeyId"]?.string ?? "")
    keyAccount = key.count >= 6 && !key[4].isEmpty ? String(key[4]) : nil
  }
}

/// The reviewed checks of how logs are kept, answered as far as trails answer them.
struct LogIntegrity {
  /// One check with what is known.
  struct Answer: Equatable {
    var check: String
    /// Whether it holds; `nil` where people have to say.
    var holds: Bool?
    /// What was seen, or whom to ask.
    var told: String
    var why: String
  }

  let inventory: Inventory

  /// Every check in the order of the table; none where the inventory has no trail.
  var answers: [Answer] {
    let trails = inventory.trails.values.sorted { $0.arn < $1.arn }
    guard !trails.isEmpty else { return [] }
    // The trails that record all accounts; without any, each account depends on its own.
    let wide = trails.filter { $0.isOrganizations && $0.isOfAllRegions }
    let meant = wide.isEmpty ? trails : wide
    return Content.table("business-baseline/references/log-integrity.tsv").map { row in
      let known = row["answered"] == "trails" ? answer(row["id"] ?? "", wide: wide, meant: meant) : nil
      return Answer(
        check: row["check"] ?? "", holds: known?.holds, told: known?.told ?? "Ask \(row["ask"] ?? "").",
        why: row["why"] ?? "")
    }
  }

  private func answer(_ id: String, wide: [AuditTrail], meant: [AuditTrail]) -> (holds: Bool, told: String)? {
    switch id {
    case "organization-trail":
      return wide.isEmpty
        ? (false, "None of \(meant.count.of("trail")) in the inventory is one.") : (true, Self.listed(wide))
    case "validation":
      let without = meant.filter { !$0.validatesFiles }
      return (without.isEmpty, without.isEmpty ? Self.listed(meant) : "Not of \(Self.listed(without))")
    case "key-apart":
      let own = meant.filter { $0.keyAccount == nil || $0.keyAccount == $0.account }
      return (own.isEmpty, own.isEmpty ? Self.listed(meant) : "Not of \(Self.listed(own))")
    case "own-account":
      let owners = meant.map { trail in (trail, trail.bucket.flatMap(owner(ofBucket:))) }
      guard owners.allSatisfy({ $0.1 != nil }) else { return nil }
      let own = owners.filter { $0.0.account == $0.1 }.map(\.0)
      return (own.isEmpty, own.isEmpty ? Self.listed(meant) : "Not of \(Self.listed(own))")
    default: return nil
    }
  }

  /// The account whose list of buckets has a bucket.
  private func owner(ofBucket bucket: String) -> String? {
    inventory.footprints.keys.sorted().first { account in
      inventory.footprints[account]?.names["S3 bucket"]?.contains { $0.hasSuffix("/" + bucket) } == true
    }
  }

  private static func listed(_ trails: [AuditTrail]) -> String {
    let shown = trails.prefix(3).map { "\(code: $0.arn)" }.joined(separator: ", ")
    return trails.count > 3 ? "\(shown) and \(trails.count - 3) more" : shown
  }
}
