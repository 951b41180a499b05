/// Stretches of an observation's line that many lines share, kept together by what they depend on.
///
/// A piece starts with the comma before its first member, but for the line's first and for notes, which are elements of
/// a list. A piece without members is empty.
enum LinePieces {
  /// Pieces that follow the identity and the account that the event belongs to.
  enum Identity: Int, CaseIterable {
    case actor, archetype, invoker, person, session, notes
  }

  /// Pieces that follow service, name, region, type, error and access of the event.
  enum Call: Int, CaseIterable {
    case awsRegion, error, event, type, outcome, access, region, notes
  }

  /// Pieces that follow address, endpoint and user agent, and what kind of actor used them.
  enum Origin: Int, CaseIterable {
    case source, agent, notes
  }

  /// Pieces that follow the call and the kind of actor, and for some calls more of the event.
  enum Nature: Int, CaseIterable {
    case business, criticals
  }
}

/// Writes the pieces of one entry of a `FragmentStore`, one after the other.
struct PieceWriter: ~Copyable {
  private var members = MemberWriter()
  private(set) var ends: [Int] = []

  /// The bytes of all pieces.
  var bytes: [UInt8] { members.bytes }

  private mutating func end() { ends.append(members.count) }

  private mutating func begin(isFirst: Bool = false) {
    members.removeAll(isFirst: isFirst)
    ends.removeAll(keepingCapacity: true)
  }

  /// Writes `LinePieces.Identity`.
  mutating func write(_ identity: ActorIdentity, account: String, actorAccount: String, notes: [String]) {
    begin(isFirst: true)
    members.addActor(identity, account: account, actorAccount: actorAccount)
    end()
    members.addArchetype(of: identity)
    end()
    members.addInvoker(of: identity)
    end()
    members.add("person", identity.person)
    end()
    members.addSession(of: identity)
    end()
    members.elements(notes)
    end()
  }

  /// Writes `LinePieces.Call`.
  mutating func write(_ call: EventCall) {
    begin()
    members.add("aws_region", call.awsRegion)
    end()
    members.addError(call.errorCode)
    end()
    members.addEvent(call.eventName, eventSource: call.eventSource)
    end()
    members.add("event_type", call.eventType)
    end()
    members.add("outcome", call.outcome.rawValue)
    end()
    members.addAccess(call.rawEventName, isReadOnly: call.isReadOnly)
    end()
    members.add("region", call.region)
    end()
    members.elements(call.notes)
    end()
  }

  /// Writes `LinePieces.Origin`.
  mutating func write(_ origin: EventOrigin, notes: [String]) {
    begin()
    members.addSource(origin)
    end()
    members.addAgent(origin)
    end()
    members.elements(notes)
    end()
  }

  /// Writes `LinePieces.Nature`.
  mutating func write(_ family: BusinessFamily, _ risk: BusinessRisk, _ criticals: [OverrideMatch]) {
    begin()
    members.addNature(family, risk)
    end()
    members.addCriticals(criticals)
    end()
  }
}
