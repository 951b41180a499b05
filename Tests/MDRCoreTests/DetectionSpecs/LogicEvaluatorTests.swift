import Testing

@testable import MDRCore

@Suite struct LogicEvaluatorTests {
  private func truth(_ logic: String, _ request: String, lists: EvaluationLists = .init()) throws -> Truth {
    try EventFacts.made("X", request: request).judge(logic, lists: lists).truth
  }

  @Test(arguments: [
    (#"requestParameters.a = true"#, #"{"a":"true"}"#, true),
    (#"requestParameters.a = 7"#, #"{"a":"7"}"#, true),
    (#"requestParameters.a = "7""#, #"{"a":7}"#, true), (#"requestParameters.a = "X""#, #"{"a":"x"}"#, false),
    (#"requestParameters.a contains "dMi""#, #"{"a":"Admin"}"#, true),
    (#"requestParameters.a like "a*n""#, #"{"a":"Admin"}"#, true),
    (#"requestParameters.a like "a?n""#, #"{"a":"Admin"}"#, false),
    (#"requestParameters.a != 1"#, #"{}"#, true), (#"requestParameters.a[] != 1"#, #"{"a":[1,2]}"#, false),
    (#"requestParameters.a[] = 2"#, #"{"a":[1,2]}"#, true),
    (#"requestParameters.a[].b = 2"#, #"{"a":{"b":2}}"#, true),
    (#"requestParameters.a.b = 2"#, #"{"a":[{"b":2}]}"#, false),
    (#"requestParameters.a missing"#, #"{"a":null}"#, true),
    (#"requestParameters.a[] missing"#, #"{"a":[]}"#, true),
    (#"requestParameters.a < 10"#, #"{"a":"9"}"#, true), (#"requestParameters.a < 10"#, #"{}"#, false),
    (#"requestParameters.a = requestParameters.b"#, #"{"a":"x","b":"x"}"#, true),
    (#"requestParameters.a != requestParameters.b"#, #"{"a":"x"}"#, true),
  ])
  func `values compare as the literal says`(logic: String, request: String, expected: Bool) throws {
    #expect(try truth(logic, request) == (expected ? .yes : .no))
  }

  @Test func `conditions of any hold for one and the same element`() throws {
    let logic = "any requestParameters.items[] (.port = 22 and .open = true)"
    #expect(try truth(logic, #"{"items":[{"port":22,"open":false},{"port":80,"open":true}]}"#) == .no)
    #expect(try truth(logic, #"{"items":[{"port":80,"open":true},{"port":22,"open":true}]}"#) == .yes)
  }

  @Test(arguments: [
    ("0.0.0.0/0", true), ("::/0", true), ("0:0:0:0:0:0:0:0/0", true), ("2000::/3", true),
    ("0.0.0.0/1", false),
    ("0.0.0.0/00", true), ("10.0.0.0/8", false), ("203.0.113.0/0", true), ("0.0.0.0", false),
    ("nonsense", false),
    ("::/1", true), ("8000::/1", false), ("0.0.0.0/33", false),
  ])
  func `the world is a matter of prefix length`(cidr: String, expected: Bool) throws {
    #expect(try truth("cidr_world(requestParameters.c)", #"{"c":"\#(cidr)"}"#) == (expected ? .yes : .no))
  }

  @Test(arguments: [
    (["0.0.0.0/1", "128.0.0.0/1"], true), (["128.0.0.0/1", "0.0.0.0/2", "64.0.0.0/2"], true),
    (["0.0.0.0/1", "128.0.0.0/2"], false), (["0.0.0.0/1", "0.0.0.0/1"], false),
    (["2000::/4", "3000::/4"], true),
  ])
  func `halves add up`(cidrs: [String], expected: Bool) throws {
    let request = JSONValue.object(["c": JSONValue(cidrs)]).compactText
    #expect(try truth("cidr_world(requestParameters.c[])", request) == (expected ? .yes : .no))
  }

  @Test func `a block wider than any organisation is broad, a large private one is not`() throws {
    #expect(try truth("cidr_broad(requestParameters.c)", #"{"c":"128.0.0.0/2"}"#) == .yes)
    #expect(try truth("cidr_broad(requestParameters.c)", #"{"c":"10.0.0.0/8"}"#) == .no)
    let apart = #"{"c":["10.0.0.0/8","10.0.0.0/9","172.16.0.0/12","192.168.0.0/16","100.64.0.0/10"]}"#
    #expect(try truth("cidr_broad(requestParameters.c[])", apart) == .no)
    #expect(try truth("cidr_broad(requestParameters.c[])", #"{"c":["11.0.0.0/8","203.0.0.0/8"]}"#) == .yes)
  }

  @Test(arguments: [
    (#"{"ipProtocol":"tcp","fromPort":20,"toPort":25}"#, true), (#"{"ipProtocol":"-1"}"#, true),
    (#"{"ipProtocol":"tcp","fromPort":80,"toPort":80}"#, false),
    (#"{"ipProtocol":"icmp","fromPort":8,"toPort":-1}"#, false),
    (#"{"ipProtocol":"tcp","fromPort":-1,"toPort":-1}"#, true),
    (#"{"aclProtocol":"6","portRange":{"from":22,"to":22}}"#, true),
    (#"{"IpProtocol":"tcp","FromPort":"0","ToPort":"65535"}"#, true), (#"{"groupId":"sg-1"}"#, false),
  ])
  func `ports are read from every spelling of a rule`(rule: String, expected: Bool) throws {
    #expect(try truth("port_open(22)", rule) == (expected ? .yes : .no))
  }

  @Test func `a web port beside another is beyond the web`() throws {
    #expect(try truth("port_beyond(80, 443)", #"{"ipProtocol":"tcp","fromPort":80,"toPort":81}"#) == .yes)
    #expect(try truth("port_beyond(80, 443)", #"{"ipProtocol":"tcp","fromPort":443,"toPort":443}"#) == .no)
  }

  @Test func `without a list of the organisation an account is unknown, its own is not external`() throws {
    let logic = "external_account(requestParameters.a)"
    #expect(try truth(logic, #"{"a":"444455556666"}"#) == .unknown)
    #expect(try truth(logic, #"{"a":"111122223333"}"#) == .no)
    #expect(
      try truth(logic, #"{"a":"arn:aws:iam::444455556666:root"}"#, lists: .init(organisation: [])) == .yes)
    #expect(
      try truth(logic, #"{"a":"444455556666"}"#, lists: .init(organisation: [], partners: ["444455556666"]))
        == .no)
    #expect(try truth("not " + logic, #"{"a":"444455556666"}"#) == .unknown)
    #expect(try truth(logic + " or requestParameters.b = 1", #"{"a":"444455556666","b":1}"#) == .yes)
    #expect(try truth(logic + " and requestParameters.b = 1", #"{"a":"444455556666","b":2}"#) == .no)
  }

  @Test func `the baseline answers only where there is one`() throws {
    let facts = EventFacts.made("X")
    #expect(try facts.judge("baseline.first_seen").truth == .unknown)
    #expect(try facts.judge("baseline.first_seen").matches(withoutBaseline: false) == false)
    #expect(try facts.judge("baseline.first_seen").matches(withoutBaseline: true))
    #expect(try facts.judge("baseline.rare", baseline: BaselineFacts(count: 4)).truth == .yes)
    #expect(try facts.judge("baseline.rare", baseline: BaselineFacts(count: 5)).truth == .no)
    let drifted = BaselineFacts(count: 0, newDimensions: [.source])
    #expect(
      try facts.judge("baseline.new(source) and not baseline.new(region)", baseline: drifted).truth == .yes)
  }

  @Test func `what was cut from the log is unknown, not absent`() throws {
    var facts = EventFacts.made("X")
    facts.isTruncated = true
    #expect(try facts.judge("requestParameters.a = 1").truth == .unknown)
    #expect(try facts.judge("requestParameters.a = 1").causes == .document)
    #expect(try facts.judge("event_name = \"Y\"").truth == .no)
  }

  @Test func `a match says which values decided`() throws {
    let judged = try EventFacts.made("CreateUser", request: #"{"userName":"ops"}"#)
      .judge("event_name = \"CreateUser\" and (mfa or requestParameters.userName like \"o*\")")
    #expect(
      judged.reasons == [
        "event_name = \"CreateUser\" [CreateUser]", "requestParameters.userName like \"o*\" [ops]",
      ])
    #expect(judged.json["parts"]?.elements.count == 2)
  }

  @Test(arguments: [
    ("org-cloudtrail-archive", true), ("CompanyAuditLogs", true), ("/aws/cloudtrail/org", true),
    ("log-archive-eu", true),
    ("vpc_flow_logs", true), ("auditorium-photos", false), ("trailer-assets", false), ("entrails", false),
    ("app-logs", false), ("arn:aws:s3:::audit", true), ("arn:aws:cloudtrail:eu-west-1:1:thing/web", false),
  ])
  func `audit names are told by words`(name: String, expected: Bool) {
    #expect(AuditName.fits(name) == expected)
  }
}
