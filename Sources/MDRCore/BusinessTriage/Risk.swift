/// How much residual risk an operation carries, whatever the baseline says; from the least to the most.
package enum Risk: String, Sendable, CaseIterable, Comparable {
  case routineRead = "routine_read"
  case sensitiveRead = "sensitive_read"
  case operationalChange = "operational_change"
  case sensitiveChange = "sensitive_change"
  case overrideMedium = "override_medium"
  case override

  package static func < (one: Risk, other: Risk) -> Bool {
    one.rank < other.rank
  }

  /// The place in the order, from the least on.
  var rank: Int {
    switch self {
    case .routineRead: 0
    case .sensitiveRead: 1
    case .operationalChange: 2
    case .sensitiveChange: 3
    case .overrideMedium: 4
    case .override: 5
    }
  }

  /// Judges an observation: its overrides first, by the gravest severity, then what kind of call it is.
  init(_ observation: Observation, outcomeSeverity severity: Severity?) {
    // A critical outcome never counts as routine, however slight: otherwise its lane could become low risk.
    if let severity {
      self = severity >= .high ? .override : .overrideMedium
      return
    }
    // A session is opened, not read: CloudTrail calls AssumeRole read-only because it changes no resource.
    let opensSession = observation.opensSession
    let runsStatement =
      observation.businessFamily == .dataLakeETL && observation.eventName.hasPrefix("Execute")
    if observation.isReadOnly && !opensSession && !runsStatement {
      let isSensitive = [.networkVisibility, .credentialOrPrivilege].contains(observation.businessRisk)
      self = isSensitive && observation.outcome == .success ? .sensitiveRead : .routineRead
      return
    }
    guard observation.outcome == .success else {
      self = .operationalChange
      return
    }
    switch observation.businessRisk {
    case .operationalChange, .observability, .networkVisibility, .dataAccessStorage: self = .operationalChange
    default:
      self = opensSession || observation.eventName == "ConsoleLogin" ? .operationalChange : .sensitiveChange
    }
  }
}

extension Observation {
  /// Whether a role's session was opened by the call, or tried to be.
  var opensSession: Bool { eventSource == "sts.amazonaws.com" && eventName.hasPrefix("AssumeRole") }
}
