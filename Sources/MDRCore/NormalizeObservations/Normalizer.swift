/// Turns records into observations; one for each thread, since it remembers what it has seen.
package final class Normalizer {
  private let rules: NormalizationRules
  private let actors = SliceCache<ActorResolver.Resolution>()
  private let actorMemo = ActorResolver.Memo()
  private let strings = SliceCache<String>()
  private let scrubber = SecretScrubber()
  private let targetMemo = TargetTable.Memo()
  private let agents = SliceCache<String>()
  private var outcomes: [String: Outcome] = [:]
  private var classifications: [Classification: (BusinessFamily, BusinessRisk)] = [:]

  private struct Classification: Hashable {
    var eventSource: String
    var eventName: String
    var isReadOnly: Bool
    var archetype: Archetype
  }
  private var output = JSONOutput()

  /// Whether the events' own documents are kept; lanes do without.
  private let keepsDetails: Bool

  package init(rules: NormalizationRules, keepsDetails: Bool = true) {
    self.rules = rules
    self.keepsDetails = keepsDetails
  }

  /// What an event's documents may take in an observation, in bytes.
  static let detailLimit = 64 << 10
  /// What they may take in a record, which an export may have spread over lines.
  private static let writtenDetailLimit = 4 * detailLimit

  /// Makes the observation of a record.
  ///
  /// `sha256` is the digest of the record as delivered, empty where nobody asks for it.
  package func observation(
    _ tape: JSONTape, _ root: JSONTape.Index, file: String, index: Int, sha256: String,
    recordNotes: [String] = []
  ) -> Observation {
    let fields = RecordFields(tape, root)
    let errorCode = string(tape, fields.errorCode)
    let call = call(tape, fields, errorCode: errorCode)
    let eventSource = call.eventSource
    let actor = resolveActor(tape, fields, eventSource: eventSource)
    let (origin, sourceNotes) = SourceResolver.resolve(
      sourceIP: string(tape, fields.sourceIPAddress) ?? "", vpcEndpointID: string(tape, fields.vpcEndpointId),
      identity: actor.identity, userAgent: SecretScrubber.scrubbed(string(tape, fields.userAgent) ?? ""),
      userAgentFamily: userAgentFamily(tape, fields.userAgent))
    let account =
      string(tape, fields.recipientAccountId) ?? actor.accountID ?? string(tape, fields.account) ?? "unknown"
    var notes = recordNotes + actor.generalisations + sourceNotes + call.notes
    let read = fields.time(tape)
    let time = read?.time.known
    if let note = time == nil ? "event_time: none in the record" : read?.note { notes.append(note) }
    let (family, risk) = classification(
      .init(
        eventSource: eventSource, eventName: call.eventName, isReadOnly: call.isReadOnly,
        archetype: actor.identity.archetype))
    let found = targets(tape, fields, eventSource: eventSource)
    let details =
      keepsDetails
      ? details(tape, fields, eventSource: eventSource, eventName: call.eventName)
      : EventDetails()

    var observation = Observation(
      eventID: tape.text(fields.eventID) ?? contentID(tape, root),
      eventTime: time ?? .unknown,
      accountID: account, actorAccountID: actor.accountID ?? account, region: call.region,
      awsRegion: call.awsRegion,
      eventSource: eventSource, eventName: call.eventName, rawEventName: call.rawEventName,
      eventType: call.eventType, outcome: call.outcome, errorCode: errorCode,
      isReadOnly: call.isReadOnly, identity: actor.identity, origin: origin,
      resources: found.resources.sorted(),
      targets: found.targets, businessFamily: family, businessRisk: risk, overrides: [],
      generalisations: notes,
      details: details, sharedEventID: tape.text(fields.sharedEventID),
      record: RecordReference(file: file, index: index, sha256: sha256))
    judgeOverrides(&observation, tape, fields)
    return observation
  }

  private func call(_ tape: JSONTape, _ fields: RecordFields, errorCode: String?) -> EventCall {
    EventCall(
      .init(
        eventSource: string(tape, fields.eventSource) ?? "", eventName: string(tape, fields.eventName) ?? "",
        eventType: string(tape, fields.eventType) ?? "", awsRegion: string(tape, fields.awsRegion) ?? "",
        errorCode: errorCode, isReadOnly: tape.flag(fields.readOnly)),
      outcome: outcome(
        errorCode, hasMessage: fields.errorMessage != nil,
        signIn: fields.responseElements.flatMap { EventCall.signIn(tape, $0) }), naming: rules.events
    ) {
      fields.additionalEventData.flatMap { EventNaming.isGlobalEndpoint(tape, additional: $0) }
        ?? fields.tlsDetails.map { EventNaming.isGlobalEndpoint(tape, connection: $0) } ?? false
    }
  }

  /// Marks critical outcomes; the gravest also says what the business risks.
  private func judgeOverrides(_ observation: inout Observation, _ tape: JSONTape, _ fields: RecordFields) {
    var facts = EventFacts(observation)
    if observation.details.isTruncated || !keepsDetails {
      let (eventSource, eventName) = (observation.eventSource, observation.eventName)
      // What is not kept is still here to be judged, and as if it were: without what has to stay out.
      func document(_ node: JSONTape.Index?) -> LazyDocument {
        guard let node, tape.kind(node) != .null else { return .none }
        return LazyDocument { [scrubber] in
          var output = JSONOutput()
          scrubber.append(tape, node, eventSource: eventSource, eventName: eventName, to: &output)
          return (try? JSONTape.parsed(output.text)).map { TapeNode($0, 0) }
        }
      }
      facts.request = document(fields.requestParameters)
      facts.response = document(fields.responseElements)
      facts.additional = document(fields.additionalEventData ?? fields.serviceEventDetails)
      facts.isTruncated = false
    }
    observation.overrides = rules.overrides.matches(facts)
    let gravest = observation.overrides.max { $0.severity < $1.severity }
    if let risk = gravest.flatMap({ rules.overrides.entry($0.id) })?.risk { observation.businessRisk = risk }
  }

  private func string(_ tape: JSONTape, _ node: JSONTape.Index?) -> String? {
    guard let node, tape.kind(node) == .string else { return tape.scalarText(node) }
    let slice = tape.slice(node)
    guard !slice.isEmpty, slice.count < 1_024 else { return tape.text(node) }
    return strings.value(for: slice) { tape.text(node) ?? "" }
  }

  private func userAgentFamily(_ tape: JSONTape, _ node: JSONTape.Index?) -> String {
    guard let node, tape.kind(node) == .string else { return UserAgentFamily.name(of: "") }
    return agents.value(for: tape.slice(node)) { UserAgentFamily.name(of: tape.text(node) ?? "") }
  }

  /// The family and risk of an event by this kind of actor.
  func classification(
    eventSource: String, eventName: String, isReadOnly: Bool, archetype: Archetype
  ) -> (BusinessFamily, BusinessRisk) {
    classification(
      .init(eventSource: eventSource, eventName: eventName, isReadOnly: isReadOnly, archetype: archetype))
  }

  private func classification(_ key: Classification) -> (BusinessFamily, BusinessRisk) {
    if let known = classifications[key] { return known }
    let found = rules.families.classification(
      eventSource: key.eventSource, eventName: key.eventName, isReadOnly: key.isReadOnly,
      archetype: key.archetype)
    // Names are the log's to choose, so the memo is bounded.
    if classifications.count > 1 << 14 { classifications.removeAll() }
    classifications[key] = found
    return found
  }

  /// Members of the response in which sign-in events say how they ended.
  static let signInMembers = ["ConsoleLogin", "CheckMfa", "PasswordUpdated", "SwitchRole"]

  private func outcome(_ errorCode: String?, hasMessage: Bool, signIn: String?) -> Outcome {
    guard signIn == nil, let errorCode else {
      return Outcome(errorCode: errorCode, hasMessage: hasMessage, signIn: signIn)
    }
    if let known = outcomes[errorCode] { return known }
    if outcomes.count > 1 << 12 { outcomes.removeAll() }
    let outcome = Outcome(errorCode: errorCode, hasMessage: hasMessage, signIn: nil)
    outcomes[errorCode] = outcome
    return outcome
  }

  /// An id for a record without one: the same however an export has spaced or ordered its members.
  private func contentID(_ tape: JSONTape, _ root: JSONTape.Index) -> String {
    let digest = tape.value(root).compactBytes.withUnsafeBytes { SHA256Digest.hex($0) }
    return "content:" + digest.prefix(32)
  }

  private func resolveActor(
    _ tape: JSONTape, _ fields: RecordFields, eventSource: String
  ) -> ActorResolver.Resolution {
    // Without an identity only events that say so are a service's; a call of nobody's stays unknown.
    let isService = string(tape, fields.eventType)?.hasPrefix("AwsService") ?? false
    guard let identity = fields.userIdentity, tape.kind(identity) == .object else {
      return rules.actors.resolve(.init(), eventSource: isService ? eventSource : "", memo: actorMemo)
    }
    let resolve = {
      let principal = ActorResolver.Principal(tape, identity)
      let source = principal.type == nil && !isService ? "" : eventSource
      return self.rules.actors.resolve(principal, eventSource: source, memo: self.actorMemo)
    }
    // An identity without a name takes it from the event's service, so only named ones are remembered.
    guard tape.member(identity, "arn") != nil else { return resolve() }
    return actors.value(for: tape.slice(identity), else: resolve)
  }

  private func targets(_ tape: JSONTape, _ fields: RecordFields, eventSource: String) -> TargetTable.Found {
    var found = TargetTable.Found()
    for document in [fields.requestParameters, fields.responseElements, fields.serviceEventDetails] {
      guard let document, tape.kind(document).rawValue >= JSONTape.Kind.array.rawValue else { continue }
      rules.targets.collect(tape, document, eventSource: eventSource, memo: targetMemo, into: &found)
    }
    if let resources = fields.resources {
      tape.forEachChild(resources) { resource in
        let arn = tape.text(tape.member(resource, "ARN")) ?? tape.text(tape.member(resource, "resourceName"))
        if let arn { found.resources.insert(TargetTable.resource(arn)) }
      }
    }
    return found
  }

  private func details(
    _ tape: JSONTape, _ fields: RecordFields, eventSource: String, eventName: String
  ) -> EventDetails {
    var details = EventDetails()
    func text(_ node: JSONTape.Index?) -> String {
      guard let node, tape.kind(node) != .null else { return "" }
      let size = tape.slice(node).count
      output.removeAll()
      if size <= Self.writtenDetailLimit {
        scrubber.append(tape, node, eventSource: eventSource, eventName: eventName, to: &output)
      }
      guard size <= Self.detailLimit || (1...Self.detailLimit).contains(output.count) else {
        details.isTruncated = true
        return ""
      }
      return output.text
    }
    details.request = text(fields.requestParameters)
    details.response = text(fields.responseElements)
    details.additional = text(fields.additionalEventData ?? fields.serviceEventDetails)
    return details
  }
}

/// The reviewed tables that normalisation follows.
package struct NormalizationRules: Sendable {
  /// Loads the tables; `archetypes` may hold a customer's own rows.
  package init(archetypes: ArchetypeRules = ArchetypeRules()) throws {
    overrides = try OverrideTable.load()
    actors = ActorResolver(archetypes: archetypes)
  }

  let actors: ActorResolver
  let events = EventNaming()
  let families = FamilyTable()
  let targets = TargetTable()
  let overrides: OverrideTable
}
