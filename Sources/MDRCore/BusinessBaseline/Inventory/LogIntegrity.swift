/// The reviewed checks of how logs are kept, answered as far as an inventory answers them.
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

  /// What an inventory says of one check.
  private typealias Known = (holds: Bool?, told: String)

  let inventory: Inventory

  /// Every check in the order of the table; none where the inventory has no trail.
  var answers: [Answer] {
    let trails = inventory.trails.values.sorted { $0.arn < $1.arn }
    guard !trails.isEmpty else { return [] }
    // The trails that record all accounts; without any, each account depends on its own.
    let wide = trails.filter { $0.isOrganizations && $0.isOfAllRegions }
    let meant = wide.isEmpty ? trails : wide
    return Content.table("business-baseline/references/log-integrity.tsv").map { row in
      let known = row["answered"] == "people" ? nil : answer(row["id"] ?? "", wide: wide, meant: meant)
      let ask = "Ask \(row["ask"] ?? "")."
      return Answer(
        check: row["check"] ?? "", holds: known?.holds,
        told: known.map { $0.holds == nil ? "\($0.told) \(ask)" : $0.told } ?? ask, why: row["why"] ?? "")
    }
  }

  private func answer(_ id: String, wide: [AuditTrail], meant: [AuditTrail]) -> Known? {
    switch id {
    case "organization-trail":
      return wide.isEmpty
        ? (false, "None of \(meant.count.of("trail")) in the inventory is one.") : (true, Self.listed(wide))
    case "validation": return Self.holds(of: meant) { $0.validatesFiles }
    case "key-apart": return Self.holds(of: meant) { $0.keyAccount != nil && $0.keyAccount != $0.account }
    case "own-account":
      let owners = meant.map { trail in (trail, trail.bucket.flatMap(owner(ofBucket:))) }
      guard owners.allSatisfy({ $0.1 != nil }) else { return nil }
      let own = owners.filter { $0.0.account == $0.1 }.map(\.0)
      return (own.isEmpty, own.isEmpty ? Self.listed(meant) : "Not of \(Self.listed(own))")
    case "object-lock": return buckets(of: meant) { $0.lock?.told }
    case "mfa-delete": return buckets(of: meant) { $0.versions?.told }
    case "retention": return buckets(of: meant) { bucket in bucket.retention(of: meant) }
    case "delegated-administrator": return inventory.administration.delegation
    case "response-tested", "delivery": return inventory.administration.rules
    default: return nil
    }
  }

  /// The account whose list of buckets has a bucket.
  private func owner(ofBucket bucket: String) -> String? {
    inventory.footprints.keys.sorted().first { account in
      inventory.footprints[account]?.names["S3 bucket"]?.contains { $0.hasSuffix("/" + bucket) } == true
    }
  }

  private static func holds(of trails: [AuditTrail], _ condition: (AuditTrail) -> Bool) -> Known {
    let without = trails.filter { !condition($0) }
    return (without.isEmpty, without.isEmpty ? listed(trails) : "Not of \(listed(without))")
  }

  /// What holds for every bucket that trails deliver to; `nil` where of one of them nothing is known.
  private func buckets(
    of trails: [AuditTrail], _ told: (LogBucket) -> (holds: Bool, told: String)?
  ) -> Known? {
    let names = Set(trails.map(\.bucket))
    let known = names.compactMap { $0.flatMap { inventory.logBuckets[$0] } }.sorted { $0.name < $1.name }
    let answers = known.compactMap { bucket in
      told(bucket).map { ($0.holds, "\(code: bucket.name): \($0.told)") }
    }
    guard !names.isEmpty, answers.count == names.count else { return nil }
    let failing = answers.filter { !$0.0 }
    let shown = (failing.isEmpty ? answers : failing).map(\.1)
    let more = shown.count > 3 ? " and \(shown.count - 3) more" : ""
    return (failing.isEmpty, shown.prefix(3).joined(separator: "; ") + more + ".")
  }

  private static func listed(_ trails: [AuditTrail]) -> String {
    let shown = trails.prefix(3).map { "\(code: $0.arn)" }.joined(separator: ", ")
    return trails.count > 3 ? "\(shown) and \(trails.count - 3) more" : shown
  }
}
