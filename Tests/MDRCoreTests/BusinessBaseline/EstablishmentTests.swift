import Testing

@testable import MDRCore

/// One way for a lane to recur, and what that amounts to in a window of ninety days.
struct RecurrenceCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let days: [Int]
  var repeats = 1
  var oneSession = false
  var outcome = Outcome.success
  var override: OverrideClass?
  var archetype = Archetype.buildServer
  var windowDays = 90
  /// Whether one day less would undo it.
  var hangs = false
  let expected: LaneStanding

  var observations: [Observation] {
    days.flatMap { day in
      (0..<repeats).map { number in
        Sample.observation(
          Sample.time(day: day, hour: 9, minute: number % 60), outcome: outcome, override: override,
          session: oneSession ? "2026-01-01T00:00:00Z" : nil, id: "\(day)-\(number)", archetype: archetype)
      }
    }
  }
}

@Suite struct EstablishmentTests {
  @Test(arguments: [
    RecurrenceCase(
      testDescription: "three days over a fortnight", days: [3, 9, 17], hangs: true, expected: .established),
    RecurrenceCase(
      testDescription: "a thousand calls on one day", days: [40], repeats: 1_000, expected: .observed),
    RecurrenceCase(testDescription: "two days far apart", days: [3, 60], expected: .observed),
    RecurrenceCase(
      testDescription: "five days of one week", days: [10, 11, 12, 13, 14], expected: .observed),
    RecurrenceCase(
      testDescription: "three days in one session", days: [3, 9, 17], oneSession: true, expected: .observed),
    RecurrenceCase(testDescription: "three days, one in quarantine", days: [3, 9, 88], expected: .observed),
    RecurrenceCase(
      testDescription: "three days before quarantine and one in it", days: [3, 9, 20, 89],
      hangs: true, expected: .established),
    RecurrenceCase(
      testDescription: "the newest days only", days: [88, 89], repeats: 500, expected: .observed),
    RecurrenceCase(
      testDescription: "refusals alone", days: [3, 9, 17], outcome: .denied, expected: .attempted),
    RecurrenceCase(
      testDescription: "a quarter of a short window", days: [1, 3, 6], windowDays: 12, hangs: true,
      expected: .established),
    RecurrenceCase(
      testDescription: "too close even for a short window", days: [1, 2, 3], windowDays: 12,
      expected: .observed),
    RecurrenceCase(
      testDescription: "critical on three days", days: [3, 9, 17], override: .identity, expected: .observed),
    RecurrenceCase(
      testDescription: "critical on five scattered days", days: [3, 11, 34, 52, 80], override: .identity,
      expected: .observed),
    RecurrenceCase(
      testDescription: "critical on six days of a fortnight", days: [3, 5, 7, 9, 11, 16], override: .identity,
      expected: .observed),
    RecurrenceCase(
      testDescription: "critical on six days over the window", days: [3, 14, 29, 41, 58, 70],
      override: .identity,
      hangs: true, expected: .established),
    RecurrenceCase(
      testDescription: "critical each month", days: [0, 31, 59], override: .identity, hangs: true,
      expected: .established),
    RecurrenceCase(
      testDescription: "critical each month, by a person", days: [0, 31, 59], override: .identity,
      archetype: .ssoAdministrator, expected: .observed),
    RecurrenceCase(
      testDescription: "four days of one week and a stray one long before", days: [3, 60, 61, 62, 63],
      expected: .observed),
    RecurrenceCase(
      testDescription: "five days over a month", days: [3, 11, 19, 27, 33], expected: .established),
    RecurrenceCase(
      testDescription: "critical on a week of days and a stray one long before",
      days: [1, 60, 61, 62, 63, 64, 65], override: .identity, expected: .observed),
    RecurrenceCase(
      testDescription: "critical each week", days: Array(stride(from: 0, to: 84, by: 7)), override: .identity,
      expected: .established),
  ])
  func `recurrence counts by days and sessions spread over the window`(recurrence: RecurrenceCase) throws {
    let baseline = try Sample.baseline(recurrence.observations, windowDays: recurrence.windowDays)
    let lane = try #require(baseline.lanes.first { $0.key.actor == "role:build-server" })
    #expect(lane.standing == recurrence.expected)
    #expect(lane.hangsOnOneDay == recurrence.hangs)
    let isCritical = recurrence.override != nil && recurrence.expected == .established
    #expect(lane.establishedOverrides == (isCritical ? [.identity] : []))
  }

  @Test func `successes that never recurred are not vouched for by refusals that did`() throws {
    let refusals = [3, 9, 17, 30, 44].map { Sample.observation(Sample.time(day: $0), outcome: .denied) }
    let success = Sample.observation(Sample.time(day: 50))
    let index = BaselineIndex(try Sample.baseline(refusals + [success]))
    #expect(
      index.compare(Sample.observation(Sample.time(day: 91), outcome: .denied)).normality == .established)
    let comparison = index.compare(Sample.observation(Sample.time(day: 91)))
    #expect(comparison.normality != .established)
    #expect(comparison.priorObservations == 6)
  }

  @Test func `a critical outcome is judged by itself within an established lane`() throws {
    let usual = (0..<80).map { Sample.observation(Sample.time(day: $0)) }
    let planted = (0..<5).flatMap { day in
      (0..<100).map {
        Sample.observation(Sample.time(day: 40 + day), override: .publicExposure, id: "planted-\(day)-\($0)")
      }
    }
    let next = Sample.observation(Sample.time(day: 91), override: .publicExposure)
    for baseline in [try Sample.baseline(usual), try Sample.baseline(usual + planted)] {
      let comparison = BaselineIndex(baseline).compare(next)
      #expect(comparison.normality == .variant)
      #expect(comparison.newOverrides == [.publicExposure])
      #expect(comparison.newDimensions.isEmpty)
    }
    let spread = stride(from: 0, to: 84, by: 7).map {
      Sample.observation(Sample.time(day: $0, hour: 12), override: .publicExposure)
    }
    let comparison = BaselineIndex(try Sample.baseline(usual + spread)).compare(next)
    #expect(comparison.normality == .established)
    #expect(comparison.newOverrides.isEmpty)
  }

  @Test func `attempts at a critical outcome vouch for attempts alone`() throws {
    let attempts = stride(from: 0, to: 84, by: 7).map {
      Sample.observation(
        Sample.time(day: $0), event: "cloudtrail.amazonaws.com:DeleteTrail", outcome: .denied,
        override: .logging)
    }
    let index = BaselineIndex(try Sample.baseline(attempts))
    func next(_ outcome: Outcome) -> Comparison {
      index.compare(
        Sample.observation(
          Sample.time(day: 91), event: "cloudtrail.amazonaws.com:DeleteTrail", outcome: outcome,
          override: .logging))
    }
    #expect(next(.denied).normality == .established)
    #expect(next(.success).normality != .established)
    #expect(next(.success).newOverrides == [.logging])
  }

  @Test func `every threshold of the reviewed file has its reason`() throws {
    let file = try JSONValue(parsing: Content.text("business-baseline/references/establishment.json"))
    for name in EstablishmentThresholds.reviewed.json.members.keys {
      #expect(file[name]?["value"]?.int == EstablishmentThresholds.reviewed.json[name]?.int)
      #expect((file[name]?["why"]?.string ?? "").count > 40, "\(name)")
    }
    #expect(file.members.count == EstablishmentThresholds.reviewed.json.members.count + 2)
  }

  @Test func `what counts as coming from ever other networks has its reasons`() throws {
    let file = try JSONValue(parsing: Content.text("business-baseline/references/wandering.json"))
    let reviewed = WanderingThresholds.reviewed
    let values = [
      "networks": reviewed.networks, "newer_days": reviewed.newerDays,
      "new_network_percent": reviewed.newNetworkPercent,
    ]
    #expect(file.members.count == values.count + 2)
    for (name, value) in values {
      #expect(file[name]?["value"]?.int == value && value > 0, "\(name)")
      #expect((file[name]?["why"]?.string ?? "").count > 40, "\(name)")
    }
  }

  @Test func `an account is thin until it was seen for four weeks`() throws {
    let account = "222222222222"
    let young = Sample.background(days: 90, account: account).filter {
      $0.eventTime >= Sample.time(day: 66, hour: 0)
    }
    let elsewhere = [3, 20, 50].map { Sample.observation(Sample.time(day: $0)) }
    let onceHere = Sample.observation(Sample.time(day: 70), account: account, region: "eu-west-2")
    let regionElsewhere = [3, 20, 50].map { Sample.observation(Sample.time(day: $0), region: "eu-west-2") }
    let baseline = try Sample.baseline(young + elsewhere + regionElsewhere + [onceHere])
    #expect(baseline.account("111111111111")?.isMature == true)
    #expect(baseline.account(account)?.isMature == false)
    let index = BaselineIndex(baseline)
    let newThere = index.compare(
      Sample.observation(
        Sample.time(day: 91), account: account, actor: "slr:config",
        event: "config.amazonaws.com:PutConfigRule",
        source: "svc:config.amazonaws.com"))
    #expect(newThere.normality == .undetermined)
    #expect(newThere.newDimensions == [.event])
    let newToTheActor = index.compare(Sample.observation(Sample.time(day: 91), account: account))
    #expect(newToTheActor.normality == .variant)
    #expect(newToTheActor.newDimensions == [.account])
    let seenOnce = index.compare(
      Sample.observation(Sample.time(day: 91), account: account, region: "eu-west-2"))
    #expect(seenOnce.normality == .undetermined)
    #expect(seenOnce.priorObservations == 1)
  }

  @Test(arguments: [1, 2, 10, 100])
  func `planted critical outcomes change no verdict`(repeats: Int) throws {
    let usual = (0..<84).map { day in
      Sample.observation(
        Sample.time(day: day), actor: "sso:Admin", event: "iam.amazonaws.com:ListUsers", source: "corp:hq")
    }
    func planted(on days: [Int]) -> [Observation] {
      days.flatMap { day in
        (0..<repeats).map {
          Sample.observation(
            Sample.time(day: day, hour: 9, minute: $0 % 60), actor: "sso:Admin",
            event: "iam.amazonaws.com:CreateAccessKey", source: "corp:hq", override: .identity,
            id: "\(day)-\($0)")
        }
      }
    }
    let next = Sample.observation(
      Sample.time(day: 91), actor: "sso:Admin", event: "iam.amazonaws.com:CreateAccessKey", source: "corp:hq",
      override: .identity)
    let plain = BaselineIndex(try Sample.baseline(usual)).compare(next)
    #expect(plain.normality == .variant)
    #expect(plain.newDimensions == [.event])
    // Days without a beat: three exactly a month apart are what a monthly rotation looks like.
    for days in [
      [50], [50, 51], [10, 30, 70], [3, 30, 52, 80], [3, 22, 44, 61, 83], [84, 85, 86, 87, 88], [88, 89],
    ] {
      let comparison = BaselineIndex(try Sample.baseline(usual + planted(on: days))).compare(next)
      #expect(comparison.normality == plain.normality, "\(days)")
      #expect(comparison.newDimensions == plain.newDimensions, "\(days)")
      #expect(comparison.priorObservations == days.count * repeats)
    }
    let spread = BaselineIndex(try Sample.baseline(usual + planted(on: [1, 13, 29, 40, 58, 71, 80]))).compare(
      next)
    #expect(spread.normality == .established)
  }
}
