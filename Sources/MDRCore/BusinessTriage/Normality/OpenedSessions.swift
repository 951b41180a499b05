/// Who opened the sessions of roles, from where, and whether they do so again and again.
///
/// A hosted runner comes from ever other networks, and so does all that it does. Where the usual caller opened the session
/// from that very address, as it opens all of them, the network says nothing of what is done in it. Credentials that
/// were carried elsewhere were opened at another address.
struct OpenedSessions: Sendable {
  /// A role's session lasts at most twelve hours.
  private static let longest = 12 * 3_600

  private struct Place: Hashable {
    var session: String
    var address: String
  }

  private var openings: [Place: [ReviewEvents.Assumption]] = [:]
  private let takenRoles: TakenRoles

  init(_ assumptions: [ReviewEvents.Assumption], _ baseline: Baseline?) {
    takenRoles = TakenRoles(baseline)
    for opening in assumptions where !opening.address.isEmpty {
      openings[Place(session: opening.session, address: opening.address), default: []].append(opening)
    }
  }

  /// The assessment, compared without the network that the opening of its session explains.
  func explained(_ assessment: Assessment, _ judge: Judge) -> Assessment {
    guard let opening = opening(of: assessment.observation) else { return assessment }
    return judge.compared(assessment, knowing: opening) ?? assessment
  }

  /// What the opening says, in a sentence.
  static func sentence(for assessment: Assessment) -> String? {
    guard let opening = assessment.opening else { return nil }
    return
      "\(code: assessment.observation.source) is no departure here: at \(opening.time.iso8601) \(code: opening.call.actor) opened the session from the same address, as it opens this role's sessions again and again."
  }

  /// How a session was opened, where each opening that may be its own was usual.
  private func opening(of observation: Observation) -> ReviewEvents.Assumption? {
    guard observation.eventTime.isKnown, let session = observation.identity.sessionName,
      let parts = observation.identity.arn?.split(separator: "/"), parts.count == 3,
      parts[0].hasSuffix(":assumed-role")
    else { return nil }
    let time = observation.eventTime
    let found = (openings[Place(session: session, address: observation.origin.sourceIP)] ?? []).filter {
      $0.time.isKnown && $0.time <= time && $0.time >= time.adding(-Self.longest)
        && $0.role.contains(":\(observation.actorAccountID):") && $0.role.hasSuffix("/" + parts[1])
    }
    let areUsual = found.allSatisfy {
      $0.isUsual && takenRoles.has($0.role, by: $0.call.actor, in: $0.call.account)
    }
    return areUsual ? found.max { ($0.time, $0.eventID) < ($1.time, $1.eventID) } : nil
  }
}

/// What roles did from networks that are new to them, until it is known how their sessions were opened.
struct MovedSessions: Sendable {
  /// Beyond this many none waits: which ones did would hang on the order of the records.
  private let limit: Int
  private(set) var held: [(assessment: Assessment, operation: Operation.Key)] = []
  private var isFull = false

  init(limit: Int = 20_000) { self.limit = limit }

  /// Holds what an opening may explain; says whether it did.
  mutating func hold(_ assessment: Assessment, of operation: Operation.Key) -> Bool {
    guard !isFull, Self.mayBeExplained(assessment) else { return false }
    isFull = held.count == limit
    if !isFull { held.append((assessment, operation)) }
    return !isFull
  }

  /// What can wait no more, once there are too many; given once.
  mutating func given() -> [(assessment: Assessment, operation: Operation.Key)] {
    guard isFull else { return [] }
    defer { held = [] }
    return held
  }

  private static func mayBeExplained(_ assessment: Assessment) -> Bool {
    let observation = assessment.observation
    return observation.identity.type == .assumedRole && observation.identity.sessionName != nil
      && observation.origin.kind.isUnmanaged && observation.outcome == .success
      && assessment.newDimensions.contains(.source)
      && [.variant, .firstSeen].contains(assessment.normality)
  }
}

extension Judge {
  /// An assessment made anew, where its network is known by the opening of its session; `nil` where that changes
  /// nothing.
  ///
  /// Only where the role is known here: a role's very first work, or the same work by another program, is new all the
  /// same.
  func compared(_ assessment: Assessment, knowing opening: ReviewEvents.Assumption) -> Assessment? {
    guard var comparison = assessment.comparison else { return nil }
    comparison.newDimensions.removeAll { $0 == .source }
    guard !comparison.newDimensions.isEmpty,
      comparison.newDimensions.allSatisfy({ [.event, .region].contains($0) })
    else { return nil }
    comparison.normality = .variant
    var assessment = assessment
    (assessment.risk, assessment.outcomeSeverity, assessment.decision) = decide(
      assessment.observation, comparison, assessment.detections)
    guard assessment.decision.isListed else { return nil }
    assessment.comparison = comparison
    assessment.opening = opening
    return assessment
  }
}
