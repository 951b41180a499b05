import Testing

@testable import MDRCore

@Suite struct ApprovalTests {
  static func entry(_ changes: [String: JSONValue] = [:]) -> JSONValue {
    var entry: JSONValue = [
      "account": "111111111111", "actor": "role:build-server", "event": "iam.amazonaws.com:CreateRole",
      "source": "owned:build", "region": "us-east-1", "owner": "platform engineering", "ticket": "CHG-1",
      "reason": "pipeline roles", "expires": "2026-12-31",
    ]
    for (name, value) in changes { entry[name] = value }
    return entry
  }

  static func read(_ text: String) throws(CommandError) -> [RecordedApproval] {
    try ApprovalFile.approvals(in: Array(text.utf8), named: "approvals.json")
  }

  @Test func `lines and arrays read alike`() throws {
    let entry = Self.entry().compactText
    let lines = try Self.read(entry + "\n\n" + entry + "\n")
    #expect(lines.count == 2)
    #expect(try Self.read("[\(entry),\(entry)]") == lines)
    #expect(lines[0].approval.ticket == "CHG-1")
    #expect(try Self.read("") == [])
  }

  @Test(arguments: ["account", "actor", "event", "source", "region"])
  func `wildcards are refused by name`(member: String) {
    for wildcard in ["*", "role:*", "any"] {
      let error = #expect(throws: CommandError.self) {
        try Self.read(Self.entry([member: .string(wildcard)]).compactText)
      }
      #expect(error?.problem.contains("wildcard \(wildcard) for \(member)") == true)
    }
  }

  @Test(arguments: ["owner", "ticket", "reason", "expires", "source"])
  func `an approval without a signature's parts is refused`(member: String) {
    #expect(throws: CommandError.self) { try Self.read(Self.entry([member: " "]).compactText) }
    #expect(throws: CommandError.self) { try Self.read(Self.entry([member: .null]).compactText) }
  }

  @Test func `what has no time is not shown to lie before an approval's end, nor to be due or planned`()
    throws
  {
    let approvals = try Self.read(Self.entry(["expires": "2026-04-05"]).compactText)
    let baseline = try Sample.baseline([Sample.observation(Sample.time(day: 40))], approvals: approvals)
    let untimed = Sample.observation(.unknown, override: .identity)
    let comparison = BaselineIndex(baseline).compare(untimed)
    #expect(comparison.approval == nil && comparison.normality != .established)
    #expect(comparison.isOnBeat == nil)
    var inventory = Inventory()
    _ = inventory.add(["change_windows": [["name": "nights", "from": "22:00", "to": "04:00"]]])
    #expect(inventory.plannedTime(of: untimed) == nil)
  }

  @Test func `an approved lane is established until the approval expires`() throws {
    let approvals = try Self.read(Self.entry(["expires": "2026-04-05"]).compactText)
    let baseline = try Sample.baseline([Sample.observation(Sample.time(day: 40))], approvals: approvals)
    let index = BaselineIndex(baseline)
    let before = index.compare(Sample.observation(Sample.time(day: 91), override: .identity))
    #expect(before.normality == .established)
    #expect(before.approval?.owner == "platform engineering")
    #expect(before.newOverrides == [.identity], "signing keeps the critical outcome visible")
    let after = index.compare(Sample.observation(Sample.time(day: 100)))
    #expect(after.normality != .established)
    #expect(after.approval == nil)
  }

  @Test func `a signature is for what the tuple had, not for another resource or other hands`() throws {
    func key(_ user: String, by person: String, day: Int) -> Observation {
      var call = Sample.observation(
        Sample.time(day: day), override: .identity, id: "\(user)-\(person)-\(day)",
        resources: ["user/\(user)"])
      call.identity.person = person
      return call
    }
    let approvals = try Self.read(Self.entry(["expires": "2026-04-05"]).compactText)
    let index = BaselineIndex(
      try Sample.baseline([key("pipeline", by: "ann@example.com", day: 89)], approvals: approvals))
    let same = index.compare(key("pipeline", by: "ann@example.com", day: 91))
    #expect(same.normality == .established && same.newDimensions.isEmpty)
    let other = index.compare(key("break-glass", by: "ann@example.com", day: 91))
    #expect(other.normality == .variant && other.newDimensions == [.resource])
    #expect(other.approval != nil, "the finding names the signature that doesn't reach so far")
    let hands = index.compare(key("pipeline", by: "bob@example.com", day: 91))
    #expect(hands.normality == .variant && hands.newDimensions == [.person])
  }

  @Test func `where a signature has expired, the tuple is no departure from itself`() throws {
    let approvals = try Self.read(Self.entry(["expires": "2026-04-02"]).compactText)
    let deploys = (0..<45).map {
      Sample.observation(Sample.time(day: 2 * $0), event: "iam.amazonaws.com:TagRole")
    }
    let index = BaselineIndex(
      try Sample.baseline(deploys + [Sample.observation(Sample.time(day: 60))], approvals: approvals))
    let after = index.compare(Sample.observation(Sample.time(day: 95), override: .identity))
    #expect(after.approval == nil && after.newDimensions == [.event])
    #expect(after.nearest?.key.event == "iam.amazonaws.com:TagRole")
  }

  @Test func `expired and unmatched approvals are reported and do not count`() throws {
    let approvals = try Self.read(
      "[\(Self.entry(["expires": "2026-02-01"]).compactText),\(Self.entry(["actor": "role:nobody"]).compactText)]"
    )
    let baseline = try Sample.baseline([Sample.observation(Sample.time(day: 40))], approvals: approvals)
    #expect(!baseline.lanes.isEmpty && baseline.lanes.allSatisfy { $0.approval == nil })
    #expect(baseline.caveats.count == 2)
    #expect(baseline.caveats.contains { $0.contains("expired on 2026-02-01") })
    #expect(baseline.caveats.contains { $0.contains("role:nobody") && $0.contains("fits no lane") })
  }
}
