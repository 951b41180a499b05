extension Finding {
  /// The finding as a line of `findings.jsonl` holds it.
  package var json: JSONValue {
    var value: JSONValue = [
      "finding_id": .string(findingID), "title": .string(title), "severity": .string(severity.rawValue),
      "position": .string(position.rawValue), "normality": .string(normality.rawValue),
      "new_dimensions": JSONValue(newDimensions.map(\.rawValue)),
      "overrides": JSONValue(overrideClasses.map(\.rawValue)),
      "override_reasons": .array(overrides.map(\.json)), "detections": JSONValue(detections),
      "attack": .array(attack.map(\.json)), "account_id": .string(accountID), "actor": .string(actor),
      "actor_account_id": .string(actorAccountID), "archetype": .string(archetype.rawValue),
      "source": .string(source), "source_kind": .string(sourceKind.rawValue),
      "source_ips": JSONValue(sourceIPs),
      "region": .string(region), "event_names": JSONValue(eventNames),
      "event_sources": JSONValue(eventSources),
      "outcomes": .object(
        Dictionary(uniqueKeysWithValues: outcomes.map { ($0.key.rawValue, JSONValue.number($0.value)) })),
      "count": .number(count), "first_seen": firstSeen.json, "last_seen": lastSeen.json,
      "event_ids": JSONValue(eventIDs), "records": .array(records.map(\.json)),
      "resources": JSONValue(resources),
      "targets": .object(targets.mapValues { JSONValue($0) }),
      "user_agent_families": JSONValue(userAgentFamilies),
      "business_family": .string(businessFamily.rawValue), "business_risk": .string(businessRisk.rawValue),
      "tuples": .array(tuples.map(\.json)), "why_different": JSONValue(whyDifferent),
      "residual_risk": JSONValue(residualRisk), "evidence_required": JSONValue(evidenceRequired),
      "verification": JSONValue(verification), "remediation": JSONValue(remediation),
      "alerting_implication": .string(alertingImplication), "caveats": JSONValue(caveats),
    ]
    for (key, member) in storyMembers { value[key] = member }
    if let person { value["person"] = .string(person) }
    if let accountName { value["account_name"] = .string(accountName) }
    return value
  }

  /// The classes of the overrides, each once, in the order of the taxonomy.
  package var overrideClasses: [OverrideClass] {
    let found = Set(overrides.map(\.overrideClass))
    return OverrideClass.allCases.filter(found.contains)
  }

  /// Reads a line of `findings.jsonl`; members that another tool leaves out are empty.
  package init(json value: JSONValue) throws(JSONFields.Fault) {
    let fields = try JSONFields(value)
    findingID = try fields.text("finding_id")
    title = try fields.text("title")
    severity = try fields.choice(Severity.self, "severity")
    position = try fields.choice(Position.self, "position")
    normality = try fields.choice(Normality.self, "normality")
    newDimensions = try fields.choices(Dimension.self, "new_dimensions")
    overrides = try Self.overrides(of: fields)
    detections = try fields.texts("detections")
    attack = try fields.objects("attack").map { item throws(JSONFields.Fault) in try AttackTechnique(item) }
    accountID = try fields.text("account_id")
    actor = try fields.text("actor")
    actorAccountID = try fields.optionalText("actor_account_id") ?? accountID
    archetype = try fields.optionalChoice(Archetype.self, "archetype") ?? .unknown
    person = try fields.optionalText("person")
    source = try fields.text("source")
    sourceKind = try fields.optionalChoice(SourceKind.self, "source_kind") ?? .unknown
    sourceIPs = try fields.texts("source_ips")
    region = try fields.text("region")
    eventNames = try fields.texts("event_names")
    eventSources = try fields.texts("event_sources")
    count = try fields.number("count")
    firstSeen = try fields.eventTime("first_seen")
    lastSeen = try fields.eventTime("last_seen")
    eventIDs = try fields.texts("event_ids")
    records = try fields.objects("records").map { item throws(JSONFields.Fault) in try RecordReference(item) }
    resources = try fields.texts("resources")
    targets = value["targets"]?.members.mapValues(\.strings) ?? [:]
    userAgentFamilies = try fields.texts("user_agent_families")
    businessFamily = try fields.optionalChoice(BusinessFamily.self, "business_family") ?? .other
    businessRisk = try fields.optionalChoice(BusinessRisk.self, "business_risk") ?? .operationalChange
    tuples = try fields.objects("tuples").map { item throws(JSONFields.Fault) in try BaselineTuple(item) }
    whyDifferent = try fields.texts("why_different")
    residualRisk = try fields.texts("residual_risk")
    evidenceRequired = try fields.texts("evidence_required")
    verification = try fields.texts("verification")
    remediation = try fields.texts("remediation")
    alertingImplication = try fields.optionalText("alerting_implication") ?? ""
    caveats = try fields.texts("caveats")
    accountName = try fields.optionalText("account_name")
    outcomes = [:]
    try readStory(fields)
    for (word, number) in value["outcomes"]?.members ?? [:] {
      guard let outcome = Outcome(rawValue: word), let count = number.int else {
        throw JSONFields.Fault(key: "outcomes", expected: "counts of success, denied and failed")
      }
      outcomes[outcome] = count
    }
  }

  /// Classes without a reason, as another tool may write them, become overrides without one.
  private static func overrides(of fields: JSONFields) throws(JSONFields.Fault) -> [OverrideMatch] {
    var matches = try fields.objects("override_reasons").map { item throws(JSONFields.Fault) in
      OverrideMatch(
        try item.choice(OverrideClass.self, "class"), id: try item.text("id"),
        severity: try item.choice(Severity.self, "severity"), reason: try item.text("reason"))
    }
    for named in try fields.choices(OverrideClass.self, "overrides")
    where !matches.contains(where: { $0.overrideClass == named }) {
      matches.append(OverrideMatch(named, id: "", severity: .high, reason: ""))
    }
    return matches
  }
}

extension AttackTechnique {
  fileprivate var json: JSONValue {
    ["id": .string(id), "name": .string(name), "tactic": .string(tactic), "confidence": .string(confidence)]
  }

  fileprivate init(_ fields: JSONFields) throws(JSONFields.Fault) {
    self.init(
      id: try fields.text("id"), name: try fields.text("name"), tactic: try fields.text("tactic"),
      confidence: try fields.text("confidence"))
  }
}

extension RecordReference {
  fileprivate init(_ fields: JSONFields) throws(JSONFields.Fault) {
    self.init(
      file: try fields.text("file"), index: try fields.number("index"), sha256: try fields.text("sha256"))
  }
}

extension BaselineTuple {
  fileprivate var json: JSONValue {
    [
      "account": .string(account), "actor": .string(actor), "event": .string(event),
      "source": .string(source),
      "region": .string(region), "prior_observations": .number(priorObservations),
      "position": .string(position),
    ]
  }

  fileprivate init(_ fields: JSONFields) throws(JSONFields.Fault) {
    self.init(
      account: try fields.text("account"), actor: try fields.text("actor"), event: try fields.text("event"),
      source: try fields.text("source"), region: try fields.text("region"),
      priorObservations: try fields.number("prior_observations"), position: try fields.text("position"))
  }
}
