import Testing

@testable import MDRCore

@Suite struct BaselineBuilderTests {
  /// Observations of several lanes with repeats, refusals, overrides, many sessions and many resources.
  static let mixed: [Observation] = {
    var random = FixedGenerator(state: 7)
    return (0..<3_000).map { number in
      let day = Int.random(in: 0..<90, using: &random)
      return Sample.observation(
        Sample.time(day: day, hour: Int.random(in: 0..<24, using: &random)),
        account: ["111111111111", "222222222222"].randomElement(using: &random) ?? "",
        actor: ["role:a", "role:b", "user:c"].randomElement(using: &random) ?? "",
        event: ["iam.amazonaws.com:CreateRole", "s3.amazonaws.com:PutBucketPolicy"].randomElement(
          using: &random) ?? "",
        outcome: Outcome.allCases.randomElement(using: &random) ?? .success,
        override: number.isMultiple(of: 5) ? .identity : nil, id: "event-\(number)",
        resources: ["bucket/\(Int.random(in: 0..<60, using: &random))-name", "role/r\(number % 40)"],
        archetype: number.isMultiple(of: 3) ? .buildServer : .deploymentAutomation)
    }
  }()

  static func bytes(_ observations: [Observation]) throws -> String {
    let baseline = try Sample.baseline(observations)
    return String(decoding: baseline.laneLines(baseline.lanes.indices), as: UTF8.self)
      + baseline.header(baseline.sum()).prettyText
      + OperatingModel(baseline, inventory: Inventory()).document.rendered
  }

  @Test func `any order of the same observations gives the same bytes`() throws {
    var random = FixedGenerator(state: 11)
    let expected = try Self.bytes(Self.mixed)
    for _ in 0..<3 { #expect(try Self.bytes(Self.mixed.shuffled(using: &random)) == expected) }
    #expect(try Self.bytes(Self.mixed.reversed()) == expected)
    #expect(try Self.bytes(Array(Self.mixed.dropLast())) != expected)
  }

  @Test(arguments: [1, 500, 1_700])
  func `builders merge to what one builder collects, either way round`(split: Int) throws {
    var whole = BaselineBuilder()
    var one = BaselineBuilder()
    var other = BaselineBuilder()
    for (index, observation) in Self.mixed.enumerated() {
      whole.add(observation)
      if index < split { one.add(observation) } else { other.add(observation) }
    }
    var oneFirst = one
    oneFirst.merge(other)
    var otherFirst = other
    otherFirst.merge(one)
    let expected = try #require(whole.baseline())
    #expect(oneFirst.baseline() == expected)
    #expect(otherFirst.baseline() == expected)
  }

  @Test func `an event at or after the cut-off does not count`() throws {
    let cutOff = Sample.time(day: 30, hour: 0)
    var builder = BaselineBuilder(until: cutOff)
    builder.add(Sample.observation(cutOff.adding(-1)))
    builder.add(Sample.observation(cutOff))
    builder.add(Sample.observation(cutOff.adding(1)))
    let baseline = try #require(builder.baseline())
    #expect(baseline.observations == 1)
    #expect(baseline.laterObservations == 2)
    #expect(baseline.lanes.map(\.count) == [1])
    #expect(baseline.window.end < cutOff)
  }

  @Test func `an observation without a time is in no baseline`() {
    var builder = BaselineBuilder()
    builder.add(Sample.observation(Timestamp(seconds: 0)))
    #expect(builder.baseline() == nil)
  }

  @Test func `a lane lists what stands out, and the rest by the template that it shows`() throws {
    let observations = (0..<100).map { number in
      Sample.observation(
        Sample.time(day: number % 80), id: "\(number)",
        resources: ["bucket/\(number < 50 ? "usual" : "b\(Self.letters(number))")"])
    }
    let lane = try #require(
      try Sample.baseline(observations).lanes.first { $0.key.actor == "role:build-server" })
    #expect(lane.resourcePatterns.counts == ["bucket/usual": 50, "bucket/{name}": 50])
    #expect(lane.resourcePatterns.omittedValues == 50)
    #expect(lane.resourcePatterns.omittedObservations == 0)
  }

  private static func letters(_ number: Int) -> String {
    String(UnicodeScalar(UInt8(97 + number / 26))) + String(UnicodeScalar(UInt8(97 + number % 26)))
  }

  @Test func `sessions are counted exactly up to the bound and closely beyond it, in any order`() {
    func count(_ numbers: some Sequence<Int>) -> Int {
      var counter = SessionCounter()
      for number in numbers {
        counter.insert(SessionCounter.digest("session", String(number)), day: number % 90)
      }
      return counter.tally(before: 0).count
    }
    #expect(count(0..<512) == 512)
    let estimate = count(0..<20_000)
    #expect(abs(estimate - 20_000) < 2_000)
    #expect(count((0..<20_000).reversed()) == estimate)
    #expect(count(Array(0..<20_000) + Array(0..<20_000)) == estimate)
  }
}
