import Testing

@testable import MDRCore

@Suite struct PolicyStatementTests {
  private static let lists = EvaluationLists(
    organisation: ["111122223333", "222233334444"], partners: ["333344445555"])

  private func truth(_ logic: String, _ statement: String, lists: EvaluationLists = lists) throws -> Truth {
    try EventFacts.made("X", request: #"{"p":{"Statement":\#(statement)}}"#).judge(logic, lists: lists).truth
  }

  @Test(arguments: [
    (#"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}"#, true),
    (#"{"Effect":"Allow","Principal":{"AWS":["x","*"]},"Action":"s3:GetObject"}"#, true),
    (#"{"Effect":"Deny","Principal":"*","Action":"s3:GetObject"}"#, false),
    (#"{"Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::1:root"},"Action":"s3:*"}"#, true),
    (#"{"Effect":"Allow","Principal":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}"#, false),
    (
      #"{"Effect":"Allow","Principal":"*","Condition":{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}}"#,
      true
    ),
    (
      #"{"Effect":"Allow","Principal":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}}"#,
      true
    ),
    (#"{"Effect":"Allow","Principal":"*","Condition":{"StringLike":{"aws:PrincipalArn":"*"}}}"#, true),
    (#"{"Effect":"Allow","Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}}"#, true),
    (
      #"{"Effect":"Allow","Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":["198.51.100.0/24"]}}}"#,
      false
    ),
    (#"{"Effect":"Allow","Principal":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}"#, true),
    (#"{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"}}"#, false),
    (#"{"Effect":"Allow","Principal":"*","Condition":{"StringLike":{"aws:PrincipalOrgID":"o-*"}}}"#, true),
    (
      #"{"Effect":"Allow","Principal":"*","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/ops"}}}"#,
      true
    ),
    (
      #"{"Effect":"Allow","Principal":"*","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}}"#,
      false
    ),
    (
      #"{"Effect":"Allow","Principal":"*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:s3:*:*:orders"}}}"#,
      false
    ),
    (
      #"{"Effect":"Allow","Principal":"*","Condition":{"Bool":{"elasticfilesystem:AccessedViaMountTarget":"true"}}}"#,
      false
    ),
    (
      #"{"Effect":"Allow","Principal":"*","Condition":{"Bool":{"elasticfilesystem:AccessedViaMountTarget":false}}}"#,
      true
    ),
    (#"{"Effect":"Allow","Principal":"*","Condition":{"Bool":{"aws:PrincipalIsAWSService":"true"}}}"#, false),
    (#"{"Effect":"Allow","Principal":"*","Condition":{"StringEquals":{"aws:VpceOrgID":"o-1"}}}"#, false),
  ])
  func `anyone is let in by one whole statement`(statement: String, expected: Bool) throws {
    #expect(
      try truth("policy_allows(requestParameters.p, principal: \"*\")", statement) == (expected ? .yes : .no))
    #expect(
      try truth("policy_allows(requestParameters.p, principal: \"*\")", "[\(statement)]")
        == (expected ? .yes : .no))
  }

  @Test(arguments: [
    ("*", true), ("", true), ("arn:*", true), ("arn:aws:*", true),
    ("arn:aws:*:*:*:*", true), ("arn:aws:s3:::*", true), ("arn:aws:s3:::orders-*", false), ("repo:*", true),
    ("repo:*/*", true), ("*:acme/*", true), ("r*", true), ("organization:*", true),
    ("organization:acme:*", false),
    ("project_path:*/x:ref_type:tag", true), ("a*", true), ("arn*", true), ("*role*", true), ("vpce-*", true),
    ("vpce-0a1b2c3d", false), ("AROA*", true), ("AROAEXAMPLEEXAMPLEID:*", false), ("9*", true),
    ("99990000111?", true), ("999900001111", false), ("arn:aws:iam:*", true), ("arn:aws:???::*:root", true),
    ("arn:aws:iam::99990000111?:root", true), ("arn:aws*:iam::111122223333:role/*", false),
    ("${aws:PrincipalAccount}", true), ("${aws:principalorgid}", true), ("${aws:ResourceOrgID}", false),
    ("arn:aws:iam::${aws:PrincipalAccount}:root", true), ("arn:aws:iam::${aws:PrincipalAccount}:*", true),
    ("arn:aws:iam::111122223333:user/${aws:username}", false), ("ops-*", true), ("o*", true), ("*-x", true),
    ("a?", true), ("arn:?", true), ("system:serviceaccount:*", false), ("2000::/3", false),
    ("203.0.113.0/24", false),
    ("repo:*:ref:refs/heads/main", true), ("repo:acme/*", false), ("repo:acme*/x", false), ("o-*", true),
    ("o-abc*", false), ("False", true),
    ("arn:aws:iam::*:root", true), ("arn:aws-us-gov:sts::*:assumed-role/x/y", true),
    ("arn:aws:iam::*", true),
    ("arn:aws:iam::111122223333:*", false), ("arn:aws:sns:*:*:topic", false),
  ])
  func `a value that fits everybody narrows nothing, here and in the exports' expression`(
    value: String, expected: Bool
  ) throws {
    #expect(PolicyStatement.isOpen(value) == expected)
    #expect((try Regex(PolicyStatement.openValue).wholeMatch(in: value) != nil) == expected)
  }

  @Test func `principal and action have to stand in the same statement`() throws {
    let split =
      #"[{"Effect":"Allow","Principal":"*","Action":"s3:ListBucket"},{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:*"}]"#
    #expect(try truth("policy_allows(requestParameters.p, principal: \"*\", action: \"s3:*\")", split) == .no)
    #expect(
      try truth("policy_allows(requestParameters.p, principal: account_root, action: \"s3:*\")", split)
        == .yes)
  }

  @Test(arguments: [
    ("\"iam:*\"", "iam:PassRole", true), ("\"iam:Pass*\"", "iam:PassRole", true),
    ("\"IAM:passrole\"", "iam:PassRole", true),
    ("\"iam:PassRole\"", "iam:*", false), ("\"*\"", "*", true), ("[\"s3:Get*\",\"*:*\"]", "*", true),
    ("\"s3:*\"", "*", false),
  ])
  func `a wildcard grants what it covers and no more`(action: String, asked: String, expected: Bool) throws {
    let statement = #"{"Effect":"Allow","Action":\#(action),"Resource":"*"}"#
    #expect(
      try truth("policy_allows(requestParameters.p, action: \"\(asked)\")", statement)
        == (expected ? .yes : .no))
  }

  @Test(arguments: [
    ("*", true), ("**", true), ("a*", true), ("arn*", true), ("a?", false), ("arn:*", true),
    ("arn:aws:*", true), ("arn:aws:*:*:*:*", true),
    ("arn:aws:s3:::*", false), ("arn:aws:iam::111122223333:*", false), ("arn:aws:", false),
  ])
  func `every resource may be spelled as an ARN`(resource: String, expected: Bool) throws {
    let statement = #"{"Effect":"Allow","Action":"*","Resource":"\#(resource)"}"#
    #expect(
      try truth("policy_allows(requestParameters.p, action: \"*\", resource: \"*\")", statement)
        == (expected ? .yes : .no))
    let isARN = try Regex(PolicyStatement.everyARN).wholeMatch(in: resource) != nil
    #expect(isARN == (expected && resource.first != "*"))
  }

  @Test(arguments: [
    ("iam:*", "arn:aws:iam::111122223333:*", true), ("*", "arn:aws:iam::*:*", true),
    ("iam:PassRole", "arn:aws:iam::*:role/*", false), ("iam:PutRolePolicy", "arn:aws:iam::*:role/*", true),
    ("sts:AssumeRole", "arn:aws:iam::*:role/*", true),
    ("iam:PassRole", "arn:aws:iam::111122223333:role/app-*", false),
    ("iam:PutRolePolicy", "arn:aws:iam::111122223333:user/*", false),
    ("iam:PassRole", "arn:aws:iam::111122223333:*", true), ("*", "arn:aws:iam::*", true),
    ("iam:*", "arn:aws:iam:*", true), ("iam:*", "arn:aws:s3:*", false),
    ("iam:CreateAccessKey", "arn:aws:iam::111122223333:user/*", true), ("s3:*", "arn:aws:s3:::*", false),
  ])
  func `all that an action of IAM can be about is everything`(
    action: String, resource: String, expected: Bool
  ) throws {
    let statement = #"{"Effect":"Allow","Action":"\#(action)","Resource":"\#(resource)"}"#
    let asked = action == "*" ? "iam:*" : action
    #expect(
      try truth("policy_allows(requestParameters.p, action: \"\(asked)\", resource: \"*\")", statement)
        == (expected ? .yes : .no))
  }

  @Test(arguments: [
    #"{"statement":{"effect":"Allow","principal":"*","action":"s3:*"}}"#,
    #"{"STATEMENT":[{"EFFECT":"allow","PRINCIPAL":{"aws":"*"},"ACTION":"s3:*"}]}"#,
    #"{"Statement":[{"Effect":"Allow","notprincipal":{"AWS":"x"},"Action":"s3:*"}]}"#,
    #"{"Statement":[{"Effect":"Allow","Principal":{"*":"*"},"Action":"s3:*"}]}"#,
    #"{"Statement":[{"Effect":"Allow","Principal":{"AWS":" * "},"Action":"s3:*"}]}"#,
    #"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::*:root"},"Action":"s3:*"}]}"#,
    // Which of two elements of one name counts is the reader's choice: both are looked at.
    #"{"Statement":[{"Effect":"Allow","Principal":"*","Principal":{"AWS":"x"},"Action":"s3:*"}]}"#,
    #"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Principal":{"AWS":"x"},"Action":"s3:*"}]}"#,
    #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*"}],"Statement":[]}"#,
    #"{"Statement":[{"Effect":"Deny","Effect":"Allow","Principal":"*","Action":"s3:*"}]}"#,
    "\u{FEFF} {\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\"}]}",
  ])
  func `no spelling hides what a policy in a text grants`(policy: String) throws {
    let request = JSONValue.object(["p": .string(policy)]).compactText
    let judged = try EventFacts.made("X", request: request)
      .judge("policy_allows(requestParameters.p, principal: \"*\", action: \"s3:*\")", lists: Self.lists)
    #expect(judged.truth == .yes)
  }

  @Test func `a provider of another account lets that account's people in`() throws {
    let statement =
      #"{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::999900001111:saml-provider/x"}}"#
    #expect(try truth("policy_external(requestParameters.p)", statement) == .yes)
  }

  @Test(arguments: [("0.0.0.0/1", true), ("198.51.100.0/24", false), ("::/1", true)])
  func `addresses narrow a statement where they aren't half the internet`(block: String, expected: Bool)
    throws
  {
    let statement =
      #"{"Effect":"Allow","Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":"\#(block)"}}}"#
    #expect(
      try truth("policy_allows(requestParameters.p, principal: \"*\")", statement) == (expected ? .yes : .no))
  }

  @Test func `all actions but some is nearly all`() throws {
    let statement = #"{"Effect":"Allow","NotAction":"organizations:*","Resource":"*"}"#
    #expect(
      try truth("policy_allows(requestParameters.p, action: \"*\", resource: \"*\")", statement) == .yes)
    #expect(
      try truth("policy_allows(requestParameters.p, action: \"organizations:LeaveOrganization\")", statement)
        == .no)
  }

  @Test(arguments: [
    ("111122223333", Truth.no), ("arn:aws:iam::222233334444:root", .no),
    ("arn:aws:iam::333344445555:role/x", .no),
    ("arn:aws:iam::999900001111:role/x", .yes), ("999900001111", .yes), ("AIDAEXAMPLE", .no),
  ])
  func `an outsider is neither of the organisation nor a partner`(principal: String, expected: Truth) throws {
    let statement = #"{"Effect":"Allow","Principal":{"AWS":"\#(principal)"}}"#
    #expect(try truth("policy_external(requestParameters.p)", statement) == expected)
  }

  @Test(arguments: [
    // As the documentation of each service gives its bucket policy.
    (#""arn:aws:iam::127311923021:root""#, #""s3:PutObject""#, Truth.no),
    (#""127311923021""#, #"["s3:PutObject"]"#, .no),
    (#""arn:aws-cn:iam::638102146993:root""#, #""S3:putobject""#, .no),
    (#""arn:aws:iam::086441151436:root""#, #"["s3:GetBucketAcl","s3:PutObject"]"#, .no),
    (#""arn:aws:iam::193672423079:user/logs""#, #"["s3:PutObject","s3:GetBucketAcl"]"#, .no),
    (#""arn:aws:iam::386209384616:root""#, #"["s3:GetBucketAcl","s3:GetBucketPolicy"]"#, .no),
    // More than delivery, somebody else, or both.
    (#""arn:aws:iam::127311923021:root""#, #""s3:*""#, .yes),
    (#""arn:aws:iam::127311923021:root""#, #""s3:Put*""#, .yes),
    (#""arn:aws:iam::127311923021:root""#, #"["s3:PutObject","s3:GetObject"]"#, .yes),
    (#""arn:aws:iam::127311923021:root""#, "[]", .yes),
    (#""arn:aws:iam::127311923021:role/x""#, #""s3:PutObject""#, .yes),
    (#""arn:aws:iam::193672423079:root""#, #""s3:PutObject""#, .yes),
    (#""arn:aws:iam::999900001111:root""#, #""s3:PutObject""#, .yes),
    (#"["arn:aws:iam::127311923021:root","999900001111"]"#, #""s3:PutObject""#, .yes),
    (#""*""#, #""s3:PutObject""#, .yes),
  ])
  func `accounts that deliver AWS's own logs are no outsiders for that alone`(
    principal: String, action: String, expected: Truth
  ) throws {
    let statement = #"{"Effect":"Allow","Principal":{"AWS":\#(principal)},"Action":\#(action)}"#
    #expect(try truth("policy_external(requestParameters.p)", statement) == expected)
    let unknown = try truth("policy_external(requestParameters.p)", statement, lists: EvaluationLists())
    #expect(unknown == (expected == .yes && principal != #""*""# ? .unknown : expected))
    let open = statement.replacing(#""Action""#, with: #""NotAction""#)
    #expect(try truth("policy_external(requestParameters.p)", open) == .yes)
  }

  @Test func `the table of accounts that deliver logs names each once, with its source`() throws {
    let rows = Content.table("detection-specs/references/log-delivery-accounts.tsv")
    #expect(rows.count == Set(rows.compactMap { $0["account"] }).count)
    for row in rows {
      let account = try #require(row["account"])
      #expect(account.utf8.count == 12 && account.utf8.allSatisfy { (0x30...0x39).contains($0) })
      #expect(row["source"]?.hasPrefix("https://docs.aws.amazon.com/") == true)
    }
  }

  @Test(arguments: [
    "127311923021", "arn:aws:iam::127311923021:root", "arn:aws:iam::193672423079:user/logs",
    "arn:aws:iam::127311923021:user/logs", "193672423079", "arn:aws:iam::193672423079:root",
    "arn:aws:iam::127311923021:role/x", "999900001111", "x127311923021", "arn:aws:iam::127311923021:rootless",
  ])
  func `exports know the same accounts`(principal: String) throws {
    let delivery = LogDelivery.reviewed
    let matches = try Regex(delivery.pattern).wholeMatch(in: principal) != nil
    #expect(matches == delivery.holds(principal))
  }

  @Test func `a condition that names an outsider's account lets the outsider in`() throws {
    let statement =
      #"{"Effect":"Allow","Principal":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"999900001111"}}}"#
    #expect(try truth("policy_external(requestParameters.p)", statement) == .yes)
    #expect(try truth("policy_allows(requestParameters.p, principal: \"*\")", statement) == .no)
  }

  @Test(arguments: [
    (#"{"StringEquals":{"aws:PrincipalAccount":"999900001111"}}"#, Truth.yes),
    (#"{"StringEquals":{"AWS:principalaccount":["222233334444","999900001111"]}}"#, .yes),
    (#"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::999900001111:role/*"}}"#, .yes),
    (#"{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:eu-west-1:999900001111:orders"}}"#, .yes),
    (#"{"StringEquals":{"aws:PrincipalAccount":"222233334444"}}"#, .no),
    (#"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::333344445555:role/x"}}"#, .no),
    (#"{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::orders"}}"#, .no),
    // Who is kept out is not let in.
    (#"{"StringNotEquals":{"aws:PrincipalAccount":"999900001111"}}"#, .no),
  ])
  func `an outsider may be named in the condition on everybody`(condition: String, expected: Truth) throws {
    let statement = #"{"Effect":"Allow","Principal":"*","Condition":\#(condition)}"#
    #expect(
      try truth("policy_allows(requestParameters.p, principal: external)", statement) == expected)
  }

  @Test(arguments: [
    #"{"p":"{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\"}}"}"#,
    #"{"p":"%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%22%2A%22%7D%5D%7D"}"#,
    #"{"p":" %7B%0A%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22,%22Principal%22:+%22*%22%7D%7D"}"#,
  ])
  func `a document may be text, encoded or not`(request: String) throws {
    #expect(
      try EventFacts.made("X", request: request).judge("policy_allows(requestParameters.p, principal: \"*\")")
        .truth
        == .yes)
  }

  @Test func `a document that can't be read is unknown`() throws {
    let judged = try EventFacts.made("X", request: #"{"p":"{\"Statement\": [{\"Eff"}"#)
      .judge("policy_allows(requestParameters.p, principal: \"*\")")
    #expect(judged.truth == .unknown)
    #expect(judged.causes == .document)
  }
}
