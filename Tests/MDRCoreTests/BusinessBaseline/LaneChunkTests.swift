import Testing

@testable import MDRCore

/// Lanes in plain memory hold what they were made of.
@Suite struct LaneChunkTests {
  @Test func `lanes beside each other hold what each was made of`() {
    var random = FixedGenerator(state: 41)
    for _ in 0..<40 {
      let facts = (0..<Int.random(in: 1..<20, using: &random)).map { _ in LaneLineTests.facts(&random) }
      var builder = LaneChunk.Builder()
      for lane in facts { builder.add(lane) }
      let chunk = LaneChunk(builder)
      #expect(chunk.count == facts.count)
      for (position, lane) in facts.enumerated() {
        let made = chunk.lane(position)
        #expect(made == Lane(lane))
        #expect(made.key == lane.key && made.counts == lane.counts && made.days == lane.days)
        #expect(made.count == lane.counts.total && made.hours == lane.hours && made.sessions == lane.sessions)
        #expect(made.firstSeen == lane.firstSeen && made.lastSeen == lane.lastSeen)
        #expect(made.cadence == lane.cadence && made.approval == lane.approval)
        #expect(made.standing == lane.standing && made.family == lane.family && made.risk == lane.risk)
        #expect(made.archetype == lane.archetype && made.sourceKind == lane.sourceKind)
        #expect(made.overrides == lane.overrides)
        #expect(made.establishedOverrides == lane.establishedOverrides)
        #expect(made.attemptedOverrides == lane.attemptedOverrides)
        #expect(made.userAgentFamilies == lane.userAgentFamilies && made.people == lane.people)
        #expect(made.resourcePatterns == lane.resourcePatterns && made.targets == lane.targets)
        #expect(made.hangsOnOneDay == lane.hangsOnOneDay && made.peerAccounts == lane.peerAccounts)
      }
    }
  }

  @Test func `a lane that is changed leaves its copies and its neighbours as they were`() {
    var random = FixedGenerator(state: 42)
    let shared = LaneNames(["account", "actor", "event", "source", "region"])
    for _ in 0..<200 {
      let before = LaneLineTests.lane(&random)
      var after = before
      after.change { lane, rare in
        lane.peerAccounts += 3
        lane.standing = .attempted
        rare.approval = nil
      }
      #expect(after.peerAccounts == before.peerAccounts + 3)
      #expect(after.standing == .attempted && after.approval == nil)
      after.change { lane, rare in
        lane.peerAccounts = before.peerAccounts
        lane.standing = before.standing
        rare.approval = before.approval
      }
      #expect(after == before)
    }
    var builder = LaneChunk.Builder(sharing: shared)
    var record = LaneRecord(
      LaneNumbers(account: 0, actor: 1, event: 2, source: 3, region: 4), startingAt: 0)
    let own = builder.number(ofOwn: "own")
    builder.words.append(entries: [(value: 1, count: .max), (value: own, count: 1 << 40)])
    record.setLength(2, of: .targets)
    builder.add(record)
    let first = LaneChunk(builder).lane(0)
    var second = first
    second.change { _, rare in
      rare.approval = Approval(owner: "o", ticket: "t", reason: "r", expires: Sample.start)
    }
    #expect(first.approval == nil && second.approval?.owner == "o")
    #expect(second.targets.counts == ["actor": .max, "own": 1 << 40] && second.targets == first.targets)
    #expect(second.key == first.key && second.isOfActor(of: first) && second.chunk.shared === shared)
  }

  @Test func `a name has one number wherever lanes have it from`() {
    let shared = LaneNames(["0", "1", "2", "3", "4"])
    func lane(_ own: String, sharing: Bool) -> Lane {
      var builder = LaneChunk.Builder(sharing: sharing ? shared : .none)
      let numbers = (0..<5).map { sharing ? NameNumber($0) : builder.number(ofOwn: "\($0)") }
      var record = LaneRecord(
        LaneNumbers(
          account: numbers[0], actor: numbers[1], event: numbers[2], source: numbers[3], region: numbers[4]),
        startingAt: 0)
      builder.words.append(entries: [(value: builder.number(ofOwn: own), count: 1)])
      record.setLength(1, of: .people)
      builder.add(record)
      return LaneChunk(builder).lane(0)
    }
    for sharings in [[true, true, true], [false, false, false], [true, false, true], [false, true, true]] {
      let lanes = sharings.enumerated().map { lane($0.offset < 2 ? "a" : "b", sharing: $0.element) }
      var naming = LaneNaming(lanes[...])
      var actors: [NameNumber] = []
      var people: [NameNumber] = []
      lanes[...].forEachRecord { _, lane, chunk in
        actors.append(naming.number(lane.key.actor, in: chunk))
        people.append(contentsOf: lane.entries(.people).map { naming.number($0.value, in: chunk) })
      }
      #expect(Set(actors).count == 1 && actors.allSatisfy { naming.text($0) == "1" })
      #expect(people[0] == people[1] && people[1] != people[2])
      #expect(people.map(naming.text) == ["a", "a", "b"])
      #expect(lanes[0].isOfActor(of: lanes[1]) && lanes[0].isOfActor(of: lanes[2]))
    }
  }
}
