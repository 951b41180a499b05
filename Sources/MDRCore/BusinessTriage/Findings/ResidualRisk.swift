/// The reviewed sentences about what stays dangerous in an operation, whether or not it is normal here.
struct ResidualRiskTable: Sendable {
  private var sentences: [String: [String: String]] = [:]
  private var reversibility: [(events: EventPatterns, sentence: String)] = []

  init() {
    for row in Content.table("business-triage/references/residual-risk.tsv") {
      guard let kind = row["kind"], let key = row["key"], let sentence = row["sentence"] else { continue }
      if kind == "reversibility" {
        reversibility.append((EventPatterns(key), sentence))
      } else {
        sentences[kind, default: [:]][key] = sentence
      }
    }
  }

  /// The sentences that an operation calls for: risk, credential, reach, reversibility, then design.
  func sentences(for operation: Operation) -> [String] {
    let lead = operation.lead
    let observation = lead.observation
    let isRead = lead.risk <= .sensitiveRead
    let isRefused = operation.calls.isRefused(observation.eventName)
    var found: [String?] = []
    if lead.risk > .routineRead {
      let risk = sentences["risk"]?[
        observation.opensSession ? "session" : observation.businessRisk.rawValue]
      found.append(
        isRefused ? risk.map { "Had it taken effect: \($0.prefix(1).lowercased())\($0.dropFirst())" } : risk)
    }
    found += credentials(lead).map { sentences["credential"]?[$0] }
    let refused = (operation.calls.outcomes[.denied] ?? 0) + (operation.calls.outcomes[.failed] ?? 0)
    if refused == operation.calls.count {
      found.append("Every call was refused or failed: what was tried did not take effect.")
    } else if !isRead {
      if isRefused {
        found.append(
          "Every call of \(code: observation.eventName) was refused or failed: what it tried did not take effect."
        )
      }
      let classes = Set(operation.overrides.values.filter { !$0.isAttempt }.map(\.overrideClass))
      found += OverrideClass.allCases.filter(classes.contains).map { sentences["reach"]?[$0.rawValue] }
      if !isRefused {
        found.append(
          reversibility.first { $0.events.fit(observation.eventSource, observation.eventName) }?.sentence)
      }
    }
    found += design(operation).map {
      sentences["design"]?[$0]?.replacing(
        "{archetype}", with: observation.identity.archetype.title.lowercased())
    }
    return found.compactMap(\.self)
  }

  /// What a change that is no critical outcome bears all the same: why it is asked about where it is new.
  func bearing(of operation: Operation) -> String? {
    guard operation.overrides.isEmpty, operation.lead.risk == .sensitiveChange,
      operation.lead.normality != .established
    else { return nil }
    return sentences["bearing"]?[operation.lead.observation.businessRisk.rawValue]
  }

  private func credentials(_ lead: Assessment) -> [String] {
    let observation = lead.observation
    let identity = observation.identity
    var keys: [String] = []
    if identity.type == .root { keys.append("root") }
    if identity.usesStaticKey { keys.append("static_key") }
    if observation.origin.kind.isUnmanaged {
      if identity.archetype.isHuman || identity.archetype == .unknown {
        keys.append("unmanaged_network")
      } else if lead.newDimensions.contains(.source) {
        keys.append("moved_credential")
      }
    }
    if observation.origin.kind == .claimedService { keys.append("claimed_service") }
    if observation.actorAccountID != observation.accountID, !observation.actorAccountID.isEmpty,
      identity.type != .awsService
    {
      keys.append("other_account")
    }
    return keys
  }

  private func design(_ operation: Operation) -> [String] {
    let lead = operation.lead
    let archetype = lead.observation.identity.archetype
    var keys: [String] = []
    if operation.calls.events.keys.contains("CreateAccessKey"),
      archetype == .bastion || archetype == .buildServer
    {
      keys.append("keys_by_host")
    }
    if archetype.isHuman, !lead.observation.isReadOnly, lead.risk >= .sensitiveChange {
      keys.append("by_hand")
    }
    let destroys = operation.overrides.values.contains { $0.overrideClass == .destructive }
    if destroys, lead.normality == .established { keys.append("destructive_lane") }
    return keys
  }
}

/// A list such as `iam:Create*|kms:*` of services and event names.
struct EventPatterns: Sendable {
  private let patterns: [(service: NamePattern, name: NamePattern)]

  init(_ text: String) {
    patterns = text.split(separator: "|").compactMap { pattern in
      let parts = pattern.split(separator: ":", maxSplits: 1)
      return parts.count == 2 ? (NamePattern(String(parts[0])), NamePattern(String(parts[1]))) : nil
    }
  }

  /// Whether an event, by its source such as `iam.amazonaws.com` and its name, is among them.
  func fit(_ eventSource: String, _ eventName: String) -> Bool {
    let service =
      eventSource.hasSuffix(".amazonaws.com") ? String(eventSource.dropLast(14)) : eventSource
    return patterns.contains { $0.service.matches(service) && $0.name.matches(eventName) }
  }
}
