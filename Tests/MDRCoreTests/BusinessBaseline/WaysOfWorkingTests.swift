import Testing

@testable import MDRCore

@Suite struct WaysOfWorkingTests {
  private static let table = WaysOfWorking()

  private static func name(_ actor: String, _ archetype: Archetype) -> String? {
    table.way(ofActor: actor, archetype).map { table.ways[$0].name }
  }

  @Test(arguments: [
    (
      "role:AWSCloudFormationStackSetExecutionRole", Archetype.deploymentAutomation,
      "CloudFormation StackSets"
    ),
    ("role:stacksets-exec-{id}", .deploymentAutomation, "CloudFormation StackSets"),
    ("role:cdk-hnb659fds-cfn-exec-role-{account}-{region}", .deploymentAutomation, "CDK"),
    ("role:app-cloudformation-role", .deploymentAutomation, "CloudFormation"),
    ("role:terraform-deploy", .deploymentAutomation, "Terraform and the like"),
    ("role:jenkins-build-role", .buildServer, "Jenkins"),
    ("role:teamcity-agent", .buildServer, "TeamCity"),
    ("role:devops-build-server-role", .buildServer, "Other build servers"),
    ("role:pipeline-runner", .deploymentAutomation, "Other pipelines"),
    ("role:eks-AmazonEKSLoadBalancerControllerRole-{rnd}", .networkController, "EKS and network controllers"),
    ("role:bastion-role", .bastion, "Bastions"),
    ("role:service-role/AWSBackupDefaultServiceRole", .scheduler, "Backup"),
    ("role:AWS-QuickSetup-HostMgmtRole-{region}-a", .scheduler, "Host management and patching"),
    ("role:office-hours-shutdown", .scheduler, "Scheduled starts and stops"),
    ("slr:securityhub", .serviceLinkedRole, "Security services"),
    ("slr:autoscaling", .serviceLinkedRole, "Auto Scaling"),
    ("slr:sso", .serviceLinkedRole, "Single sign-on's own role"),
    ("slr:elasticache", .serviceLinkedRole, "Other service-linked roles"),
    ("user:old-sync", .iamUser, "IAM users"), ("root", .root, "Root"),
  ])
  func `an actor works in the way that its name and archetype tell`(
    actor: String, archetype: Archetype, way: String
  ) {
    #expect(Self.name(actor, archetype) == way)
  }

  @Test func `every archetype has a way, and every row can be reached`() {
    for archetype in Archetype.allCases { #expect(Self.name("role:x", archetype) != nil, "\(archetype)") }
    let text = Content.table("business-baseline/references/ways-of-working.tsv")
    #expect(text.count == Self.table.ways.count)
    for row in text {
      let archetype = (row["archetypes"] ?? "").split(separator: "|").first.map(String.init) ?? ""
      let words = (row["words"] ?? "").split(separator: "|").first.map(String.init) ?? "x"
      #expect(Archetype(rawValue: archetype).map { Self.name("role:" + words, $0) } == row["way"])
    }
  }

  private static func work(
    _ account: String, _ actor: String, _ archetype: Archetype, _ event: String, days: Range<Int> = 0..<84
  ) -> [Observation] {
    days.map {
      Sample.observation(
        Sample.time(day: $0, hour: 4), account: account, actor: actor, event: event,
        source: "svc:cloudformation.amazonaws.com", id: "\(account)-\(actor)-\(event)-\($0)",
        kind: .awsService, archetype: archetype)
    }
  }

  @Test func `the page tells the estate's ways of working, its most frequent changes and places`() throws {
    let (one, two) = ("111111111111", "222222222222")
    let page = try OperatingModelTests.page(
      Self.work(one, "role:stacksets-exec-{id}", .deploymentAutomation, "iam.amazonaws.com:AttachRolePolicy")
        + Self.work(
          two, "role:stacksets-exec-{id}", .deploymentAutomation, "iam.amazonaws.com:AttachRolePolicy",
          days: 20..<84)
        + Self.work(
          one, "role:jenkins-build", .buildServer, "iam.amazonaws.com:AttachRolePolicy", days: 0..<40)
        + Self.work(one, "user:old-sync", .iamUser, "s3.amazonaws.com:PutBucketTagging", days: 0..<30)
        + Self.work(one, "sso:Admin", .ssoAdministrator, "ec2.amazonaws.com:DescribeInstances", days: 0..<30))
    #expect(
      page.contains(
        "| `AttachRolePolicy` of `iam.amazonaws.com` | 188 | 2 | Deployment automation 78.7%; Build server 21.3% |"
      ))
    #expect(!page.contains("`DescribeInstances` of"), "looking changes nothing")
    #expect(page.contains("| CloudFormation StackSets | `role:stacksets-exec-{id}` | 2 | 148 |"))
    #expect(page.contains("| Jenkins | `role:jenkins-build` | 1 | 40 |"))
    #expect(page.contains("More than one tool deploys in 1 account: `111111111111`. Ask which is meant to."))
    #expect(page.contains("IAM users work beside single sign-on in 1 account: `111111111111`."))
    #expect(page.contains("First seen within the window: `222222222222` since 2026-01-21."))
    #expect(page.contains("In one account only: `role:jenkins-build` in `111111111111` (40)"))
    #expect(
      page.contains("| AWS service | `svc:cloudformation.amazonaws.com`, `svc:config.amazonaws.com` | 2 |"))
    #expect(page.contains("This account appears to be operated by CloudFormation StackSets ("))
    #expect(page.contains("By people: Single sign-on, administrators ("))
  }
}
