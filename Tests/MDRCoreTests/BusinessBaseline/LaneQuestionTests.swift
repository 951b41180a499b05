import Testing

@testable import MDRCore

@Suite struct LaneQuestionTests {
  /// The build server makes roles on many days, and once deletes a snapshot; two services know that event.
  private static func baseline() throws -> Baseline {
    var observations = (0..<40).map { Sample.observation(Sample.time(day: $0 * 2)) }
    observations.append(Sample.observation(Sample.time(day: 3), event: "ec2.amazonaws.com:DeleteSnapshot"))
    observations.append(
      Sample.observation(
        Sample.time(day: 4), actor: "sso:Admin", event: "redshift.amazonaws.com:DeleteSnapshot",
        source: "corp:office", region: "eu-west-1"))
    var baseline = try Sample.baseline(observations)
    baseline.accounts[0].name = "payments"
    return baseline
  }

  private static func ask(
    _ texts: [Dimension: String], limit: Int = 10
  ) throws -> (question: LaneQuestion, answer: LaneQuestion.Answer) {
    let baseline = try baseline()
    let question = try LaneQuestion(texts, of: baseline)
    return (question, question.answer(from: baseline, limit: limit))
  }

  @Test func `a tuple that was seen is counted, with every subset`() throws {
    let answer = try Self.ask([.actor: "role:build-server", .event: "iam.amazonaws.com:CreateRole"]).answer
    #expect(answer.whole.observations == 40)
    #expect(answer.days == 40)
    #expect(answer.lanes.map(\.key.source) == ["owned:build"])
    let counts = Dictionary(
      uniqueKeysWithValues: answer.subsets.map { ($0.dimensions.name, $0.tally.observations) })
    #expect(counts == ["actor×event": 40, "actor": 41, "event": 40])
  }

  @Test func `a tuple that was not seen names the nearest lanes, the same job elsewhere first`() throws {
    let (question, answer) = try Self.ask(
      [.actor: "role:build-server", .event: "CreateRole", .source: "ip:203.0.113.9", .region: "us-east-1"])
    #expect(answer.whole.observations == 0)
    #expect(answer.lanes.isEmpty)
    #expect(question.asked.first { $0.dimension == .source }?.match == AskedDimension.Match.none)
    #expect(answer.nearest.first?.departure == .source)
    #expect(answer.nearest.first?.lane.key.event == "iam.amazonaws.com:CreateRole")
    #expect(answer.subsets.first { $0.dimensions == [.actor, .event, .region] }?.tally.observations == 40)
    #expect(answer.subsets.first { $0.dimensions == .source }?.tally.observations == 0)
  }

  @Test(arguments: [
    (Dimension.account, "payments", "111111111111"), (.actor, "Build-Server", "role:build-server"),
    (.event, "createrole", "iam.amazonaws.com:CreateRole"),
    (.event, "iam:CreateRole", "iam.amazonaws.com:CreateRole"), (.source, "office", "corp:office"),
  ])
  func `short forms are understood`(dimension: Dimension, text: String, value: String) throws {
    let asked = try #require(try Self.ask([dimension: text]).question.asked.first)
    #expect(asked.values == [value])
    #expect(asked.match == .short)
  }

  @Test func `a short form that means two things is refused with both`() {
    let error = #expect(throws: CommandError.self) { try Self.ask([.event: "DeleteSnapshot"]) }
    #expect(error?.code == .usage)
    #expect(error?.problem.contains("ec2.amazonaws.com:DeleteSnapshot or redshift") == true)
  }

  @Test func `a glob takes all that fit`() throws {
    let (question, answer) = try Self.ask([.event: "*DeleteSnap?hot"])
    #expect(question.asked[0].match == .glob)
    #expect(question.asked[0].values.count == 2)
    #expect(answer.whole.observations == 2)
  }

  @Test func `lists keep to their limit`() throws {
    let answer = try Self.ask([.region: "*"], limit: 1).answer
    #expect(answer.lanes.count == 1)
    #expect(answer.whole.lanes == 4)
  }

  @Test func `nothing asked is a wrong command line`() {
    #expect(throws: CommandError.self) { try Self.ask([:]) }
  }

  @Test func `what was asked cannot break out of its cell`() throws {
    let baseline = try Self.baseline()
    let question = try LaneQuestion([.actor: "x` | <b>\n# Approved"], of: baseline)
    let page = question.document(question.answer(from: baseline), baseline: baseline).rendered
    #expect(!page.contains("\n# Approved"))
    #expect(!page.contains("x` | <b>"))
  }
}
