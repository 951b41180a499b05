import Testing

@testable import MDRCore

@Suite struct ReplayTests {
  private static let start = Sample.start.day

  private static func tally(_ calls: [(actor: String, day: Int, isAttempt: Bool)]) -> ReplayTally {
    var tally = ReplayTally()
    for (number, call) in calls.enumerated() {
      tally.add(
        lane: LaneKey(account: "1", actor: call.actor, event: "e", source: "s", region: "r"),
        archetype: .unknown, principal: call.actor,
        time: Timestamp.startOfDay(start + call.day).adding(number),
        eventID: "event-\(number)", isAttempt: call.isAttempt)
    }
    return tally
  }

  @Test func `findings are principals at places by day, lanes are ranked by what they make`() {
    let calls = (0..<10).map { (actor: "build", day: $0 / 2, isAttempt: false) } + [("person", 4, true)]
    let tally = Self.tally(calls)
    #expect(tally.matches == 11)
    #expect(tally.findingCount == 6)
    #expect(tally.ranked.map(\.lane.actor) == ["build", "person"])
    #expect(tally.busiestDay?.day == Self.start + 4)
    #expect(tally.busiestDay?.findings == 2)
    #expect(tally.ranked.first?.tally.days.count == 5)
  }

  @Test func `tuning says what would be left and what it costs`() {
    let calls = (0..<10).map { (actor: "build", day: $0, isAttempt: false) } + [("person", 4, true)]
    let left = Self.tally(calls).tunings.map { ($0.change, $0.matches) }
    #expect(left.map(\.1) == [10, 2, 6, 1])
    #expect(left[0].0 == "and outcome = \"success\"")
    // A lane that was seen on one day is no lane to approve.
    #expect(Self.tally([("person", 1, false)]).tunings.count == 2)
  }

  @Test func `a match without a time is of no day, and no example where another has one`() {
    var tally = Self.tally([("build", 1, false)])
    let lane = LaneKey(account: "1", actor: "build", event: "e", source: "s", region: "r")
    for id in ["a", "b"] {
      tally.add(
        lane: lane, archetype: .unknown, principal: "build", time: .unknown, eventID: id, isAttempt: false)
    }
    #expect(tally.matches == 3 && tally.untimed == 2)
    #expect(tally.findingCount == 2)
    #expect(tally.lanes[lane]?.days == [Self.start + 1])
    #expect(tally.lanes[lane]?.example.eventID == "event-0")
    #expect(tally.busiestDay?.day == Self.start + 1)
  }
}
