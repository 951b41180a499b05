extension Observation {
  /// The observation for people, as the posts give one: a heading, and a row for each field.
  func blocks(level: Int = 3) -> [Block] { [.heading(level, "Observation"), .fields(rows)] }

  private var rows: [(name: Inline, value: Inline)] {
    var rows: [(name: Inline, value: Inline)] = [
      ("Account", .code(accountID)),
      ("Region", region == awsRegion ? .code(region) : "\(code: region) (logged in \(code: awsRegion))"),
      ("Event", .code(eventName)),
      ("Actor", .code(actor)),
      ("Actor type", .code(identity.type.rawValue)),
      ("Source", place),
      ("User agent", agent),
      ("Business risk", .code(businessRisk.rawValue)),
      ("Pattern family", .code(businessFamily.rawValue)),
      ("Service", .code(eventSource)),
      ("Time", eventTime.isKnown ? "\(eventTime)" : "no time"),
      ("Outcome", errorCode.map { "\(outcome.rawValue): \(code: $0)" } ?? "\(outcome.rawValue)"),
      ("Archetype", "\(code: identity.archetype.rawValue): \(identity.archetypeReason)"),
    ]
    if let person = identity.person { rows.append(("Person", .code(person))) }
    if actorAccountID != accountID { rows.append(("Actor's account", .code(actorAccountID))) }
    if !resources.isEmpty { rows.append(("Resources", .codes(resources))) }
    for kind in targets.keys.sorted() {
      rows.append(("Target \(code: kind)", .codes(targets[kind] ?? [])))
    }
    rows.append(
      ("Critical override", overrides.isEmpty ? "none" : overrides.map(Self.override).joined(separator: " ")))
    if !generalisations.isEmpty { rows.append(("Generalised", .codes(generalisations))) }
    rows.append(("Event id", .code(eventID)))
    rows.append(("Raw record", "record \(record.index) of \(code: record.file)"))
    if !record.sha256.isEmpty { rows.append(("SHA-256 of the record", .code(record.sha256))) }
    return rows
  }

  /// The address or service as logged, and the place that lanes have for it.
  private var place: Inline {
    let name: Inline = "\(code: origin.source), \(origin.kind.title)"
    return origin.sourceIP.isEmpty ? name : "\(code: origin.sourceIP) (\(name))"
  }

  private var agent: Inline {
    guard !origin.userAgent.isEmpty else { return "none" }
    return origin.userAgent == origin.userAgentFamily
      ? .code(origin.userAgentFamily) : "\(code: origin.userAgentFamily) (\(code: origin.userAgent))"
  }

  private static func override(_ match: OverrideMatch) -> Inline {
    "\(code: match.overrideClass.rawValue): \(match.reason)"
  }
}
