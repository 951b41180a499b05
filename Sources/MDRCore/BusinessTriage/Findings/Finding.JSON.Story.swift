extension Finding {
  /// The members about proof, evidence and relations.
  var storyMembers: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "session_names": JSONValue(sessions), "days": .object(days.mapValues { .number($0) }),
      "subset_counts": .object(subsetCounts.mapValues { .number($0) }),
      "evidence": .array(evidence.map { $0.json(for: findingID) }),
      "corroboration_needed": JSONValue(corroboration),
      "related": .array(
        related.map(\.json)),
      "timeline": .array(timeline.map(\.json)),
    ]
    if let accountPurpose { members["account_purpose"] = .string(accountPurpose) }
    if let sweep {
      members["sweep_accounts"] = JSONValue(sweep.accounts)
      members["sweep_first_seen"] = sweep.firstSeen.json
      if !sweep.regions.isEmpty { members["sweep_regions"] = JSONValue(sweep.regions) }
    }
    if !refusedEventNames.isEmpty { members["refused_event_names"] = JSONValue(refusedEventNames) }
    if !regions.isEmpty { members["regions"] = JSONValue(regions) }
    members["gravest_events"] = JSONValue(gravestEvents)
    members["signing_key_ids"] = JSONValue(signingKeys)
    if !newAccessKeys.isEmpty { members["new_access_key_ids"] = JSONValue(newAccessKeys) }
    members["user_agents"] = JSONValue(userAgents)
    members["matched_detections"] = .array(matchedDetections.map(\.json))
    if !loggedRegions.isEmpty { members["logged_regions"] = JSONValue(loggedRegions) }
    if !plannedTimes.isEmpty {
      members["change_windows"] = .array(
        PlannedTimes(plannedTimes, isCritical: false).ordered.map { $0.time.json(calls: $0.calls) })
    }
    if let counterfactual { members["counterfactual"] = counterfactual.json }
    return members
  }

  /// Reads the same members; another tool may leave them all out.
  mutating func readStory(_ fields: JSONFields) throws(JSONFields.Fault) {
    sessions = try fields.texts("session_names")
    days = fields.value["days"]?.members.compactMapValues(\.int) ?? [:]
    subsetCounts = fields.value["subset_counts"]?.members.compactMapValues(\.int) ?? [:]
    evidence = try fields.objects("evidence").map { item throws(JSONFields.Fault) in try EvidenceItem(item) }
    corroboration = try fields.texts("corroboration_needed")
    related = try fields.objects("related").map { item throws(JSONFields.Fault) in
      RelatedFinding(
        findingID: try item.text("finding_id"), why: try item.text("why"),
        severity: try item.optionalChoice(Severity.self, "severity"),
        eventNames: try item.texts("event_names"))
    }
    timeline = try fields.objects("timeline").map { item throws(JSONFields.Fault) in try TimelineStep(item) }
    accountPurpose = try fields.optionalText("account_purpose")
    let swept = try fields.texts("sweep_accounts")
    if !swept.isEmpty {
      sweep = Sweep(
        accounts: swept, regions: try fields.texts("sweep_regions"),
        firstSeen: try fields.eventTime("sweep_first_seen"))
    }
    refusedEventNames = try fields.texts("refused_event_names")
    loggedRegions = try fields.texts("logged_regions")
    regions = try fields.texts("regions")
    gravestEvents = try fields.texts("gravest_events").filter(eventNames.contains)
    signingKeys = try fields.texts("signing_key_ids")
    newAccessKeys = try fields.texts("new_access_key_ids")
    userAgents = try fields.texts("user_agents")
    matchedDetections = try fields.objects("matched_detections").map { item throws(JSONFields.Fault) in
      MatchedDetection(
        id: try item.text("id"), title: try item.text("title"),
        severity: try item.choice(Severity.self, "severity"))
    }
    for item in try fields.objects("change_windows") {
      plannedTimes[try PlannedTime(item), default: 0] += try item.number("calls")
    }
    if let value = fields.value["counterfactual"], value != .null {
      counterfactual = try Counterfactual(JSONFields(value))
    }
  }
}

extension MatchedDetection {
  fileprivate var json: JSONValue {
    ["id": .string(id), "title": .string(title), "severity": .string(severity.rawValue)]
  }
}

extension RelatedFinding {
  fileprivate var json: JSONValue {
    var value: JSONValue = [
      "finding_id": .string(findingID), "why": .string(why), "event_names": JSONValue(eventNames),
    ]
    if let severity { value["severity"] = .string(severity.rawValue) }
    return value
  }
}

extension TimelineStep {
  fileprivate var json: JSONValue {
    var value: JSONValue = [
      "time": time.json, "account_id": .string(account), "principal": .string(principal),
      "source": .string(source), "event_name": .string(event), "count": .number(count),
      "refused": .number(refused), "event_id": .string(eventID),
    ]
    if let findingID { value["finding_id"] = .string(findingID) }
    return value
  }

  fileprivate init(_ fields: JSONFields) throws(JSONFields.Fault) {
    self.init(
      time: try fields.eventTime("time"), account: try fields.text("account_id"),
      principal: try fields.text("principal"), source: try fields.text("source"),
      event: try fields.text("event_name"), count: try fields.number("count"),
      refused: fields.value["refused"]?.int ?? 0, eventID: try fields.text("event_id"),
      findingID: try fields.optionalText("finding_id"))
  }
}

extension Counterfactual {
  fileprivate var json: JSONValue {
    [
      "restored": .object(
        Dictionary(
          restored.map { ($0.key.rawValue, .string($0.value)) }, uniquingKeysWith: { first, _ in first })),
      "without_outcomes": JSONValue(withoutOutcomes.map(\.rawValue)), "without_gap": .bool(withoutGap),
      "normality": .string(normality.rawValue), "position": .string(position.rawValue),
      "severity": .string(severity.rawValue), "sentence": .string(sentence),
    ]
  }

  fileprivate init(_ fields: JSONFields) throws(JSONFields.Fault) {
    var restored: [Dimension: String] = [:]
    for (word, value) in fields.value["restored"]?.members ?? [:] {
      guard let dimension = Dimension(rawValue: word), let text = value.string else {
        throw JSONFields.Fault(key: "restored", expected: "a text for each dimension")
      }
      restored[dimension] = text
    }
    self.init(
      restored: restored, withoutOutcomes: try fields.choices(OverrideClass.self, "without_outcomes"),
      withoutGap: fields.value["without_gap"]?.bool ?? false,
      normality: try fields.choice(Normality.self, "normality"),
      position: try fields.choice(Position.self, "position"),
      severity: try fields.choice(Severity.self, "severity"))
  }
}
