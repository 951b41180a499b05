import Testing

@testable import MDRCore

@Suite
struct CorrelationParserTests {
  @Test(
    arguments: [
      "event_name = \"GetObject\" | count of requestParameters.key >= 50 by account_id, actor within 10 minutes",
      "event_name = \"ListBuckets\" | count >= 5 by session within 60 minutes",
      "event_name = \"GetSecretValue\" | count >= 5 by person_or_actor within 60 minutes",
      "event_name = \"UpdateTrail\" | changes lowered(requestParameters.isMultiRegionTrail) or "
        + "changed(requestParameters.s3BucketName) by account_id, requestParameters.name",
    ])
  func `a clause prints as it is written`(_ text: String) throws {
    let parts = text.split(separator: "|").map { $0.trimmed }
    let rule = try LogicParser.parseRule(parts.joined(separator: "\n"))
    #expect(rule.expression.description == parts[0])
    #expect(rule.correlation?.description == parts[1])
  }

  @Test func `a sequence prints as it is written, and an event counts for any of its steps`() throws {
    let text = """
      sequence by identity_path within 1440 minutes
      step "key" event_name = "CreateAccessKey"
      step "role" event_name = "AssumeRole" and cross_account = true
      """
    let rule = try LogicParser.parseRule(text)
    #expect(rule.correlation?.description == text)
    #expect(rule.expression.gate.names == .only(["CreateAccessKey", "AssumeRole"]))
  }

  @Test(
    arguments: [
      ("event_name = \"A\" count >= 1 by actor within 5 minutes", "1 is no threshold"),
      ("event_name = \"A\" count >= 5 within 5 minutes", "by is missing before within"),
      ("event_name = \"A\" count >= 5 by actor", "within is missing before the end"),
      ("event_name = \"A\" count >= 5 by actor within 5 weeks", "weeks is no unit of time"),
      ("event_name = \"A\" count >= 5 by actor within 90 days", "a window of 90 days"),
      ("event_name = \"A\" changes shrunk(requestParameters.x) by actor", "shrunk is no change"),
      ("sequence by actor within 5 minutes step \"a\" event_name = \"A\"", "a sequence of 1 steps"),
      (
        "sequence by actor within 5 minutes step \"a\" event_name = \"A\" step \"a\" event_name = \"B\"",
        "two steps are named a"
      ),
      (
        "event_name = \"A\" count >= 5 by actor within 5 minutes or event_name = \"B\"",
        "or follows a complete"
      ),
    ])
  func `mistakes name their mend`(_ text: String, _ reason: String) {
    let error = #expect(throws: LogicError.self) { try LogicParser.parseRule(text) }
    #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
    #expect(error?.mend.isEmpty == false)
  }
}
