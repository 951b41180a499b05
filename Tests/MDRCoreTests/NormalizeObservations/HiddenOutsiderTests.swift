import Testing

@testable import MDRCore

/// Whoever shares something with an outsider can't hide it behind words that look like a secret's.
@Suite struct HiddenOutsiderTests {
  private static let token = "ghp_" + String(repeating: "a7B", count: 12)

  private static func policy(_ principal: String, _ actions: String = #""sts:AssumeRole""#) -> JSONValue {
    .string(
      #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"\#(principal)"},"Action":\#(actions)}]}"#
    )
  }

  /// Calls that let in a principal of another account.
  private static func calls(_ principal: String) -> [(event: String, request: JSONValue)] {
    [
      ("iam:UpdateAssumeRolePolicy", ["roleName": "r", "policyDocument": policy(principal)]),
      ("lambda:AddPermission20150331v2", ["functionName": "f", "principal": .string(principal)]),
      (
        "kms:CreateGrant",
        ["keyId": "k", "granteePrincipal": .string(principal), "operations": ["Decrypt"]]
      ),
    ]
  }

  private static func observation(_ event: String, _ request: JSONValue) throws -> Observation {
    let parts = event.split(separator: ":")
    return try CanonicalisationTests.observation(
      #""eventSource":"\#(parts[0]).amazonaws.com","eventName":"\#(parts[1])","recipientAccountId":"111122223333","userIdentity":{"type":"IAMUser","userName":"u","accountId":"111122223333","arn":"arn:aws:iam::111122223333:user/u"},"requestParameters":\#(request.compactText)"#
    )
  }

  @Test(arguments: [
    "role/token=x", "role/password=abc", "role/path/secret=abc", "user/x@token=y", "role/" + token,
    "role/of/" + token,
  ])
  func `a role that is called like a secret keeps its account`(name: String) throws {
    let account = "arn:aws:iam::999988887777:"
    let plain = try Self.calls(account + "role/x").map {
      try Self.observation($0.event, $0.request).overrides
    }
    #expect(plain.allSatisfy { !$0.isEmpty })
    for (call, expected) in zip(Self.calls(account + name), plain) {
      let observation = try Self.observation(call.event, call.request)
      #expect(observation.overrides == expected, "\(call.event)")
      let line = observation.json.compactText
      let kind = name.prefix { $0 != "/" }
      #expect(line.contains("\(account)\(kind)/\(SecretScrubber.replacement)"), "\(call.event)")
      #expect(!line.contains(name) && !line.contains(Self.token), "\(call.event)")
    }
  }

  @Test(arguments: [
    // No ARN of IAM as it has to be, so that nothing says where the name ends.
    "arn:aws:iam::999988887777:role/x password=abc", "arn:aws:iam::99998888777:role/token=x",
    "arn:aws:s3:::bucket/token=x", "arn:aws:iam::999988887777:token=x",
    "x arn:aws:iam::999988887777:role/token=x",
    "arn:aws:iam::999988887777:role/a\u{0}token=x",
  ])
  func `of what is no such ARN nothing stays`(text: String) {
    #expect(SecretScrubber.scrubbed(text) == SecretScrubber.replacement)
  }

  @Test func `a session that is named by a token stays out, and a role keeps a name that begins so`() {
    func scrubbed(_ session: String, role: String = "build") -> ActorIdentity {
      var identity = ActorIdentity(actor: "role:" + role, type: .assumedRole)
      identity.arn = "arn:aws:sts::111122223333:assumed-role/\(role)/\(session)"
      identity.sessionName = session
      identity.scrub()
      return identity
    }
    let hidden = scrubbed(Self.token)
    #expect(hidden.arn == "arn:aws:sts::111122223333:assumed-role/\(SecretScrubber.replacement)")
    #expect(hidden.sessionName == SecretScrubber.replacement && hidden.actor == "role:build")
    let named = scrubbed("deploy", role: "npm_publish-packages-of-the-shop-to-prod-2")
    #expect(named.actor == "role:npm_publish-packages-of-the-shop-to-prod-2")
    #expect(named.arn?.hasSuffix("-prod-2/deploy") == true)
    #expect(scrubbed("deploy", role: Self.token).actor == SecretScrubber.replacement)
  }

  // MARK: - Policies within documents that are text

  /// What a role shall be, as the Cloud Control API takes it.
  private static func desired(_ actions: String, _ more: [String: JSONValue] = [:]) throws -> JSONValue {
    let policy = try #require(policy("arn:aws:iam::999988887777:root", actions).string)
    let role: [String: JSONValue] = [
      "RoleName": "r", "AssumeRolePolicyDocument": try JSONValue(parsing: policy), "Inline": .string(policy),
    ]
    return .string(JSONValue.object(role.merging(more) { $1 }).compactText)
  }

  private static func kept(_ state: JSONValue) throws -> String {
    let observation = try observation(
      "cloudcontrolapi:CreateResource", ["typeName": "AWS::IAM::Role", "desiredState": state])
    return try #require(try JSONValue(parsing: observation.details.request)["desiredState"]?.string)
  }

  @Test(arguments: ["iam:ChangePassword", "secretsmanager:GetSecretValue", "iam:CreateLoginProfile"])
  func `a policy's actions hide no document that is one text`(action: String) throws {
    let state = try Self.desired(#"["sts:AssumeRole","\#(action)"]"#)
    #expect(try Self.kept(state) == state.string)
  }

  @Test func `secrets beside a policy stay out of such a text, and so do those within`() throws {
    let actions = #"["sts:AssumeRole","iam:ChangePassword"]"#
    for (name, secret) in [("Password", "PLANTED"), ("Note", "password=PLANTED"), ("Note", Self.token)] {
      let state = try Self.desired(actions, [name: .string(secret)])
      #expect(try Self.kept(state) == SecretScrubber.replacement)
    }
    let within = try Self.kept(
      try Self.desired(actions + #","Condition":{"StringEquals":{"aws:RequestTag/a":"password=PLANTED"}}"#))
    #expect(!within.contains("PLANTED") && within.contains(SecretScrubber.replacement))
    #expect(within.contains("iam:ChangePassword") && within.contains("999988887777"))
  }
}
