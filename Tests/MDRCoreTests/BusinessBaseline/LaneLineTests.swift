import Testing

@testable import MDRCore

/// A lane's line, written by bytes, is the line that its members make as values.
@Suite struct LaneLineTests {
  /// The line by the plain way: an object of values, keys sorted.
  static func plain(_ lane: Lane) -> JSONValue {
    var value: JSONValue = [
      "account_id": .string(lane.key.account), "actor": .string(lane.key.actor),
      "event": .string(lane.key.event), "source": .string(lane.key.source),
      "region": .string(lane.key.region), "archetype": .string(lane.archetype.rawValue),
      "attempted_overrides": JSONValue(lane.attemptedOverrides.map(\.rawValue)),
      "established_overrides": JSONValue(lane.establishedOverrides.map(\.rawValue)),
      "business_family": .string(lane.family.rawValue), "business_risk": .string(lane.risk.rawValue),
      "days": .array(runs(lane.days)), "distinct_days": .number(lane.days.count),
      "first_seen": .string(lane.firstSeen.iso8601), "last_seen": .string(lane.lastSeen.iso8601),
      "hours": .array(lane.hours.map { .number($0) }), "observations": .number(lane.count),
      "outcomes": .counts(
        [Outcome.success, .denied, .failed].reduce(into: [:]) { $0[$1] = lane.counts[$1] }),
      "overrides": .counts(lane.overrides), "people": lane.people.json,
      "resource_patterns": lane.resourcePatterns.json, "sessions": .number(lane.sessions),
      "source_kind": .string(lane.sourceKind.rawValue), "standing": .string(lane.standing.rawValue),
      "status": .string(lane.approval == nil ? "observed" : "approved"), "targets": lane.targets.json,
      "user_agent_families": lane.userAgentFamilies.json,
    ]
    value["approval"] = lane.approval?.json
    if lane.peerAccounts > 0 { value["established_with_accounts"] = .number(lane.peerAccounts) }
    if lane.hangsOnOneDay { value["hangs_on_one_day"] = .bool(true) }
    if let cadence = lane.cadence {
      var object: JSONValue = [
        "jitter_hours": .number(cadence.jitterHours), "missed": .number(cadence.missed),
        "off_beat": .number(cadence.offBeat), "period": .string(cadence.period.rawValue),
        "runs": .number(cadence.runs),
      ]
      object["usual_day"] = cadence.usualDay.map { .number($0) }
      object["usual_hour"] = cadence.usualHour.map { .number($0) }
      value["cadence"] = object
    }
    return value
  }

  private static func runs(_ days: [Int]) -> [JSONValue] {
    days.filter { !days.contains($0 - 1) }.map { first in
      let length = (1...days.count).first { !days.contains(first + $0) } ?? 0
      return .array([.string(Timestamp.startOfDay(first).date), .number(length)])
    }
  }

  /// Names of all lengths; some of nothing but what has to be escaped.
  private static func name(_ random: inout FixedGenerator) -> String {
    let length = Int.random(in: 0..<70, using: &random)
    if Int.random(in: 0..<4, using: &random) == 0 { return String(repeating: "\u{1}", count: length) }
    let scalars: [Unicode.Scalar] = [
      "a", "b", "-", "/", ":", "é", "\"", "\\", "\n", "\u{7F}", "\u{2028}", "𝄞",
    ]
    var text = ""
    for _ in 0..<length {
      let isPlain = Int.random(in: 0..<9, using: &random) > 0
      text.unicodeScalars.append(isPlain ? "x" : scalars.randomElement(using: &random) ?? "a")
    }
    return text
  }

  private static func counts(_ random: inout FixedGenerator) -> BoundedCounts {
    let names = (0..<Int.random(in: 0..<25, using: &random)).map { _ in
      (key: name(&random), value: Int.random(in: 1..<5_000_000, using: &random))
    }
    let omitted = Int.random(in: 0..<3, using: &random) == 0 ? Int.random(in: 1...9_999, using: &random) : 0
    return BoundedCounts(NamedCounts(names), omittedValues: omitted, omittedObservations: omitted * 7)
  }

  static func lane(_ random: inout FixedGenerator) -> Lane {
    Lane(facts(&random))
  }

  /// What a lane of random members holds.
  static func facts(_ random: inout FixedGenerator) -> LaneFacts {
    func flag() -> Bool { Int.random(in: 0..<3, using: &random) == 0 }
    let start = Int.random(in: -1_000_000..<9_000_000, using: &random)
    let classes = OverrideClass.allCases
    var overrides: [OverrideClass: Int] = [:]
    if flag() { for one in classes { overrides[one] = Int.random(in: 0..<99_999, using: &random) } }
    return LaneFacts(
      key: LaneKey(
        account: name(&random), actor: name(&random), event: name(&random), source: name(&random),
        region: name(&random)),
      counts: OutcomeCounts(
        success: flag() ? 0 : .random(in: 1..<99_999, using: &random), denied: flag() ? 3 : 0,
        failed: flag() ? 12_345_678 : 0),
      firstSeen: Timestamp(seconds: start * 86_400 + 86_399), lastSeen: Timestamp(seconds: start * 90_000),
      days: Set((0..<Int.random(in: 1..<60, using: &random)).map { start + $0 * $0 % 70 }).sorted(),
      hours: HoursOfDay((0..<24).filter { _ in flag() }),
      sessions: .random(in: 0...10_000_000, using: &random),
      cadence: flag()
        ? Cadence(
          period: .weekly, jitterHours: 3, runs: 12, missed: 1, offBeat: 2, usualHour: flag() ? 3 : nil,
          usualDay: flag() ? 6 : nil) : nil,
      standing: LaneStanding.allCases.randomElement(using: &random) ?? .observed,
      family: BusinessFamily.allCases.randomElement(using: &random) ?? .other,
      risk: BusinessRisk.allCases.randomElement(using: &random) ?? .operationalChange,
      archetype: Archetype.allCases.randomElement(using: &random) ?? .unknown,
      sourceKind: SourceKind.allCases.randomElement(using: &random) ?? .unknown, overrides: overrides,
      establishedOverrides: flag() ? classes : [],
      attemptedOverrides: flag() ? Array(classes.dropFirst(3)) : [],
      userAgentFamilies: counts(&random), resourcePatterns: counts(&random), targets: counts(&random),
      people: counts(&random),
      approval: flag()
        ? Approval(
          owner: name(&random), ticket: name(&random), reason: name(&random), expires: Sample.start) : nil,
      hangsOnOneDay: flag(), peerAccounts: flag() ? 17 : 0)
  }

  @Test func `random lanes are written as their members are, one by one`() {
    var random = FixedGenerator(state: 23)
    var output = JSONOutput()
    for _ in 0..<2_000 {
      let lane = Self.lane(&random)
      output.removeAll()
      lane.append(to: &output)
      #expect(output.text == Self.plain(lane).compactText)
    }
  }

  @Test func `a lane of nothing but marks and far days has room`() {
    let text = String(repeating: "\u{1}", count: 300)
    let counts = BoundedCounts(
      NamedCounts((0..<20).map { (key: "\($0)" + text, value: .max / 64) }), omittedValues: .max,
      omittedObservations: .max)
    let lane = Lane(
      LaneFacts(
        key: LaneKey(account: text, actor: text, event: text, source: text, region: text),
        counts: OutcomeCounts(success: .max / 4, denied: .max / 4, failed: .max / 4),
        firstSeen: Timestamp(seconds: .max / 4), lastSeen: Timestamp(seconds: .max / 4),
        days: (0..<500).map { 2_000_000_000 + $0 * 2 }, hours: HoursOfDay(0..<24), sessions: .max,
        cadence: Cadence(
          period: .weekdays, jitterHours: .max, runs: .max, missed: .max, offBeat: .max, usualHour: .max,
          usualDay: .max),
        standing: .established, family: .applicationService, risk: .credentialOrPrivilege,
        archetype: .deploymentAutomation, sourceKind: .claimedService,
        overrides: Dictionary(uniqueKeysWithValues: OverrideClass.allCases.map { ($0, Int.max) }),
        establishedOverrides: OverrideClass.allCases, attemptedOverrides: OverrideClass.allCases,
        userAgentFamilies: counts,
        resourcePatterns: counts, targets: counts, people: counts,
        approval: Approval(owner: text, ticket: text, reason: text, expires: Timestamp(seconds: .max / 4)),
        hangsOnOneDay: true, peerAccounts: .max))
    var output = JSONOutput()
    lane.append(to: &output)
    #expect(output.text == Self.plain(lane).compactText)
  }
}
