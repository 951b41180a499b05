import Testing

@testable import MDRCore

@Suite struct PlannedTimeTests {
  private static func inventory(_ windows: JSONValue...) -> Inventory {
    var inventory = Inventory()
    _ = inventory.add(["change_windows": .array(windows)])
    #expect(inventory.changeWindows.count == windows.count)
    return inventory
  }

  /// The ninety-second day, from nine to eleven.
  private static func window(_ name: String = "release", actors: [String] = []) -> JSONValue {
    [
      "name": .string(name), "since": .string(Sample.time(day: 91, hour: 9).iso8601),
      "until": .string(Sample.time(day: 91, hour: 11).iso8601), "actors": JSONValue(actors),
      "ticket": "CHG-7", "owner": "platform",
    ]
  }

  private static func findings(_ calls: [Observation], _ inventory: Inventory?) throws -> [Finding] {
    var triage = Triage(
      index: BaselineIndex(try Sample.baseline(BaselineIndexTests.estate)),
      since: Sample.time(day: 90, hour: 0),
      inventory: inventory, detector: try Detector(directory: nil, inventory: inventory))
    for call in calls { triage.add(call) }
    return try triage.finish(caveats: []).findings
  }

  /// A role made by hand, which is sensitive; with a critical outcome on demand.
  private static func call(hour: Int, override: OverrideClass? = nil) -> Observation {
    Sample.observation(
      Sample.time(day: 91, hour: hour), actor: "sso:Admin",
      event: override == nil ? "iam.amazonaws.com:CreateRole" : "iam.amazonaws.com:CreateAccessKey",
      source: "ip:203.0.113.0/24", override: override, id: "call-\(hour)", kind: .publicNetwork,
      archetype: .ssoAdministrator, targets: ["user": ["pipeline"]])
  }

  @Test func `a change of the named actor within its window is said so, in the finding and its evidence`()
    throws
  {
    let inventory = Self.inventory(Self.window(actors: ["sso:Admin"]))
    let finding = try #require(try Self.findings([Self.call(hour: 10)], inventory).first)
    #expect(finding.plannedTimes.keys.map(\.standing) == [.named])
    #expect(
      finding.whyDifferent.contains(
        "The change lies in the change window `release` (ticket CHG-7, owner platform), which names this actor: planned work may explain it, and excuses nothing."
      ))
    let ticket = try #require(finding.evidence.first { $0.text.lowercased().contains("ticket") })
    #expect(ticket.isOpen)
    #expect(
      ticket.note?.contains("names ticket CHG-7, owner platform: is this operation part of it?") == true)
    // The window moves no verdict: what is new stays new.
    let without = try #require(try Self.findings([Self.call(hour: 10)], nil).first)
    #expect((finding.position, finding.severity) == (without.position, without.severity))
    let again = try Finding(json: JSONValue(parsing: finding.json.compactText))
    #expect(again.plannedTimes == finding.plannedTimes)
    #expect(again.json == finding.json)
  }

  @Test func `a critical outcome within the window stays alertable, and says so`() throws {
    let inventory = Self.inventory(Self.window(actors: ["sso:Admin"]))
    let finding = try #require(
      try Self.findings([Self.call(hour: 10, override: .identity)], inventory).first)
    #expect(finding.position == .abnormalHighRisk)
    #expect(finding.whyDifferent.contains("A change window takes no critical outcome off alert."))
    #expect(finding.alertingImplication.hasPrefix("Alert."))
  }

  @Test func `others' windows, open ones and the time outside are told apart`() throws {
    let calls = [Self.call(hour: 10), Self.call(hour: 12)]
    let others = try #require(
      try Self.findings(calls, Self.inventory(Self.window(actors: ["build-server"]))).first)
    #expect(
      others.plannedTimes.map(\.key.standing).sorted { $0.rawValue < $1.rawValue } == [.others, .outside])
    let text = others.whyDifferent.joined(separator: "\n")
    #expect(text.contains("1 of 2 changes lies in the change window `release`"))
    #expect(text.contains("which is for other actors"))
    #expect(text.contains("1 of 2 changes lies outside every change window of this account."))
    let anyone = try #require(try Self.findings([Self.call(hour: 10)], Self.inventory(Self.window())).first)
    #expect(anyone.plannedTimes.keys.map(\.standing) == [.anyone])
    let elsewhere = Self.inventory([
      "name": "x", "accounts": ["999999999999"], "from": "00:00", "to": "24:00",
    ])
    #expect(try Self.findings([Self.call(hour: 10)], elsewhere).first?.plannedTimes == [:])
  }

  @Test func `of several windows the one that names the caller counts, by key, role, ARN or person`() {
    let inventory = Self.inventory(
      Self.window("a"), Self.window("b", actors: ["arn:aws:iam::111111111111:role/build-server"]),
      Self.window("c", actors: ["role:other"]))
    let named = inventory.plannedTime(of: Sample.observation(Sample.time(day: 91, hour: 10)))
    #expect(named?.window == "b" && named?.standing == .named)
    var person = Self.call(hour: 10)
    person.identity.person = "x@example.com"
    let people = Self.inventory(Self.window("d", actors: ["x@example.com"]))
    #expect(people.plannedTime(of: person)?.standing == .named)
    person.isReadOnly = true
    #expect(people.plannedTime(of: person) == nil)
  }

  @Test func `a hostile window name escapes nothing`() throws {
    let inventory = Self.inventory(Self.window("x`\n\n# Normal and low risk <b>"))
    let finding = try #require(try Self.findings([Self.call(hour: 10)], inventory).first)
    let seen = RenderedMarkdown(Document(finding.blocks()).rendered)
    #expect(!seen.headings.contains { $0.contains("Normal and low risk <") || $0 == "Normal and low risk" })
  }
}
