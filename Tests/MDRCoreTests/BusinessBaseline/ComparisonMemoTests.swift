import Testing

@testable import MDRCore

@Suite struct ComparisonMemoTests {
  /// A lane with a beat and one with a signature that ends on the ninety-third day, among plain ones.
  private static func index() throws -> BaselineIndex {
    let backups = stride(from: 0, to: 90, by: 7).map {
      Sample.observation(
        Sample.time(day: $0, hour: 2), actor: "role:backup", event: "rds.amazonaws.com:CopyDBSnapshot")
    }
    let signed = Sample.observation(Sample.time(day: 60), actor: "role:visitor")
    let approval = RecordedApproval(
      key: signed.laneKey,
      approval: Approval(
        owner: "platform", ticket: "CHG-1", reason: "a visit", expires: Sample.time(day: 93, hour: 0)))
    return BaselineIndex(
      try Sample.baseline(BaselineIndexTests.estate + backups + [signed], approvals: [approval]))
  }

  @Test func `what is remembered is what would be compared anew`() throws {
    let index = try Self.index()
    let memo = ComparisonMemo(index)
    let actors = ["role:build-server", "role:backup", "role:visitor", "role:stranger"]
    let events = ["iam.amazonaws.com:CreateRole", "rds.amazonaws.com:CopyDBSnapshot"]
    var beats: Set<Bool?> = []
    var normalities: Set<Normality> = []
    for day in 90..<96 {
      for (actor, event) in actors.flatMap({ actor in events.map { (actor, $0) } }) {
        for (hour, outcome) in [(2, Outcome.success), (13, .success), (13, .denied)] {
          for override in [nil, OverrideClass.destructive] {
            let observation = Sample.observation(
              Sample.time(day: day, hour: hour), actor: actor, event: event, outcome: outcome,
              override: override, resources: ["role/\(day)"])
            let found = memo.compare(observation)
            #expect(found == index.compare(observation))
            beats.insert(found.isOnBeat)
            normalities.insert(found.normality)
          }
        }
      }
    }
    #expect(beats == [nil, true, false])
    #expect(normalities.count > 1)
  }

  @Test func `what a call was made on is looked at each time, where that counts`() throws {
    func read(_ secret: String, day: Int, _ second: Int = 0) -> Observation {
      Sample.observation(
        Sample.time(day: day).adding(second), event: "secretsmanager.amazonaws.com:GetSecretValue",
        targets: ["secret": [secret]])
    }
    let index = BaselineIndex(try Sample.baseline((0..<90).map { read("orders", day: $0) }))
    let memo = ComparisonMemo(index)
    for (second, secret) in ["orders", "payroll", "orders", "legal", "payroll"].enumerated() {
      let found = memo.compare(read(secret, day: 91, second))
      #expect(found == index.compare(read(secret, day: 91, second)))
      #expect(found.newDimensions == (secret == "orders" ? [] : [.resource]))
    }
  }
}
