/// What the leading record of an operation says by itself.
struct RecordFacts: Sendable {
  let observation: Observation
  /// Observations in the very tuple before the cut-off; `nil` without a baseline.
  let prior: Int?
  /// The signature under the very lane, where one holds.
  var approval: Approval?
  /// What the inventory has at the address that the call came from.
  var owned: Inventory.OwnedAddress?

  /// The fact as a sentence; `nil` where the record doesn't have it.
  func answer(_ fact: String, _ finding: Finding) -> String? {
    let identity = observation.identity
    switch fact {
    case "record":
      let record = observation.record
      return "Event \(code: observation.eventID), record \(record.index) of \(code: record.file)."
    case "account": return "Account \(code: finding.accountID)."
    case "actor": return "\(code: finding.actor) (\(finding.archetype.title))."
    case "prior": return prior.map { "The exact tuple was \($0.seen) before." }
    // Where nothing took effect, there is no after.
    case "after":
      guard finding.refusedEventNames.contains(observation.eventName),
        finding.overrides.allSatisfy(\.isAttempt)
      else { return nil }
      return "Every call of \(code: observation.eventName) was refused or failed: it changed nothing."
    case "compared": return prior.map { SubsetCounts(finding.subsetCounts, exact: $0).sentence }
    case "user-agent":
      return finding.userAgentFamilies.isEmpty
        ? nil : "As the caller claims: \(quoted(finding.userAgentFamilies))."
    case "caller": return caller
    case "source": return source
    case "mfa": return multiFactor
    case "first-seen": return finding.firstSeen.known.map { "First seen at \($0.iso8601)." }
    case "calling-service":
      if let service = identity.invokedBy { return "Called through \(code: service)." }
      return observation.origin.kind == .awsService
        ? "The call came from \(code: observation.source)."
        : "No service called on the principal's behalf: the record names none."
    default:
      guard fact.hasPrefix("targets:") else { return nil }
      let named = fact.dropFirst("targets:".count).split(separator: ",").compactMap { name -> String? in
        guard let values = finding.targets[String(name)], !values.isEmpty else { return nil }
        return "\(name.replacing("_", with: " ")) \(quoted(values))"
      }
      return named.isEmpty ? nil : "As recorded: \(named.joined(separator: "; "))."
    }
  }

  /// Why the record doesn't have a fact.
  func note(_ fact: String, _ finding: Finding) -> String? {
    switch fact {
    case "change-window": planned(finding)
    // What only reads leaves nothing other than it was.
    case "after" where !observation.isReadOnly:
      "What it was to be after stands in the request of event \(code: observation.eventID); what it was before is not in the record."
    case "source": "No inventory names the address \(code: observation.origin.sourceIP)."
    case "first-seen": "The record has no time."
    case "mfa": multiFactorNote
    case _ where fact.hasPrefix("targets:"): "The record doesn't name it."
    default: nil
    }
  }

  /// What the customer signed for this time or lane: it names the ticket to ask for, and answers nothing by itself.
  private func planned(_ finding: Finding) -> String? {
    let windows = PlannedTimes(finding.plannedTimes, isCritical: false).tickets
    let signed = approval.map {
      "The lane is signed by \($0.owner), ticket \($0.ticket), until \($0.expires.date): does that cover this operation?"
    }
    let notes = [signed].compactMap(\.self) + windows
    return notes.isEmpty ? nil : notes.joined(separator: " ")
  }

  private var caller: String? {
    let identity = observation.identity
    guard let arn = identity.arn ?? (identity.invokedBy.map { "the service \($0)" }) else { return nil }
    var text = "\(code: arn)"
    if let name = identity.sessionName { text += ", session \(code: name)" }
    if let start = identity.sessionStart { text += ", issued at \(start)" }
    if let key = identity.accessKeyID { text += ", key \(code: key)" }
    return text + "."
  }

  /// What a sign-in's own record says of MFA; `nil` of any other call.
  private var signInMFA: (used: Bool, device: String?)? {
    guard let data = try? JSONValue(parsing: observation.details.additional),
      let used = data["MFAUsed"]?.string
    else { return nil }
    return (used == "Yes", data["MFAIdentifier"]?.string.flatMap { $0.isEmpty ? nil : $0 })
  }

  /// Whether AWS itself asks the principal for MFA: of others it never says that there was one.
  private var isAskedByAWS: Bool { [.root, .iamUser].contains(observation.identity.type) }

  private var multiFactor: String? {
    if let signIn = signInMFA, signIn.used {
      return "The sign-in's record says that MFA was used\(signIn.device.map { ", by \(code: $0)" } ?? "")."
    }
    if observation.identity.isMFA == true { return "The record says that MFA was used." }
    guard isAskedByAWS else { return nil }
    if signInMFA != nil { return "The sign-in's record says that MFA was not used." }
    return observation.identity.isMFA == false ? "The record says that MFA was not used." : nil
  }

  private var multiFactorNote: String {
    !isAskedByAWS && (signInMFA != nil || observation.identity.isMFA != nil)
      ? "AWS saw no MFA, as it never does where an identity provider asks for it."
      : "The record doesn't say whether MFA was used."
  }

  private var source: String? {
    switch observation.origin.kind {
    case .owned, .corporate: "The inventory knows it as \(code: observation.source)\(ownership)."
    case .awsService, .awsInternal, .vpcEndpoint:
      "It is \(code: observation.source), as AWS itself records it."
    case .claimedService, .awsPublic, .publicNetwork, .privateNetwork, .unknown: nil
    }
  }

  /// What an owned address hangs on, behind the name of its pool.
  private var ownership: String {
    guard let owned else { return "" }
    let kind = owned.kind.split(separator: "_").joined(separator: " ")
    let instance = owned.instanceID.flatMap { $0.isEmpty ? nil : ", instance \(code: $0)" } ?? ""
    let account = owned.accountID.map { ", in account \(code: $0)" } ?? ""
    return ", the \(kind) \(code: owned.name)\(instance)\(account)"
  }

  private func quoted(_ texts: [String]) -> String {
    let shown = texts.prefix(5).map { "\(code: $0)" }.joined(separator: ", ")
    return texts.count > 5 ? "\(shown) and \(texts.count - 5) more" : shown
  }
}
