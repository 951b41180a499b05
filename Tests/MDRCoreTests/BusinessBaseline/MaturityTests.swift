import Testing

@testable import MDRCore

@Suite struct MaturityTests {
  static let window = ObservedWindow(start: Sample.time(day: 0), end: Sample.time(day: 89), cutOff: nil)

  /// A lane for each list of days.
  static func lanes(_ days: [[Int]]) throws -> [Lane] {
    let observations = days.enumerated().flatMap { number, days in
      days.map {
        Sample.observation(
          Sample.time(day: $0), event: "ec2.amazonaws.com:Describe\(number)", id: "\(number)-\($0)")
      }
    }
    return try Sample.baseline(observations).lanes.filter { $0.key.actor == "role:build-server" }
  }

  static func maturity(_ days: [[Int]]) throws -> Maturity {
    Maturity(of: MaturityCalendar(of: try lanes(days)[...], window), window: window)
  }

  @Test(.timeLimit(.minutes(30))) func `an event with a wrong year costs no time`() throws {
    var builder = BaselineBuilder()
    builder.add(Sample.observation(Sample.start, id: "a"))
    builder.add(Sample.observation(Timestamp(seconds: 253_402_300_000), id: "b"))
    let baseline = try #require(builder.baseline())
    #expect(baseline.window.days > 2_000_000)
    for _ in 0..<200 {
      #expect(
        Maturity(of: MaturityCalendar(of: baseline.lanes[...], baseline.window), window: baseline.window).days
          == 2)
    }
  }

  @Test func `what recurs each day leaves nothing to expect`() throws {
    let maturity = try Self.maturity([Array(0..<90), Array(0..<90)])
    #expect(maturity.days == 90 && maturity.incidences == 180 && maturity.singletons == 0)
    #expect(maturity.expectedUnseen == 0 && maturity.check.observedShare == 0 && !maturity.hasChanged)
    #expect(maturity.check.days == 7 && maturity.check.incidences == 14)
  }

  @Test func `one new lane a day beside a daily one makes half of the next day new`() throws {
    let maturity = try Self.maturity([Array(0..<90)] + (0..<90).map { [$0] })
    #expect(maturity.expectedUnseen == 500)
    #expect(maturity.typicalUnseen == 500)
    #expect(maturity.check.observedShare == 500)
    #expect(maturity.check.error <= 2)
    #expect(!maturity.hasChanged)
  }

  /// Lanes drawn at random from a long-tailed distribution, the same from day to day: what the estimate assumes.
  @Test(arguments: [1, 2, 3, 4, 5])
  func `the prediction holds on days that were held out`(seed: UInt64) throws {
    var generator = FixedGenerator(state: seed)
    var days = [[Int]](repeating: [], count: 4_000)
    for day in 0..<90 {
      for lane in days.indices {
        let odds = 2 + lane * lane / 4_000
        if Int(generator.next() >> 33) % odds == 0 { days[lane].append(day) }
      }
    }
    let maturity = try Self.maturity(days.filter { !$0.isEmpty })
    #expect(maturity.check.incidences > 300)
    #expect(maturity.check.error <= 40, "\(maturity.check)")
    #expect(!maturity.hasChanged)
  }

  @Test func `a week that brings much more than those before is a change`() throws {
    let steady = [Array(0..<90), Array(0..<90)] + stride(from: 0, to: 90, by: 3).map { [$0] }
    let quiet = try Self.maturity(steady)
    #expect(!quiet.hasChanged)
    let changed = try Self.maturity(steady + (0..<40).map { [84 + $0 % 6] })
    #expect(changed.hasChanged)
    #expect(changed.expectedUnseen > 600)
    #expect(changed.typicalUnseen == quiet.typicalUnseen)
  }

  @Test func `an account whose days have little in common is thin, and no busy week makes one so`() throws {
    func account(_ extra: [Observation]) throws -> BaselineAccount {
      try #require(try Sample.baseline(extra).account("111111111111"))
    }
    func reads(_ days: Range<Int>, each count: Int) -> [Observation] {
      days.flatMap { day in
        (0..<count).map {
          Sample.observation(
            Sample.time(day: day), event: "s3.amazonaws.com:Get\(day)x\($0)", id: "\(day)-\($0)")
        }
      }
    }
    #expect(try account([]).isMature)
    #expect(try !account(reads(0..<90, each: 1)).isMature)
    #expect(try account(reads(80..<87, each: 500)).isMature)
    #expect(try account(reads(80..<87, each: 500)).maturity.expectedUnseen > 900)
  }

  @Test func `an actor's next day is told apart from its account's`() throws {
    let wanderer = (0..<60).map {
      Sample.observation(Sample.time(day: $0), actor: "user:wanderer", event: "ec2.amazonaws.com:Call\($0)")
    }
    let baseline = try Sample.baseline(wanderer + (0..<90).map { Sample.observation(Sample.time(day: $0)) })
    let actors = baseline.sum().actors
    #expect(actors.map(\.actor) == ["role:build-server", "slr:config", "user:wanderer"])
    #expect(actors.map(\.maturity.expectedUnseen) == [0, 0, 1_000])
    #expect(actors.map(\.lanes) == [1, 1, 60])
    #expect(actors[0].json["maturity"]?["held_out"]?["days"]?.int == 7)
  }

  @Test func `a calendar put together from parts tells what going through every day of the window does`() {
    var random = FixedGenerator(state: 19)
    for round in 0..<300 {
      let length = [1, 3, 27, 28, 40, 90, 400, 5_000][round % 8]
      let window = ObservedWindow(start: Sample.time(day: 0), end: Sample.time(day: length - 1), cutOff: nil)
      let first = window.start.day
      let lanes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        // Some days lie outside.
        Set(
          (0..<Int.random(in: 0..<6, using: &random)).map { _ in
            first + Int.random(in: -2..<min(length, 60) + 2, using: &random) * max(1, length / 60)
          }
        ).sorted()
      }
      var whole = MaturityCalendar(window)
      var part = MaturityCalendar(window)
      for days in lanes {
        part.add(days)
        if Int.random(in: 0..<4, using: &random) == 0 {
          whole.formUnion(part)
          part.removeAll()
        }
      }
      whole.formUnion(part)
      #expect(Maturity(of: whole, window: window) == PlainMaturity.maturity(of: lanes, window: window))
    }
  }

  @Test func `an estate adds up to the same on any number of threads`() throws {
    let baseline = try Sample.baseline(BaselineBuilderTests.mixed)
    let sum = baseline.sum()
    #expect(
      sum.maturity
        == Maturity(of: MaturityCalendar(of: baseline.lanes[...], baseline.window), window: baseline.window))
    #expect(sum.established == baseline.lanes.count { $0.standing == .established })
    #expect(sum.attempted + sum.observed + sum.established == baseline.lanes.count)
    for actor in sum.actors {
      let lanes = baseline.lanes.filter { $0.key.account == actor.account && $0.key.actor == actor.actor }
      #expect(
        actor.maturity
          == Maturity(of: MaturityCalendar(of: lanes[...], baseline.window), window: baseline.window))
      #expect(actor.lanes == lanes.count && actor.observations == lanes.reduce(0) { $0 + $1.count })
    }
    for jobs in [2, 8] {
      #expect(baseline.sum(jobs: jobs).actors == sum.actors)
      #expect(baseline.sum(jobs: jobs).maturity == sum.maturity)
    }
  }

  @Test func `a measure reads back as it was written`() throws {
    let maturity = try Self.maturity([Array(0..<90)] + (0..<50).map { [$0, $0 + 20] })
    #expect(Maturity(json: maturity.json) == maturity)
  }
}
