import Foundation
import Testing

@testable import MDRCore

/// What an actor is to the business: the reviewed table, and a customer's own before it.
@Suite struct ArchetypeRuleTests {
  @Test(
    arguments: [
      ("AWSCloudFormationStackSetExecutionRole", .deploymentAutomation),
      ("stacksets-exec-0123456789abcdef0123456789abcdef", .deploymentAutomation),
      ("prod-cloudformation-role", .deploymentAutomation),
      ("cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1", .deploymentAutomation),
      ("terraform", .deploymentAutomation), ("jenkins-agent", .buildServer), ("TeamCityServer", .buildServer),
      ("codebuild-app-service-role", .deploymentAutomation),
      ("AWSCodePipelineServiceRole-eu-west-1-app", .deploymentAutomation),
      ("aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO", .serviceLinkedRole),
      ("SecurityHubReader", .securityTooling), ("AWSLoadBalancerControllerIAMRole", .networkController),
      ("AWS-QuickSetup-HostMgmtRole-us-east-1-abcde", .scheduler),
      ("AWSBackupDefaultServiceRole", .scheduler),
      ("ops-bastion", .bastion), ("frost-build-server-role", .buildServer), ("ec2-start-stop", .scheduler),
      (
        "aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_0123456789abcdef",
        .ssoAdministrator
      ),
      ("aws-reserved/sso.amazonaws.com/AWSReservedSSO_ReadOnly_0123456789abcdef", .ssoUser),
      ("customer-support", .supportRole),
    ] as [(String, Archetype)])
  func `each archetype that the posts name is known by its role`(role: String, archetype: Archetype) throws {
    let observed = try CanonicalisationTests.observation(CanonicalisationTests.session(role, "s"))
    #expect(observed.identity.archetype == archetype, "\(observed.identity.archetypeReason)")
    #expect(!observed.identity.archetypeReason.isEmpty)
  }

  /// What is read from a file with this text.
  private static func table(_ text: String) throws -> ArchetypeRules {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).tsv")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    return try ArchetypeRules(file: file.path)
  }

  @Test func `a customer's own table comes first, and its reason is kept`() throws {
    let own = try Self.table(
      "# ours\nkind\tpattern\tarchetype\treason\nrole\tghost\tbuild_server\tbuilds the shop\nuser\t=svc mail\tapplication_workload\t\n"
    )
    let role = try CanonicalisationTests.observation(
      CanonicalisationTests.session("prod-ghost-bastion", "s"), archetypes: own)
    #expect(role.identity.archetype == .buildServer)
    #expect(role.identity.archetypeReason.hasPrefix("the customer's table: builds the shop"))
    // The family follows: what a build server writes is deployment.
    #expect(role.businessFamily == .deployment)
    let other = try CanonicalisationTests.observation(
      CanonicalisationTests.session("ops-bastion", "s"), archetypes: own)
    #expect(other.identity.archetype == .bastion)
    #expect(!other.identity.archetypeReason.contains("customer"))
    let user = try CanonicalisationTests.observation(
      #""userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/svc-mail"}"#, archetypes: own)
    #expect(user.identity.archetype == .applicationWorkload)
    #expect(user.identity.archetypeReason.contains("no reason given"))
  }

  @Test(arguments: [
    ("kind\tpattern\tarchetype\treason\nrole\tx\tghost\t", "no archetype ghost"),
    ("kind\tpattern\tarchetype\treason\nroles\tx\tbastion\t", "no kind roles"),
    ("kind\tpattern\tarchetype\treason\nrole\t\tbastion\t", "kind, pattern or archetype is missing"),
    ("role,pattern\nrole,x", "kind, pattern or archetype is missing"),
  ])
  func `a table that can't be meant is refused with its row`(text: String, reason: String) {
    let error = #expect(throws: CommandError.self) { try Self.table(text) }
    #expect(
      error.map { "\($0)".contains(reason) && "\($0)".contains("row 1") } == true,
      "\(error.map { "\($0)" } ?? "")")
  }
}
