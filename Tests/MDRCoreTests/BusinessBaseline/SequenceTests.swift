import Testing

@testable import MDRCore

@Suite struct SequenceTests {
  static let rotation = ["CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey"]

  /// One session of changes, a minute apart.
  static func session(
    _ names: [String], day: Int, hour: Int = 9, actor: String = "role:bastion", gap: Int = 1,
    outcome: Outcome = .success
  ) -> [Observation] {
    names.enumerated().map { index, name in
      Sample.observation(
        Sample.time(day: day, hour: hour, minute: index * gap), actor: actor,
        event: "iam.amazonaws.com:\(name)",
        outcome: outcome, session: Sample.time(day: day, hour: hour).iso8601,
        id: "\(actor)-\(day)-\(hour)-\(index)")
    }
  }

  static let monthly = [0, 31, 59].flatMap { session(rotation, day: $0) }

  static func sequences(_ observations: [Observation]) throws -> [EventSequence] {
    try Sample.baseline(observations).sequences.filter { $0.actor != "slr:config" }
  }

  @Test func `a rotation's order is counted by runs and days`() throws {
    let once = Self.session(["CreateAccessKey", "DeleteUser"], day: 40)
    let sequence = try #require(try Self.sequences(Self.monthly + once).first)
    #expect(sequence.title == "CreateAccessKey → UpdateAccessKey → DeleteAccessKey")
    #expect(sequence.events.first == "iam.amazonaws.com:CreateAccessKey")
    #expect((sequence.runs, sequence.runsOfActor, sequence.days, sequence.seconds) == (3, 4, 3, 120))
    #expect(sequence.firstSeen == Sample.time(day: 0, hour: 9))
    #expect(sequence.lastSeen == Sample.time(day: 59, hour: 9, minute: 2))
    #expect(try Self.sequences(Self.monthly + once).count == 1)
  }

  @Test func `a step that repeats at once is one step`() throws {
    let days = [3, 4].flatMap {
      Self.session(["CreateRole", "AttachRolePolicy", "AttachRolePolicy"], day: $0)
    }
    #expect(try Self.sequences(days).map(\.title) == ["CreateRole → AttachRolePolicy"])
  }

  @Test func `refused calls, single steps and orders seen once make no sequence`() throws {
    let refused = [3, 4].flatMap { Self.session(Self.rotation, day: $0, outcome: .denied) }
    let single = [3, 4].flatMap { Self.session(["CreateRole"], day: $0) }
    #expect(try Self.sequences(refused + single + Self.session(Self.rotation, day: 9, hour: 20)).isEmpty)
  }

  @Test func `changes more than half an hour apart are two runs`() throws {
    let days = [3, 4].flatMap { Self.session(["CreateRole", "AttachRolePolicy"], day: $0, gap: 31) }
    #expect(try Self.sequences(days).isEmpty)
  }

  @Test func `a session with too many changes has no order`() throws {
    let days = [3, 4].flatMap { Self.session((0..<51).map { "Call\($0 % 2)" }, day: $0) }
    #expect(try Self.sequences(days).isEmpty)
  }

  @Test func `any order and any split of the observations gives the same sequences`() throws {
    var random = FixedGenerator(state: 5)
    let all =
      Self.monthly
      + (0..<40).flatMap { day in
        Self.session(
          (0..<Int.random(in: 2...4, using: &random)).map { _ in
            ["CreateRole", "AttachRolePolicy", "PutRolePolicy"].randomElement(using: &random) ?? ""
          }, day: day, hour: 12, gap: 0)
      } + [70, 71].flatMap { Self.session((0..<60).map { "Call\($0 % 3)" }, day: $0) }
    let expected = try Self.sequences(all)
    #expect(expected.count > 3)
    for split in [0, 10, 150] {
      let shuffled = all.shuffled(using: &random)
      var one = BaselineBuilder()
      var other = BaselineBuilder()
      for observation in Sample.background() + shuffled.prefix(split) { one.add(observation) }
      for observation in shuffled.dropFirst(split) { other.add(observation) }
      other.merge(one)
      #expect(other.baseline()?.sequences == expected)
    }
  }

  @Test func `an actor's sequences are bounded, the most frequent first`() throws {
    var many: [Observation] = []
    for number in 0..<30 {
      for day in 0..<(number == 7 ? 3 : 2) {
        many += Self.session(["CreateRole", "Tag\(number)"], day: day * 3 + number, hour: number % 24)
      }
    }
    let sequences = try Self.sequences(many)
    #expect(sequences.count == SequenceCollector.sequencesPerActor)
    #expect(sequences.first?.title == "CreateRole → Tag7")
  }

  @Test func `the book answers with the orders of an account's actor`() throws {
    let book = SequenceBook(try Sample.baseline(Self.monthly))
    let next = Self.session(Self.rotation, day: 91)
    let match = book.match(
      account: "111111111111", actor: "role:bastion", events: SequenceBook.steps(of: next.reversed()))
    #expect(match?.runs == 3)
    let other = SequenceBook.steps(of: next.dropFirst())
    #expect(book.match(account: "111111111111", actor: "role:bastion", events: other) == nil)
    let event = "iam.amazonaws.com:CreateAccessKey"
    #expect(book.orders(account: "111111111111", actor: "role:bastion", with: event).count == 1)
    #expect(book.orders(account: "222222222222", actor: "role:bastion", with: event).isEmpty)
  }

  @Test func `sequences read back as they were written and are printed`() throws {
    let baseline = try Sample.baseline(Self.monthly)
    for sequence in baseline.sequences { #expect(EventSequence(json: sequence.json) == sequence) }
    let page = OperatingModel(baseline, inventory: Inventory()).document.rendered
    #expect(
      page.contains(
        "| `role:bastion` | `CreateAccessKey → UpdateAccessKey → DeleteAccessKey` | 3 of 3 | 3 | 2 min |"))
  }

  /// A finding about key creation by the bastion, on the day after the baseline.
  static func finding(_ names: [String]) throws -> Finding {
    let baseline = try Sample.baseline(monthly)
    var triage = Triage(
      index: BaselineIndex(baseline), since: Sample.time(day: 90, hour: 0), inventory: nil,
      detector: try Detector(directory: nil, inventory: nil))
    var check = SequenceCheck(baseline, since: Sample.time(day: 90, hour: 0))
    for observation in session(names, day: 90) {
      triage.add(observation)
      check.add(observation)
    }
    let findings = check.completed(try triage.finish(caveats: []).findings)
    return try #require(findings.first { $0.eventNames.contains("CreateAccessKey") })
  }

  @Test func `a finding says whether its order is the usual one, with numbers`() throws {
    let same = try Self.finding(Self.rotation)
    #expect(
      same.whyDifferent.contains(
        "The order of the changes is one that the baseline knows: CreateAccessKey → UpdateAccessKey → DeleteAccessKey in 3 of this actor's 3 runs."
      ), "\(same.whyDifferent)")
    let other = try Self.finding(["CreateAccessKey", "AttachUserPolicy"])
    #expect(
      other.whyDifferent.contains(
        "The order of the changes is not the usual one in 1 of 1 run: CreateAccessKey → AttachUserPolicy; the baseline has CreateAccessKey → UpdateAccessKey → DeleteAccessKey in 3 of this actor's 3 runs."
      ), "\(other.whyDifferent)")
  }
}
