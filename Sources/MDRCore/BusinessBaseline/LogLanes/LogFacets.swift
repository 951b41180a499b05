/// What a raw identity amounts to, whatever its session.
struct ActorFacet {
  var actor: UInt32
  /// The principal's account, where the identity names one.
  var account: UInt32?
  var person: UInt32?
  var identity: ActorIdentity
}

/// An identity as logged, session and all.
struct SessionFacet {
  /// The number of its actor; `nil` where that hangs on the event's service.
  var actor: Int?
  /// What the identity says besides the session.
  var principal: KeyedDigest
  /// When the session began, as logged.
  var start: String?
  /// The session's digest, where the identity names its account.
  var digest: UInt64?
}

/// What a call amounts to, whoever made it.
struct CallFacet {
  /// Whether a call by one kind of actor can be a critical outcome.
  enum OverrideDependence {
    case notAsked
    case never
    case on(OverrideNeeds)
  }

  var event: UInt32
  var region: UInt32
  var awsRegion: UInt32
  var eventSource: String
  /// The service's number where the table of targets has members of its own for it, else 0.
  var targetService: Int
  var eventName: String
  var rawEventName: String
  var outcome: Outcome
  var isReadOnly: Bool
  /// No call after all: left to the general reader, which names it.
  var isSetAside: Bool
  /// What its overrides depend on, by kind of actor.
  var overrideDependence = [OverrideDependence](repeating: .notAsked, count: ActorType.allCases.count)
}

/// Where a call came from, once its owner is known.
struct SourceFacet {
  var source: UInt32
  var kind: SourceKind
}

/// An address as logged.
enum AddressFacet {
  /// What it stands for, whoever calls.
  case settled(SourceFacet)
  /// A service's name or no address, which the identity has to confirm.
  case ofIdentity
}

/// What a value below a named member shows of a habit.
struct ValueFacet {
  var resource: UInt32?
  var target: UInt32?
}

/// The habits that one event's documents show: templates of resources and targets.
struct HabitFacet {
  var resources: [UInt32]
  var targets: [UInt32]
}

/// The critical outcomes that an event is, and what the gravest puts at risk.
struct OverrideFacet {
  var classes: [OverrideClass]
  var risk: BusinessRisk?
}

/// Observations that add the same to the same lane.
struct LaneGroup: Sendable {
  var key: PackedKey
  var contribution: LaneContribution
  var awsRegion: UInt32
  /// False where they have no time or one after the cut-off: they are accounted for, and no lane takes them.
  var counts: Bool
  var times = LaneTimes()
}
