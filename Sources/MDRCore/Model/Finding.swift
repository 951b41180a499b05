/// One business operation to judge: what happened, why it is different, and what evidence closes it.
package struct Finding: Equatable, Sendable {
  /// Stable for the same operation: a digest of what defines it.
  package var findingID: String
  package var title: String
  package var severity: Severity
  package var position: Position
  package var normality: Normality
  /// The smallest set of dimensions in which the operation departs from its nearest lane.
  package var newDimensions: [Dimension]
  /// The critical outcomes, the most severe first.
  package var overrides: [OverrideMatch]
  /// Ids of the detections that matched.
  package var detections: [String]
  /// Techniques by ATT&CK v19, by id.
  package var attack: [AttackTechnique]
  /// The account that the calls were made in.
  package var accountID: String
  package var actor: String
  /// The account of the principal; differs from `accountID` across accounts.
  package var actorAccountID: String
  package var archetype: Archetype
  /// The person behind the calls, where the log names one.
  package var person: String?
  package var source: String
  package var sourceKind: SourceKind
  /// Addresses, or services, as logged.
  package var sourceIPs: [String]
  package var region: String
  /// Sorted, without repeats.
  package var eventNames: [String]
  package var eventSources: [String]
  package var outcomes: [Outcome: Int]
  /// Events of which no call took effect: each was denied or failed.
  package var refusedEventNames: [String] = []
  /// Calls; `eventIDs` and `records` name the first thousand at most.
  package var count: Int
  /// The first call's time; unknown where no call has one.
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  package var eventIDs: [String]
  package var records: [RecordReference]
  package var resources: [String]
  /// What requests and responses name, such as `user`, `role_arn` or `kms_key`.
  package var targets: [String: [String]]
  package var userAgentFamilies: [String]
  package var businessFamily: BusinessFamily
  package var businessRisk: BusinessRisk
  /// The tuples judged, each with its count in the baseline.
  package var tuples: [BaselineTuple]
  /// Sentences that answer "why is this different?".
  package var whyDifferent: [String]
  /// Sentences on what could go wrong even if all of it is sanctioned.
  package var residualRisk: [String]
  /// What has to be answered before it closes, in the words of the reviewed tables.
  package var evidenceRequired: [String]
  /// What to look at or ask, in order.
  package var verification: [String]
  /// What people would do, in the order snapshot, isolate, revoke, rotate, rebuild; nothing of it is executed.
  package var remediation: [String]
  package var alertingImplication: String
  /// Gaps of the logs and of the baseline that touch it.
  package var caveats: [String]
  /// The name that the inventory has for the account.
  package var accountName: String?
  /// What the account is for, by the inventory.
  package var accountPurpose: String?
  /// Regions as logged, where the lane's region is another word, such as `global`.
  package var loggedRegions: [String] = []
  /// Changes, counted by how they relate to the account's change windows; empty where it has none.
  package var plannedTimes: [PlannedTime: Int] = [:]
  /// The regions of the calls, as the lanes name them, where there is more than the leading one.
  package var regions: [String] = []
  /// The events that weigh most, the gravest first; a few.
  package var gravestEvents: [String] = []
  /// Ids of the access keys that signed the calls.
  package var signingKeys: [String] = []
  /// Ids of the long-lived access keys that the calls made.
  package var newAccessKeys: [String] = []
  /// User agents as their callers wrote them.
  package var userAgents: [String] = []
  /// The detections that matched, with what they say; empty where another tool left them out.
  package var matchedDetections: [MatchedDetection] = []
  /// Names of the sessions behind the calls.
  package var sessions: [String] = []
  /// The sweep that it is part of.
  package var sweep: Sweep?
  /// Calls by date.
  package var days: [String: Int] = [:]
  /// Prior observations that agree on each subset of the leading tuple, by names such as `actor×event`.
  package var subsetCounts: [String: Int] = [:]
  /// What the verdict would be if the new dimensions were as in the nearest lane.
  package var counterfactual: Counterfactual?
  /// What is required, typed, with what the logs answer.
  package var evidence: [EvidenceItem] = []
  /// What else has to be seen before anyone speaks of a compromise.
  package var corroboration: [String] = []
  package var related: [RelatedFinding] = []
  /// What led to the operation and what followed from it, in order of time.
  package var timeline: [TimelineStep] = []
}

/// The same work by one principal in several accounts, or in several regions of one, one after the other.
package struct Sweep: Hashable, Sendable {
  /// Sorted; that of the finding among them.
  package var accounts: [String]
  /// Sorted; empty where it went over accounts.
  package var regions: [String] = []
  /// When it began in the first of them; unknown where another tool left it out.
  package var firstSeen: Timestamp
}

/// Where an operation stands against the baseline.
package enum Normality: String, Sendable, CaseIterable {
  /// The very tuple recurs.
  case established
  /// Some dimensions are new, the rest known.
  case variant
  /// Nothing near it was ever seen.
  case firstSeen = "first_seen"
  /// The baseline is too thin there, has gaps, or there is none.
  case undetermined
}

/// A dimension in which an operation can depart from a lane.
package enum Dimension: String, Sendable, CaseIterable, Comparable {
  case account
  case actor
  case event
  case source
  case region
  case resource
  case target
  case cadence
  case person

  package static func < (one: Dimension, other: Dimension) -> Bool {
    (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: other) ?? 0)
  }
}

/// A detection that matched, as a reader needs it: its id alone says little.
package struct MatchedDetection: Hashable, Sendable {
  package var id: String
  package var title: String
  package var severity: Severity
}

extension Finding {
  /// The events, the gravest first: in the order of the alphabet the one that matters may be the one left out.
  package var rankedEventNames: [String] {
    gravestEvents + eventNames.filter { !gravestEvents.contains($0) }
  }

  /// All regions of the calls, the leading one first.
  package var allRegions: [String] { [region] + regions.filter { $0 != region } }
}

/// A technique of MITRE ATT&CK that an operation may be part of.
package struct AttackTechnique: Hashable, Sendable {
  package var id: String
  package var name: String
  package var tactic: String
  package var confidence: String

  package init(id: String, name: String, tactic: String, confidence: String) {
    self.id = id
    self.name = name
    self.tactic = tactic
    self.confidence = confidence
  }
}

/// One row of the post's Business Baseline Tuple table.
package struct BaselineTuple: Equatable, Sendable {
  package var account: String
  package var actor: String
  package var event: String
  package var source: String
  package var region: String
  /// Observations in the very tuple before the cut-off.
  package var priorObservations: Int
  package var position: String

  package init(
    account: String, actor: String, event: String, source: String, region: String, priorObservations: Int,
    position: String
  ) {
    self.account = account
    self.actor = actor
    self.event = event
    self.source = source
    self.region = region
    self.priorObservations = priorObservations
    self.position = position
  }
}
