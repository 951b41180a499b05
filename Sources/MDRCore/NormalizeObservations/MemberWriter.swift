/// Writes members of an observation in the order of their keys, leaving out what is empty.
///
/// Members that say one thing of an event, such as who its actor is, have a method of their own: a line is put together
/// from them whether it is written at once or from pieces.
struct MemberWriter: ~Copyable {
  private var output: JSONOutput
  /// No member stands before the next in its object.
  private var isFirst = false

  init() { output = JSONOutput() }

  /// A writer that goes on where an output ends, and holds it until it has finished.
  init(continuing other: inout JSONOutput) {
    output = JSONOutput()
    swap(&output, &other)
  }

  /// What was written.
  consuming func finish() -> JSONOutput { output }

  /// The bytes that were written.
  var bytes: [UInt8] { output.bytes }

  /// Bytes written so far.
  var count: Int { output.count }

  /// Empties the writer and keeps its room.
  mutating func removeAll(isFirst: Bool = false) {
    output.removeAll()
    self.isFirst = isFirst
  }

  mutating func open() {
    output.append(raw: "{")
    isFirst = true
  }

  mutating func close() { output.append(raw: "}") }

  private mutating func key(_ key: StaticString) {
    output.append(raw: isFirst ? "\"" : ",\"")
    isFirst = false
    output.append(raw: key)
    output.append(raw: "\":")
  }

  mutating func add(_ name: StaticString, _ text: String?) {
    guard let text else { return }
    key(name)
    output.append(text)
  }

  mutating func add(_ name: StaticString, _ flag: Bool) {
    key(name)
    output.append(raw: flag ? "true" : "false")
  }

  mutating func add(_ name: StaticString, _ texts: [String]) {
    key(name)
    output.append(raw: "[")
    elements(texts)
    output.append(raw: "]")
  }

  mutating func add(_ name: StaticString, _ value: JSONValue) {
    key(name)
    output.append(value)
  }

  mutating func add(_ name: StaticString, raw text: String) {
    guard !text.isEmpty else { return }
    key(name)
    var text = text
    text.withUTF8 { output.append(raw: $0) }
  }

  /// Writes the elements of a list without its brackets.
  mutating func elements(_ texts: [String]) {
    for (index, text) in texts.enumerated() {
      if index > 0 { output.append(raw: ",") }
      output.append(text)
    }
  }
}

/// Members that depend on the same things and stand side by side.
extension MemberWriter {
  /// The first members of a line.
  mutating func addActor(_ identity: ActorIdentity, account: String, actorAccount: String) {
    add("access_key_id", identity.accessKeyID)
    add("account_id", account)
    add("actor", identity.actor)
    add("actor_account_id", actorAccount)
    add("actor_arn", identity.arn)
    add("actor_type", identity.type.rawValue)
  }

  mutating func addArchetype(of identity: ActorIdentity) {
    add("archetype", identity.archetype.rawValue)
    add("archetype_reason", identity.archetypeReason)
  }

  mutating func addInvoker(of identity: ActorIdentity) {
    add("invoked_by", identity.invokedBy)
    if let isMFA = identity.isMFA { add("mfa", isMFA) }
  }

  mutating func addSession(of identity: ActorIdentity) {
    add("session_class", identity.sessionClass)
    add("session_name", identity.sessionName)
    add("session_start", identity.sessionStart)
  }

  mutating func addNature(_ family: BusinessFamily, _ risk: BusinessRisk) {
    add("business_family", family.rawValue)
    add("business_risk", risk.rawValue)
  }

  mutating func addCriticals(_ overrides: [OverrideMatch]) {
    if !overrides.isEmpty { add("override_reasons", .array(overrides.map(\.json))) }
    add("overrides", overrides.classNames)
  }

  mutating func addError(_ code: String?) { add("error_code", JSONValue(code)) }

  mutating func addEvent(_ name: String, eventSource: String) {
    add("event_name", name)
    add("event_source", eventSource)
  }

  mutating func addAccess(_ rawEventName: String, isReadOnly: Bool) {
    add("raw_event_name", rawEventName)
    add("read_only", isReadOnly)
  }

  mutating func addSource(_ origin: EventOrigin) {
    add("source", origin.source)
    add("source_ip", origin.sourceIP)
    add("source_kind", origin.kind.rawValue)
  }

  mutating func addAgent(_ origin: EventOrigin) {
    add("user_agent", origin.userAgent)
    add("user_agent_family", origin.userAgentFamily)
    add("vpc_endpoint_id", origin.vpcEndpointID)
  }
}
