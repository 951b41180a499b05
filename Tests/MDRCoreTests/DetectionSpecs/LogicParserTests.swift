import Testing

@testable import MDRCore

@Suite struct LogicParserTests {
  private func error(_ text: String) -> LogicError? {
    do throws(LogicError) {
      _ = try LogicParser.parse(text)
      return nil
    } catch {
      return error
    }
  }

  @Test func `and binds tighter than or, not tighter than both`() throws {
    let expression = try LogicParser.parse("mfa or not read_only and region = \"global\"")
    let flag = ValueTest.equals(.flag(true))
    #expect(
      expression
        == .either([
          .comparison(FactPath(.field(.mfa)), flag),
          .all([
            .not(.comparison(FactPath(.field(.readOnly)), flag)),
            .comparison(FactPath(.field(.region)), .equals(.text("global"))),
          ]),
        ]))
  }

  @Test func `a field has two spellings and one meaning`() throws {
    #expect(try LogicParser.parse("eventName = \"A\"") == LogicParser.parse("event_name = 'A'  # a comment"))
    #expect(
      try LogicParser.parse("userIdentity.invokedBy exists") == LogicParser.parse("invoked_by exists"))
  }

  @Test(arguments: [
    "any requestParameters.items[] (.a = 1 and any .b[] (. like \"x*\"))",
    "requestParameters.\"x-amz acl\"[] in (\"a\", 2, true) and not (errorCode missing or mfa)",
    "policy_allows(requestParameters.policy, principal: \"*\", action: \"s3:*\", resource: \"*\")",
    "policy_allows(requestParameters.policy, federated: \"*x\", without_condition: \"y:sub\")",
    "port_open(22, 3389) or port_beyond(80) or port_open()",
    "baseline.count < 5 and baseline.new(source) or baseline.rare",
    "requestParameters.userName != userIdentity.userName and target.user like \"?\\\"quoted\\\"\"",
    "archetype not in (\"bastion\") and requestParameters.days <= -1.5",
  ])
  func `what is written out reads as the same expression`(text: String) throws {
    let expression = try LogicParser.parse(text)
    #expect(try LogicParser.parse(expression.description) == expression)
  }

  @Test(arguments: [
    ("eventNme = \"x\"", 1, 1, "eventNme is no field of an observation and no path"),
    ("event_name = \"x\"\n  and", 2, 6, "the end can't start a condition"),
    ("event_name = \"x", 1, 14, "a text without its closing quote"),
    ("event_name \"x\"", 1, 12, "\"x\" is no test of event_name"),
    ("(mfa", 1, 5, ") is missing before the end"),
    ("mfa mfa", 1, 5, "mfa follows a complete condition"),
    (".port = 1", 1, 1, ".port starts with a dot outside any ( … )"),
    ("any requestParameters.items (.a = 1)", 1, 5, "any needs an array"),
    ("account_id = 111122223333", 1, 14, "111122223333 is too long for a number"),
    ("port_open(70000)", 1, 11, "70000 is no port"),
    ("cidr_wrld(requestParameters.a)", 1, 1, "there is no function cidr_wrld"),
    ("policy_allows(requestParameters.a)", 1, 1, "policy_allows asks for nothing"),
    ("baseline.new(colour)", 1, 14, "colour is no dimension"),
    ("baseline.first", 1, 1, "the baseline doesn't answer baseline.first"),
    ("requestParameters..a exists", 1, 1, "requestParameters..a has an empty segment"),
    ("mfa & mfa", 1, 5, "& belongs to no word of the language"),
    ("", 1, 1, "the end can't start a condition"),
  ])
  func `a mistake is reported with its place and a mend`(text: String, line: Int, column: Int, reason: String)
    throws
  {
    let found = error(text)
    let error = try #require(found)
    #expect(error.line == line)
    #expect(error.column == column)
    #expect(error.reason == reason)
    #expect(!error.mend.isEmpty)
  }

  @Test func `a near field is suggested`() {
    #expect(error("actortype = \"root\"")?.mend == "did you mean actor or actor_type?")
  }
}
