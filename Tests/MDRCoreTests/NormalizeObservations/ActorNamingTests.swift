import Testing

@testable import MDRCore

@Suite struct ActorNamingTests {
  @Test(arguments: [
    ("arn:aws:iam::111122223333:role/ci/deploy", "role:ci/deploy"),
    ("arn:aws:sts::111122223333:assumed-role/deploy/i-0abc1234def567890", "role:deploy"),
    ("arn:aws-us-gov:iam::111122223333:role/deploy", "role:deploy"),
    (
      "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AWS-Admin_0123456789abcdef",
      "sso:AWS-Admin"
    ),
    (
      "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Read_Only_0123456789abcdef/x@example.com",
      "sso:Read_Only"
    ),
    (
      "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
      "slr:autoscaling"
    ),
    (
      "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForAutoScaling_Prod/AutoScaling",
      "slr:autoscaling"
    ),
    (
      "arn:aws:iam::111122223333:role/stacksets-exec-0123456789abcdef0123456789abcdef",
      "role:stacksets-exec-{id}"
    ),
    ("arn:aws:iam::111122223333:role/App-HandlerRole-1A2B3C4D5E6F7", "role:App-HandlerRole-{rnd}"),
    (
      "arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-us-east-1",
      "role:cdk-hnb659fds-deploy-role-{account}-{region}"
    ),
    ("arn:aws:iam::111122223333:role/x-us-gov-west-1", "role:x-{region}"),
    ("arn:aws:iam::111122223333:role/x-us-build-1", "role:x-us-build-1"),
    ("arn:aws:iam::111122223333:role/x-ap-southeast-2-y", "role:x-{region}-y"),
    ("arn:aws:sts::111122223333:assumed-role/aws:ec2-instance/i-0abc1234def567890", "role:aws:ec2-instance"),
    ("arn:aws:iam::111122223333:role/PlatformAdministrators", "role:PlatformAdministrators"),
  ])
  func `names a role without account, session and generated parts`(arn: String, expected: String) {
    #expect(ActorNaming.role(arn: arn)?.actor == expected)
  }

  @Test func `a name without generated parts is told as quickly as it may be, and no other`() {
    var random = FixedGenerator(state: 51)
    let tokens = [
      "app", "us", "east", "1", "gov", "west", "Role", "7RMLE6B3DPET", "aBcDeFgHiJkL", "111122223333",
      "12345678",
      "0123456789abcdef", "deadbee", "deadbeef", "deadbeef1", "", "prod", "TaskRole", "cn", "north", "a/b",
      "é",
    ]
    var plain = 0
    for _ in 0..<5_000 {
      let name = (0..<Int.random(in: 3..<7, using: &random))
        .map { _ in tokens.randomElement(using: &random) ?? "" }.joined(separator: "-")
      let found = ActorNaming.generated(name: name, prefix: "")
      // A number before it says that something is generated, whatever the rest is.
      #expect(
        ActorNaming.generated(name: "123456789-" + name, prefix: "").actor == "{number}-" + found.actor,
        "\(name)")
      #expect(found.generalisations.isEmpty == (found.actor == name), "\(name)")
      if found.actor == name { plain += 1 }
    }
    #expect((200..<4_800).contains(plain))
  }

  /// Whether letters and digits are a suffix made up by CloudFormation, by the rules as they are written.
  private static func isSuffix(_ token: String) -> Bool {
    guard token.count == 12 || token.count == 13 else { return false }
    guard token.contains(where: \.isLowercase) else {
      let runs = token.split { "AEIOUY".contains($0) }
      return token.contains(where: \.isNumber) || runs.contains { $0.count > 4 }
    }
    let hasWord = token.split { !$0.isLowercase }.contains { run in
      run.count >= 4 && run.contains { "aeiouy".contains($0) }
    }
    return token.contains(where: \.isUppercase) && !hasWord
      && !ActorNaming.wordsOfNames.contains(where: token.contains)
  }

  @Test func `a suffix is made up where no rule finds a word in it`() {
    var random = FixedGenerator(state: 52)
    let sets = [
      Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"), Array("AEIOUYBCDE"),
      Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"), Array("abcdeioxyzABCXYZ19"),
    ]
    var seen = [0, 0]
    for number in 0..<6_000 {
      let letters = sets[number % sets.count]
      var token = String((0..<13).compactMap { _ in letters.randomElement(using: &random) })
      if Bool.random(using: &random) {
        token = (ActorNaming.wordsOfNames.randomElement(using: &random) ?? "") + token
      }
      token = String(token.prefix(Int.random(in: 11...14, using: &random)))
      let isNumber = token.count >= 8 && token.allSatisfy { "0123456789abcdef".contains($0) }
      guard !isNumber else { continue }
      let expected = Self.isSuffix(token)
      let name = ActorNaming.generated(name: "App-Handler-" + token, prefix: "")
      #expect(name.actor == "App-Handler-" + (expected ? "{rnd}" : token), "\(token)")
      seen[expected ? 1 : 0] += 1
    }
    #expect(seen[0] > 500 && seen[1] > 500)
  }

  @Test(arguments: [
    ("role/", "role:"), ("role///", "role://"), ("role/a//", "role:a//"), ("assumed-role/a", "role:a"),
    ("assumed-role//a", "role:"), ("role/x/AWSServiceRoleForECS/", "role:x/AWSServiceRoleForECS/"),
    ("role/aws-service-role/", "role:aws-service-role/"),
    ("role/aws-service-role/ecs.amazonaws.com", "slr:ecs"),
  ])
  func `odd paths keep what there is`(resource: String, expected: String) {
    #expect(ActorNaming.role(arn: "arn:aws:iam::111122223333:" + resource)?.actor == expected)
  }

  @Test func `says what was left out, so that it can be undone`() throws {
    let name = try #require(ActorNaming.role(arn: "arn:aws:iam::111122223333:role/App-Role-1A2B3C4D5E6F7"))
    #expect(name.generalisations == ["actor: App-Role-1A2B3C4D5E6F7 to App-Role-{rnd}"])
  }

  @Test(
    arguments: [
      ("i-0abc1234def567890", "ec2-instance", nil), ("botocore-session-1699999999", "sdk-generated", nil),
      ("aws-go-sdk-1688990082523310002", "sdk-generated", nil), ("GitHubActions", "github-actions", nil),
      ("operator@example.com", "person", "operator@example.com"),
      ("9f86d081-884c-4d65-9a2f-eaa0c55ad015", "random", nil),
      ("1699999999123", "random", nil), ("nightly-refresh", "named", nil), ("x@y", "named", nil),
    ] as [(String, String, String?)])
  func `tells kinds of session names apart`(name: String, sessionClass: String, person: String?) {
    let session = SessionName(name)
    #expect(session.sessionClass == sessionClass)
    #expect(session.person == person)
  }

  @Test(arguments: [
    ("role:stacksets-exec-{id}", Archetype.deploymentAutomation),
    ("role:AWSCloudFormationStackSetExecutionRole", .deploymentAutomation),
    ("role:mhx-devops-frost-build-server-role", .buildServer), ("role:TeamCityAgent", .buildServer),
    ("role:jenkins", .buildServer),
    ("role:cdk-hnb659fds-deploy-role-{account}-{region}", .deploymentAutomation),
    ("role:prod-eks-load-balancer-controller", .networkController),
    ("role:AWSLoadBalancerControllerIAMRole", .networkController),
    ("role:ops-bastion-role", .bastion), ("role:AWS-QuickSetup-HostMgmtRole-{region}", .scheduler),
    ("role:service-role/AWSBackupDefaultServiceRole", .scheduler),
    ("role:ec2-start-stop-scheduler", .scheduler),
    ("sso:AWS-Admin", .ssoAdministrator), ("sso:AWSAdministratorAccess", .ssoAdministrator),
    ("role:terraform-apply", .deploymentAutomation),
  ])
  func `the reviewed table knows the posts' actors`(actor: String, expected: Archetype) {
    #expect(ArchetypeRules().archetype(ofActor: actor)?.0 == expected)
  }

  @Test(arguments: [
    "role:citadel-reader", "role:building-access", "role:supporting-cast", "sso:ReadOnly", "role:circle",
  ])
  func `a word inside a longer word decides nothing`(actor: String) {
    #expect(ArchetypeRules().archetype(ofActor: actor)?.0 != .deploymentAutomation)
    #expect(ArchetypeRules().archetype(ofActor: actor)?.0 != .buildServer)
    #expect(ArchetypeRules().archetype(ofActor: actor)?.0 != .ssoAdministrator)
  }
}
