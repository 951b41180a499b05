extension Observation {
  /// The observation as an object of `observations.jsonl`.
  package func append(to output: inout JSONOutput) {
    var members = JSONMembers(output: output)
    members.add("access_key_id", identity.accessKeyID)
    members.add("account_id", accountID)
    members.add("actor", identity.actor)
    members.add("actor_account_id", actorAccountID)
    members.add("actor_arn", identity.arn)
    members.add("actor_type", identity.type.rawValue)
    members.add("additional", raw: details.additional)
    members.add("archetype", identity.archetype.rawValue)
    members.add("archetype_reason", identity.archetypeReason)
    members.add("aws_region", awsRegion)
    members.add("business_family", businessFamily.rawValue)
    members.add("business_risk", businessRisk.rawValue)
    if details.isTruncated { members.add("details_truncated", .bool(true)) }
    members.add("error_code", JSONValue(errorCode))
    members.add("event_id", eventID)
    members.add("event_name", eventName)
    members.add("event_source", eventSource)
    members.add("event_time", eventTime.iso8601)
    members.add("event_type", eventType)
    members.add("generalisations", JSONValue(generalisations))
    members.add("invoked_by", identity.invokedBy)
    if let isMFA = identity.isMFA { members.add("mfa", .bool(isMFA)) }
    members.add("outcome", outcome.rawValue)
    if !overrides.isEmpty { members.add("override_reasons", .array(overrides.map(\.json))) }
    members.add("overrides", JSONValue(overrides.classNames))
    members.add("person", identity.person)
    members.add("raw_event_name", rawEventName)
    members.add("read_only", .bool(isReadOnly))
    members.add("record", record.json)
    members.add("region", region)
    members.add("request", raw: details.request)
    members.add("resources", JSONValue(resources))
    members.add("response", raw: details.response)
    members.add("session_class", identity.sessionClass)
    members.add("session_name", identity.sessionName)
    members.add("session_start", identity.sessionStart)
    members.add("shared_event_id", sharedEventID)
    members.add("source", origin.source)
    members.add("source_ip", origin.sourceIP)
    members.add("source_kind", origin.kind.rawValue)
    if !targets.isEmpty { members.add("targets", .object(targets.mapValues { JSONValue($0) })) }
    members.add("user_agent", origin.userAgent)
    members.add("user_agent_family", origin.userAgentFamily)
    members.add("vpc_endpoint_id", origin.vpcEndpointID)
    members.end()
    output = members.output
  }

  /// Reads a line of `observations.jsonl`; `nil` where it is no JSON or no observation.
  package init?(line: [UInt8]) {
    let tape = JSONTape()
    let padded = line + [UInt8](repeating: 0, count: 8)
    let observation = padded.withUnsafeBufferPointer { buffer -> Observation? in
      guard let base = buffer.baseAddress,
        tape.parse(base, from: 0, count: line.count) == .value(end: line.count)
      else { return nil }
      return ObservationDecoder().observation(tape, 0)
    }
    guard let observation else { return nil }
    self = observation
  }
}

extension JSONTape {
  func strings(_ node: Index?) -> [String] {
    guard let node else { return [] }
    var strings: [String] = []
    forEachChild(node) { child in if let text = text(child) { strings.append(text) } }
    return strings
  }
}

extension [OverrideMatch] {
  /// The classes, each once, in their fixed order.
  package var classNames: [String] {
    OverrideClass.allCases.filter { overrideClass in contains { $0.overrideClass == overrideClass } }.map(
      \.rawValue)
  }
}

extension OverrideMatch {
  /// The match as an object.
  package var json: JSONValue {
    [
      "class": .string(overrideClass.rawValue), "id": .string(id), "severity": .string(severity.rawValue),
      "reason": .string(reason),
    ]
  }

  /// Reads a match.
  package init?(json: JSONValue) {
    guard let overrideClass = json["class"]?.string.flatMap(OverrideClass.init(rawValue:)),
      let id = json["id"]?.string,
      let severity = json["severity"]?.string.flatMap(Severity.init(rawValue:))
    else { return nil }
    self.init(overrideClass, id: id, severity: severity, reason: json["reason"]?.string ?? "")
  }
}

extension RecordReference {
  /// The reference as an object.
  package var json: JSONValue { ["file": .string(file), "index": .number(index), "sha256": .string(sha256)] }
}

/// Writes the members of one object, leaving out what is empty.
private struct JSONMembers {
  var output: JSONOutput
  private var isFirst = true

  init(output: JSONOutput) {
    self.output = output
    self.output.append(raw: "{")
  }

  private mutating func key(_ key: StaticString) {
    if !isFirst { output.append(raw: ",") }
    isFirst = false
    output.append(raw: "\"")
    output.append(raw: key)
    output.append(raw: "\":")
  }

  mutating func add(_ name: StaticString, _ text: String?) {
    guard let text else { return }
    key(name)
    output.append(text)
  }

  mutating func add(_ name: StaticString, _ value: JSONValue) {
    key(name)
    output.append(value)
  }

  mutating func add(_ name: StaticString, raw text: String) {
    guard !text.isEmpty else { return }
    key(name)
    output.append(raw: Array(text.utf8))
  }

  mutating func end() { output.append(raw: "}") }
}
