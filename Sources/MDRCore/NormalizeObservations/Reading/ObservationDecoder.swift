/// Reads observations from the lines of `observations.jsonl`, for one thread.
///
/// Lines repeat most of what they say: equal texts are made once and shared.
final class ObservationDecoder {
  /// The members of a line by their keys, in the order that lines have them.
  enum Member: Int, CaseIterable {
    case accessKeyID, accountID, actor, actorAccountID, actorARN, actorType, additional, archetype
    case archetypeReason, awsRegion, businessFamily, businessRisk, detailsTruncated, errorCode, eventID
    case eventName, eventSource, eventTime, eventType, generalisations, invokedBy, mfa, outcome
    case overrideReasons, overrides, person, rawEventName, readOnly, record, region, request, resources
    case response, sessionClass, sessionName, sessionStart, sharedEventID, source, sourceIP, sourceKind
    case targets, userAgent, userAgentFamily, vpcEndpointID

    var key: StaticString {
      switch self {
      case .accessKeyID: "access_key_id"
      case .accountID: "account_id"
      case .actor: "actor"
      case .actorAccountID: "actor_account_id"
      case .actorARN: "actor_arn"
      case .actorType: "actor_type"
      case .additional: "additional"
      case .archetype: "archetype"
      case .archetypeReason: "archetype_reason"
      case .awsRegion: "aws_region"
      case .businessFamily: "business_family"
      case .businessRisk: "business_risk"
      case .detailsTruncated: "details_truncated"
      case .errorCode: "error_code"
      case .eventID: "event_id"
      case .eventName: "event_name"
      case .eventSource: "event_source"
      case .eventTime: "event_time"
      case .eventType: "event_type"
      case .generalisations: "generalisations"
      case .invokedBy: "invoked_by"
      case .mfa: "mfa"
      case .outcome: "outcome"
      case .overrideReasons: "override_reasons"
      case .overrides: "overrides"
      case .person: "person"
      case .rawEventName: "raw_event_name"
      case .readOnly: "read_only"
      case .record: "record"
      case .region: "region"
      case .request: "request"
      case .resources: "resources"
      case .response: "response"
      case .sessionClass: "session_class"
      case .sessionName: "session_name"
      case .sessionStart: "session_start"
      case .sharedEventID: "shared_event_id"
      case .source: "source"
      case .sourceIP: "source_ip"
      case .sourceKind: "source_kind"
      case .targets: "targets"
      case .userAgent: "user_agent"
      case .userAgentFamily: "user_agent_family"
      case .vpcEndpointID: "vpc_endpoint_id"
      }
    }
  }

  private let keys = Member.allCases.map(\.key)
  private var nodes = [JSONTape.Index?](repeating: nil, count: Member.allCases.count)

  private let texts = SliceCache<String>()
  private let actorTypes = SliceCache<ActorType?>(limit: 256)
  private let archetypes = SliceCache<Archetype?>(limit: 256)
  private let families = SliceCache<BusinessFamily?>(limit: 256)
  private let outcomes = SliceCache<Outcome?>(limit: 256)
  private let risks = SliceCache<BusinessRisk?>(limit: 256)
  private let sourceKinds = SliceCache<SourceKind?>(limit: 256)

  /// Reads an object of `observations.jsonl`; `nil` where a member that every observation has is missing.
  func observation(_ tape: JSONTape, _ root: JSONTape.Index) -> Observation? {
    find(tape, root)
    return observation(tape)
  }

  /// Reads the object whose members were found last.
  func observation(_ tape: JSONTape) -> Observation? {
    guard let eventID = tape.text(nodes[Member.eventID.rawValue]), let time = time(tape),
      let account = text(.accountID, tape), let actor = text(.actor, tape),
      let eventName = text(.eventName, tape), let outcome = value(.outcome, outcomes, tape),
      let record = record(tape), let overrides = overrides(tape)
    else { return nil }
    return Observation(
      eventID: eventID, eventTime: time, accountID: account,
      actorAccountID: text(.actorAccountID, tape) ?? account, region: text(.region, tape) ?? "",
      awsRegion: text(.awsRegion, tape) ?? "", eventSource: text(.eventSource, tape) ?? "",
      eventName: eventName, rawEventName: text(.rawEventName, tape) ?? eventName,
      eventType: text(.eventType, tape) ?? "", outcome: outcome, errorCode: text(.errorCode, tape),
      isReadOnly: tape.flag(node(.readOnly)) ?? false, identity: identity(actor, tape), origin: origin(tape),
      resources: tape.strings(node(.resources)), targets: targets(tape),
      businessFamily: value(.businessFamily, families, tape) ?? .other,
      businessRisk: value(.businessRisk, risks, tape) ?? .operationalChange,
      overrides: overrides, generalisations: generalisations(tape),
      details: EventDetails(
        request: document(.request, tape), response: document(.response, tape),
        additional: document(.additional, tape),
        isTruncated: tape.flag(node(.detailsTruncated)) ?? false),
      sharedEventID: tape.text(node(.sharedEventID)), record: record)
  }

  /// Notes where each member stands; of repeated keys the last counts, as for other readers.
  func find(_ tape: JSONTape, _ root: JSONTape.Index) {
    for place in nodes.indices { nodes[place] = nil }
    var next = 0
    tape.forEachChild(root) { child in
      // The next key that is there is seldom far behind the last.
      for step in 0..<keys.count {
        let place = next + step < keys.count ? next + step : next + step - keys.count
        guard tape.isKey(child, keys[place]) else { continue }
        nodes[place] = child
        next = place + 1 < keys.count ? place + 1 : 0
        return
      }
    }
  }

  /// Where a member of the object stands that was found last.
  @inline(__always)
  func node(_ member: Member) -> JSONTape.Index? { nodes[member.rawValue] }

  /// The event's time, which a line may lack; `nil` where something else stands in its place.
  private func time(_ tape: JSONTape) -> Timestamp? {
    guard let node = node(.eventTime), tape.kind(node) != .null else { return .unknown }
    guard tape.kind(node) == .string else { return nil }
    return tape.hasEscapes(node)
      ? tape.text(node).flatMap(Timestamp.init(parsing:)) : Timestamp(utf8: tape.slice(node))
  }

  private func identity(_ actor: String, _ tape: JSONTape) -> ActorIdentity {
    ActorIdentity(
      actor: actor, type: value(.actorType, actorTypes, tape) ?? .unknown,
      archetype: value(.archetype, archetypes, tape) ?? .unknown,
      archetypeReason: text(.archetypeReason, tape) ?? "", arn: text(.actorARN, tape),
      person: text(.person, tape), sessionName: text(.sessionName, tape),
      sessionClass: text(.sessionClass, tape), sessionStart: text(.sessionStart, tape),
      accessKeyID: text(.accessKeyID, tape), isMFA: tape.flag(node(.mfa)), invokedBy: text(.invokedBy, tape))
  }

  private func origin(_ tape: JSONTape) -> EventOrigin {
    EventOrigin(
      source: text(.source, tape) ?? "unknown", kind: value(.sourceKind, sourceKinds, tape) ?? .unknown,
      sourceIP: text(.sourceIP, tape) ?? "", vpcEndpointID: text(.vpcEndpointID, tape),
      userAgent: text(.userAgent, tape) ?? "", userAgentFamily: text(.userAgentFamily, tape) ?? "")
  }

  private func record(_ tape: JSONTape) -> RecordReference? {
    guard let record = node(.record), let file = shared(tape.member(record, "file"), tape) else { return nil }
    return RecordReference(
      file: file, index: tape.member(record, "index").flatMap { tape.value($0).int } ?? 0,
      sha256: tape.text(tape.member(record, "sha256")) ?? "")
  }

  /// Why the event is critical; `nil` where that is said and can't be read, since the event would pass for a harmless one.
  private func overrides(_ tape: JSONTape) -> [OverrideMatch]? {
    guard let node = node(.overrideReasons), tape.kind(node) != .null else {
      return lacksReasons(tape) ? nil : []
    }
    guard tape.kind(node) == .array else { return nil }
    let reasons = tape.value(node).elements
    let matches = reasons.compactMap(OverrideMatch.init(json:))
    return matches.count == reasons.count ? matches : nil
  }

  /// Whether the object whose members were found last is said to be critical, and nothing says why.
  func lacksReasons(_ tape: JSONTape) -> Bool {
    guard let classes = node(.overrides), tape.kind(classes) != .null else { return false }
    if tape.kind(classes) == .array, tape.after(classes) == tape.firstChild(classes) { return false }
    return node(.overrideReasons).map { tape.kind($0) == .null } ?? true
  }

  private func targets(_ tape: JSONTape) -> [String: [String]] {
    guard let node = node(.targets), tape.kind(node) == .object else { return [:] }
    var targets: [String: [String]] = [:]
    tape.forEachChild(node) { targets[tape.key($0)] = tape.value($0).strings }
    return targets
  }

  private func generalisations(_ tape: JSONTape) -> [String] {
    guard let node = node(.generalisations) else { return [] }
    var steps: [String] = []
    tape.forEachChild(node) { child in if let step = shared(child, tape) { steps.append(step) } }
    return steps
  }

  /// A document as JSON text; one that is a string needs its quotes to be JSON again.
  private func document(_ member: Member, _ tape: JSONTape) -> String {
    guard let node = node(member) else { return "" }
    let text = String(decoding: tape.slice(node), as: UTF8.self)
    return tape.kind(node) == .string ? "\"\(text)\"" : text
  }

  private func text(_ member: Member, _ tape: JSONTape) -> String? { shared(node(member), tape) }

  /// The text of a string; what needs memory of its own is looked for among the texts made before.
  private func shared(_ node: JSONTape.Index?, _ tape: JSONTape) -> String? {
    guard let node, tape.kind(node) == .string, !tape.hasEscapes(node), tape.slice(node).count > 15 else {
      return tape.text(node)
    }
    let slice = tape.slice(node)
    return texts.value(for: slice) { String(decoding: slice, as: UTF8.self) }
  }

  private func value<Value: RawRepresentable<String>>(
    _ member: Member, _ known: SliceCache<Value?>, _ tape: JSONTape
  ) -> Value? {
    guard let node = node(member), tape.kind(node) == .string else { return nil }
    return known.value(for: tape.slice(node)) { tape.text(node).flatMap(Value.init(rawValue:)) }
  }
}
