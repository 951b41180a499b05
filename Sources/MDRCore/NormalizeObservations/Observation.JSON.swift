extension Observation {
  /// The observation as an object of `observations.jsonl`.
  package func append(to output: inout JSONOutput) {
    var members = MemberWriter(continuing: &output)
    members.open()
    members.addActor(identity, account: accountID, actorAccount: actorAccountID)
    members.add("additional", raw: details.additional)
    members.addArchetype(of: identity)
    members.add("aws_region", awsRegion)
    members.addNature(businessFamily, businessRisk)
    if details.isTruncated { members.add("details_truncated", true) }
    members.addError(errorCode)
    members.add("event_id", eventID)
    members.addEvent(eventName, eventSource: eventSource)
    members.add("event_time", eventTime.known?.iso8601)
    members.add("event_type", eventType)
    members.add("generalisations", generalisations)
    members.addInvoker(of: identity)
    members.add("outcome", outcome.rawValue)
    members.addCriticals(overrides)
    members.add("person", identity.person)
    members.addAccess(rawEventName, isReadOnly: isReadOnly)
    members.add("record", record.json)
    members.add("region", region)
    members.add("request", raw: details.request)
    members.add("resources", resources)
    members.add("response", raw: details.response)
    members.addSession(of: identity)
    members.add("shared_event_id", sharedEventID)
    members.addSource(origin)
    if !targets.isEmpty { members.add("targets", .object(targets.mapValues { JSONValue($0) })) }
    members.addAgent(origin)
    members.close()
    output = members.finish()
  }

  /// The same as a value.
  var json: JSONValue {
    var output = JSONOutput()
    append(to: &output)
    return (try? JSONValue(parsing: output.finished())) ?? .null
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
