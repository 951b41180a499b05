/// Says in sentences, with the baseline's numbers, why an operation differs or does not.
struct Difference {
  let assessment: Assessment

  private var observation: Observation { assessment.observation }

  /// The sentences, the plainest first.
  var sentences: [String] {
    guard let comparison = assessment.comparison else {
      return ["No baseline was given: whether this is normal here is unknown."] + overrideSentences
    }
    var sentences: [String] = []
    switch comparison.normality {
    case .established: sentences += established(comparison)
    case .variant, .firstSeen: sentences += departures(comparison)
    case .undetermined: sentences += undetermined(comparison) + departures(comparison)
    }
    return sentences + overrideSentences + [subsets(comparison)]
  }

  /// The posts' words for a lane, such as "First-seen credential lane".
  static func position(_ assessment: Assessment) -> String {
    guard let comparison = assessment.comparison else { return "No baseline" }
    let lane = laneWord(assessment.observation)
    switch comparison.normality {
    case .established: return "Expected \(lane) lane"
    case .variant:
      let new = comparison.newDimensions.map(\.rawValue).joined(separator: ", ")
      return new.isEmpty
        ? "Known \(lane) lane, new outcome"
        : "\(lane.prefix(1).uppercased())\(lane.dropFirst()) lane with new \(new)"
    case .firstSeen: return "First-seen \(lane) lane"
    case .undetermined: return "Undetermined \(lane) lane"
    }
  }

  private static func laneWord(_ observation: Observation) -> String {
    switch observation.businessFamily {
    case .deployment: "deployment"
    case .humanAccess: "sign-in"
    case .identityAndPrivilege: observation.eventName.contains("AccessKey") ? "credential" : "privilege"
    case .identityAndSession: "session"
    case .networkAndPerimeter: "perimeter"
    case .securityVisibility: "security-visibility"
    case .database: "database"
    case .storageDataKMS: "storage and key"
    case .encryptionAndKMS: "encryption"
    case .dataLakeETL: "data-platform"
    case .systemsManagement: "systems-management"
    case .loggingAndObservability: "logging"
    case .governanceAndMonitoring: "governance"
    case .computeAndNetwork: "compute"
    case .operationsMaintenance: "operations"
    case .applicationService: "application"
    case .other: "control-plane"
    }
  }

  private func established(_ comparison: Comparison) -> [String] {
    guard let lane = comparison.exact else { return [] }
    var sentences = [
      "This exact account/actor/event/source/region tuple was seen \(times(lane.count)) on "
        + "\(lane.days.count) day\(lane.days.count == 1 ? "" : "s") of the baseline, from \(lane.firstSeen.date) to \(lane.lastSeen.date)."
    ]
    if let cadence = lane.cadence {
      sentences.append(
        "The lane keeps a beat: \(cadence.title)"
          + (comparison.isOnBeat.map { $0 ? "; this run was due." : "; this run was not due then." } ?? "."))
    }
    if lane.peerAccounts > 0 {
      sentences.append(
        "It is young here, and stands on \(lane.peerAccounts) other accounts in which this actor does the same."
      )
    }
    if lane.hangsOnOneDay {
      sentences.append("It is established by no more than what is asked for: any one day less would undo it.")
    }
    if let approval = comparison.approval {
      sentences.append(
        "Approved by \(approval.owner), ticket \(approval.ticket), until \(approval.expires.date): it stays visible."
      )
    }
    return sentences
  }

  private func undetermined(_ comparison: Comparison) -> [String] {
    guard let account = comparison.account else {
      return ["The baseline's window is too short to call anything new."]
    }
    return [
      "The baseline knows account \(account.id) since \(account.firstSeen.date) only, on \(account.daysObserved) days: too thin to tell."
    ]
  }

  private func departures(_ comparison: Comparison) -> [String] {
    let counts = comparison.counts
    let actorAndEvent = counts["actor×event"] ?? 0
    let dimensions = comparison.newDimensions
    if dimensions.isEmpty {
      let days = comparison.exact?.days.count ?? 0
      return comparison.exact == nil
        ? []
        : [
          "The tuple was seen before, \(times(comparison.priorObservations)) on \(days) days, but this outcome does not recur in it."
        ]
    }
    var sentences: [String] = []
    for dimension in dimensions {
      switch dimension {
      case .account:
        sentences.append(
          comparison.accountsWithActorAndEvent > 0
            ? "New account: this actor makes this call in \(comparison.accountsWithActorAndEvent) other account\(comparison.accountsWithActorAndEvent == 1 ? "" : "s"), \(times(actorAndEvent)), never in this one; the baseline has not approved this path."
            : "New account: the baseline has no such lane in it.")
      case .source:
        sentences.append(
          actorAndEvent > 0
            ? "New source for a known actor: actor and event were seen \(times(actorAndEvent)), never from \(observation.source)."
            : "New source: \(observation.source) was \(seen(counts["source"] ?? 0)) in the baseline, never in this lane."
        )
      case .event:
        let known = counts["account×event"] ?? 0
        sentences.append(
          "New actor/event pair: this actor was seen \(times(counts["account×actor"] ?? 0)) in this account, never with \(observation.eventName), which others did here \(times(known))."
        )
      case .actor:
        let known = counts["account×event"] ?? 0
        sentences.append(
          "New actor for this event: \(observation.eventName) was seen \(times(known)) in this account, by other actors\(nearestActor(comparison))."
        )
      case .region:
        sentences.append(
          "New region: this actor makes this call \(times(actorAndEvent)), never in \(observation.region), where \(times(counts["account×region"] ?? 0)) of anything was seen in this account."
        )
      case .resource:
        sentences.append(
          "New resource: this tuple was seen \(times(comparison.priorObservations)), never on \(observation.resources.sorted().joined(separator: ", "))."
        )
      case .cadence:
        sentences.append("Off its beat: what made this tuple usual is its regularity, and no run was due.")
      case .target, .person: sentences.append("New \(dimension.rawValue).")
      }
    }
    if comparison.priorObservations > 0 {
      sentences.append(
        "The exact tuple was seen \(times(comparison.priorObservations)), too seldom or too recently to be a lane."
      )
    } else {
      sentences.append("New account/actor/event/source/region tuple.")
    }
    return sentences
  }

  private func nearestActor(_ comparison: Comparison) -> String {
    guard let nearest = comparison.nearest else { return "" }
    return " such as \(nearest.key.actor) (\(nearest.archetype.title))"
  }

  private var overrideSentences: [String] {
    observation.overrides.map { "Override class \($0.overrideClass.rawValue): \($0.reason)" }
  }

  private func subsets(_ comparison: Comparison) -> String {
    let names = ["actor×event", "account×actor", "account×event", "source", "region"]
    return "Prior observations: "
      + names.map { "\($0) \(comparison.counts[$0] ?? 0)" }.joined(separator: ", ")
      + ", exact tuple \(comparison.priorObservations)."
  }

  private func seen(_ count: Int) -> String { count == 0 ? "never seen" : "seen \(times(count))" }

  private func times(_ count: Int) -> String { count == 0 ? "never" : count == 1 ? "once" : "\(count) times" }
}
