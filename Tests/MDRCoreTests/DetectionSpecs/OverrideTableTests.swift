import Testing

@testable import MDRCore

@Suite struct OverrideTableTests {
  static let table = Result { try OverrideTable.load() }

  private func matches(_ facts: EventFacts, lists: EvaluationLists = EvaluationLists()) throws -> [String] {
    try Self.table.get().matches(facts, lists: lists).map { "\($0.id) \($0.severity.rawValue)" }
  }

  @Test func `every entry of the reviewed files can be read`() throws {
    let table = try Self.table.get()
    #expect(table.entries.count > 150)
    #expect(Set(table.entries.map(\.overrideClass)) == Set(OverrideClass.allCases))
    #expect(table.entry("access-key-created")?.attack == ["T1098.001"])
  }

  @Test func `a new access key is critical whoever makes it, an attempt weighs less`() throws {
    #expect(try matches(.made("CreateAccessKey")) == ["access-key-created critical"])
    #expect(
      try matches(.made("CreateAccessKey", archetype: .serviceLinkedRole)) == ["access-key-created critical"])
    let denied = try #require(try Self.table.get().matches(.made("CreateAccessKey", outcome: .denied)).first)
    #expect(denied.severity == .medium)
    #expect(denied.reason == "Attempt, denied: Long-lived credential creation remains high risk.")
  }

  @Test(arguments: [
    (
      "PutEventSelectors", "cloudtrail",
      #"{"advancedEventSelectors":[{"fieldSelectors":[{"field":"eventCategory","equals":["Management"]},{"field":"vpcEndpointId","notEquals":["x"]}]}]}"#,
      "event-selectors-narrowed"
    ),
    (
      "UpdateTrail", "cloudtrail", #"{"name":"t","kmsKeyId":"arn:aws:kms:us-east-1:999900001111:key/1"}"#,
      "trail-key-outside"
    ),
    (
      "PutBucketLifecycle", "s3",
      #"{"bucketName":"b","LifecycleConfiguration":{"Rule":{"Status":"Enabled","Expiration":{"Days":1},"Filter":{"And":{"Prefix":"","ObjectSizeGreaterThan":0}}}}}"#,
      "bucket-emptied-by-rule"
    ),
    (
      "PutBucketLifecycle", "s3",
      #"{"bucketName":"b","LifecycleConfiguration":{"Rule":{"Status":"Enabled","Expiration":{"Date":"2026-01-01T00:00:00Z"},"Filter":{"Prefix":""}}}}"#,
      "bucket-emptied-by-rule"
    ),
    (
      "UpdateFilter", "guardduty", #"{"filterName":"f","findingCriteria":{"criterion":{}}}"#,
      "guardduty-suppressed"
    ),
    ("UpdateIPSet", "guardduty", #"{"ipSetId":"i","location":"https://x"}"#, "guardduty-trusted-list"),
    ("ModifyDocumentPermission", "ssm", #"{"accountIdsToAdd":["All"]}"#, "document-shared-with-all"),
    (
      "CreateOpenIDConnectProvider", "iam", #"{"url":"https://oidc.eks.example.org/id/A"}"#,
      "identity-provider-changed"
    ),
    (
      "CreateOpenIDConnectProvider", "iam",
      #"{"url":"https://oidc.eks.us-x.example.org/a-1.amazonaws.com/id/A"}"#, "identity-provider-changed"
    ),
    (
      "CreateTrustAnchor", "rolesanywhere",
      #"{"source":{"sourceType":"AWS_ACM_PCA","sourceData":{"acmPcaArn":"arn:aws:acm-pca:us-east-1:999900001111:certificate-authority/x"}}}"#,
      "certificate-identity-changed"
    ),
    (
      "CreateGrant", "kms",
      #"{"granteePrincipal":"arn:aws:iam::999900001111:role/aws-service-role/x/AWSServiceRoleForX","operations":["Decrypt"]}"#,
      "grant-to-external"
    ),
    (
      "CreateManagedPrefixList", "ec2", #"{"CreateManagedPrefixListRequest":{"Entry":{"Cidr":"0.0.0.0/0"}}}"#,
      "prefix-list-holds-world"
    ),
    (
      "PutMultiRegionAccessPointPolicy", "s3",
      #"{"PutMultiRegionAccessPointPolicyRequest":{"Details":{"Policy":"{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\"}}"}}}"#,
      "bucket-public-policy"
    ),
    (
      "PutBucketAcl", "s3",
      #"{"bucketName":"b","x-amz-grant-read":["uri=\"http%3A%2F%2Facs.amazonaws.com%2Fgroups%2Fglobal%2FAllUsers\""]}"#,
      "bucket-public-acl"
    ),
    (
      "PutBucketAcl", "s3",
      #"{"bucketName":"b","AccessControlPolicy":{"Owner":{"ID":"a"},"AccessControlList":{"Grant":{"Grantee":{"ID":"b"}}}}}"#,
      "acl-grants-canonical-user"
    ),
    (
      "PutBucketPolicy", "s3",
      #"{"bucketName":"b","bucketPolicy":{"Statement":[{"Effect":"Allow","Principal":{"CanonicalUser":"79a5"},"Action":"s3:*"}]}}"#,
      "bucket-policy-canonical-user"
    ),
    (
      "ModifyImageAttribute", "ec2", #"{"imageId":"i","operationType":"add","userGroups":["all"]}"#,
      "image-shared-publicly"
    ),
    (
      "AddPermission", "lambda",
      #"{"principal":"sns.amazonaws.com","sourceArn":"arn:aws:sns:us-east-1:999900001111:t"}"#,
      "function-permission-external"
    ),
    (
      "CreateAccessEntry", "eks",
      #"{"principalArn":"arn:aws:iam::999900001111:role/x","kubernetesGroups":["ops"]}"#,
      "cluster-entry-for-outsider"
    ),
  ])
  func `another way to the same outcome is the same outcome`(
    event: String, service: String, request: String, expected: String
  ) throws {
    let lists = EvaluationLists(organisation: ["111122223333"])
    let found = try matches(
      .made(event, service, request: request, archetype: .deploymentAutomation), lists: lists)
    #expect(found.contains { $0.hasPrefix(expected + " ") })
  }

  @Test(arguments: [
    (
      "PutBucketAcl", "s3",
      #"{"bucketName":"b","AccessControlPolicy":{"Owner":{"ID":"a"},"AccessControlList":{"Grant":{"Grantee":{"ID":"a"}}}}}"#
    ),
    ("CreateOpenIDConnectProvider", "iam", #"{"url":"https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"}"#),
    (
      "PutBucketLifecycle", "s3",
      #"{"bucketName":"b","LifecycleConfiguration":{"Rule":{"Status":"Enabled","Expiration":{"Days":1},"Filter":{"And":{"Prefix":"tmp/","ObjectSizeGreaterThan":0}}}}}"#
    ),
    ("ModifyImageAttribute", "ec2", #"{"imageId":"i","operationType":"remove","userGroups":["all"]}"#),
    ("CreateGrant", "kms", #"{"granteePrincipal":"rds.us-east-1.amazonaws.com","operations":["Decrypt"]}"#),
    (
      "AddPermission", "lambda",
      #"{"principal":"sns.amazonaws.com","sourceArn":"arn:aws:sns:us-east-1:111122223333:t"}"#
    ),
  ])
  func `the everyday use of the same calls is none`(event: String, service: String, request: String) throws {
    let lists = EvaluationLists(organisation: ["111122223333"])
    #expect(
      try matches(.made(event, service, request: request, archetype: .deploymentAutomation), lists: lists)
        == [])
  }

  @Test func `the same event name of another service is another event`() throws {
    #expect(try matches(.made("DeleteRule", "elasticloadbalancing")) == [])
    #expect(try matches(.made("CreateRoute", "apigateway", archetype: .ssoAdministrator)) == [])
  }

  @Test(arguments: [
    (#"{"policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"#, ["admin-policy-attached critical"]),
    (#"{"policyArn":"arn:aws:iam::111122223333:policy/orders-queue"}"#, []),
  ])
  func `attaching a policy weighs what the policy grants`(request: String, expected: [String]) throws {
    #expect(try matches(.made("AttachRolePolicy", request: request, archetype: .bastion)) == expected)
  }

  @Test(arguments: [
    (Archetype.deploymentAutomation, "high"), (.buildServer, "critical"), (.ssoUser, "critical"),
  ])
  func `what deployment automation does from reviewed code weighs less, where the entry says so`(
    archetype: Archetype, expected: String
  ) throws {
    let request = #"{"policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"#
    #expect(
      try matches(.made("AttachRolePolicy", request: request, archetype: archetype))
        == ["admin-policy-attached \(expected)"])
    let denied = try Self.table.get().matches(
      .made("AttachRolePolicy", request: request, archetype: archetype, outcome: .denied))
    #expect(denied.map(\.severity) == [.medium])
  }

  @Test(arguments: [
    ("cdk-hnb659fds-cfn-exec-role-1-eu-west-1", "cloudformation", "setup-role-made-administrator medium"),
    ("aws-controltower-AdministratorExecutionRole", "controltower", "setup-role-made-administrator medium"),
    ("support-tools", "cloudformation", "admin-policy-attached critical"),
    ("cdk-hnb659fds-cfn-exec-role-1-eu-west-1", "ec2", "admin-policy-attached critical"),
  ])
  func `a deployment tool's own set-up weighs less than an administrator made otherwise`(
    role: String, service: String, expected: String
  ) throws {
    var facts = EventFacts.made(
      "AttachRolePolicy",
      request: #"{"roleName":"\#(role)","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"#,
      archetype: .ssoAdministrator)
    #expect(try matches(facts) == ["admin-policy-attached critical"])
    facts.identity.invokedBy = service + ".amazonaws.com"
    #expect(try matches(facts) == [expected])
  }

  @Test func `a grave outcome weighs medium at least once it came about`() throws {
    let request = #"{"functionName":"orders","layers":["arn:aws:lambda:eu-west-1:999988887777:layer:x:1"]}"#
    var facts = EventFacts.made(
      "UpdateFunctionConfiguration", "lambda", request: request, archetype: .deploymentAutomation)
    // Deployment did it, and nobody gave the organisation's accounts: a level for each.
    #expect(try matches(facts) == ["function-layer-foreign medium"])
    facts.outcome = .denied
    #expect(try matches(facts) == ["function-layer-foreign low"])
  }

  @Test(arguments: [
    ("awsbackup-restore-test-0a1b", "backup.amazonaws.com", "restore-test-removed-by-service medium"),
    ("orders", "backup.amazonaws.com", "database-deleted-without-copy critical"),
    ("awsbackup-restore-test-0a1b", nil, "database-deleted-without-copy critical"),
  ])
  func `what AWS Backup restored as a test and removes weighs less than a database`(
    name: String, service: String?, expected: String
  ) throws {
    var facts = EventFacts.made(
      "DeleteDBInstance", "rds", request: #"{"dBInstanceIdentifier":"\#(name)","skipFinalSnapshot":true}"#,
      archetype: .scheduler)
    facts.identity.invokedBy = service
    #expect(try matches(facts) == [expected])
  }

  @Test func `an entry's severity for deployment is a lesser one`() throws {
    let entry: (String) -> String = {
      #"{"class":"kms","entries":[{"id":"x","events":["kms:DisableKey"],"severity":"high","severity_by_deployment":"\#($0)","#
        + #""risk":"data_loss_or_outage","reason":"It stops.","evidence":["Ticket."]}]}"#
    }
    #expect(
      try OverrideTable(files: [("kms.json", entry("medium"))]).entries[0].severityByDeployment == .medium)
    for wrong in ["high", "low", "grave"] {
      #expect(throws: OverrideTableError.self) { try OverrideTable(files: [("kms.json", entry(wrong))]) }
    }
  }

  @Test(arguments: [
    (Archetype.serviceLinkedRole, ["sso-administrators-provisioned medium"]),
    (.deploymentAutomation, ["admin-policy-attached high"]),
  ])
  func `single sign-on that carries out an assignment weighs less than whoever writes to its roles`(
    archetype: Archetype, expected: [String]
  ) throws {
    let request =
      #"{"roleName":"AWSReservedSSO_Ops_0123456789abcdef","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"#
    #expect(try matches(.made("AttachRolePolicy", request: request, archetype: archetype)) == expected)
  }

  @Test(arguments: [
    ("Allow", "backup:*", ["vault-policy-allows-deletion high"]), ("Deny", "backup:DeleteRecoveryPoint", []),
    ("Allow", "backup:CopyIntoBackupVault", []),
  ])
  func `a vault's policy is critical where it allows deletion`(
    effect: String, action: String, expected: [String]
  ) throws {
    let request =
      #"{"backupVaultName":"v","policy":"{\"Statement\":{\"Effect\":\"\#(effect)\",\"Principal\":\"*\",\"Action\":\"\#(action)\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:PrincipalAccount\":\"111122223333\"}}}}"}"#
    let matched = try matches(.made("PutBackupVaultAccessPolicy", "backup", request: request))
    #expect(matched.filter { $0.hasPrefix("vault") } == expected)
  }

  @Test(arguments: [
    (#"{"PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"IgnorePublicAcls":true}}"#, true),
    (#"{"PublicAccessBlockConfiguration":{"xmlns":"http://s3.amazonaws.com/doc/2006-03-01/"}}"#, true),
    (
      #"{"PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":true,"RestrictPublicBuckets":true}}"#,
      false
    ), (#"{"bucketName":"orders"}"#, false),
  ])
  func `a switch of the public access block that is left out is off`(request: String, expected: Bool) throws {
    let matched = try matches(.made("PutBucketPublicAccessBlock", "s3", request: request))
    #expect(matched == (expected ? ["public-access-block-lifted high"] : []))
  }

  @Test(arguments: [
    (#"{"field":"eventCategory","equals":["Data"]},{"field":"readOnly","equals":["false"]}"#, false),
    (#"{"field":"eventCategory","equals":["Management"]},{"field":"readOnly","equals":["true"]}"#, true),
    (
      #"{"field":"eventCategory","equals":["Management"]},{"field":"userIdentity.arn","notStartsWith":["arn:aws:sts::1"]}"#,
      true
    ),
  ])
  func `a trail is narrowed by what it no longer records of management events`(
    fields: String, expected: Bool
  ) throws {
    let request =
      #"{"trailName":"t","advancedEventSelectors":[{"fieldSelectors":[{"field":"eventCategory","equals":["Management"]}]},{"fieldSelectors":[\#(fields)]}]}"#
    let matched = try matches(.made("PutEventSelectors", "cloudtrail", request: request))
    #expect(matched.contains("event-selectors-narrowed critical") == expected)
  }

  @Test func `a role for a service is no override, a role for anyone is`() throws {
    let service =
      #"{"assumeRolePolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}"#
    #expect(try matches(.made("CreateRole", request: service, archetype: .deploymentAutomation)) == [])
    let anyone =
      #"{"assumeRolePolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":\"sts:AssumeRole\"}]}"}"#
    #expect(
      try matches(.made("CreateRole", request: anyone, archetype: .deploymentAutomation))
        == ["trust-open-to-anyone critical"])
  }

  @Test func `an unknown organisation is said in the reason`() throws {
    let facts = EventFacts.made(
      "ModifySnapshotAttribute", "ec2",
      request: #"{"createVolumePermission":{"add":{"items":[{"userId":"444455556666"}]}}}"#)
    let match = try #require(try Self.table.get().matches(facts).first)
    #expect(match.reason.hasSuffix("(no inventory says which accounts are the organisation's)"))
    #expect(try matches(facts, lists: EvaluationLists(organisation: ["444455556666"])) == [])
    #expect(
      try matches(facts, lists: EvaluationLists(organisation: ["111122223333"])) == [
        "snapshot-shared critical"
      ])
  }

  @Test func `an account whose own logs are in the baseline is no outsider, unless an inventory says so`()
    throws
  {
    let facts = EventFacts.made(
      "ModifySnapshotAttribute", "ec2",
      request: #"{"createVolumePermission":{"add":{"items":[{"userId":"444455556666"}]}}}"#)
    #expect(try matches(facts, lists: EvaluationLists(logged: ["444455556666"])) == [])
    #expect(try matches(facts, lists: EvaluationLists(logged: ["777788889999"])) == ["snapshot-shared high"])
    #expect(
      try matches(facts, lists: EvaluationLists(organisation: ["111122223333"], logged: ["444455556666"]))
        == ["snapshot-shared critical"])
  }

  @Test(arguments: [
    (#"{"principals":["444455556666"],"allowExternalPrincipals":true}"#, ["resource-share-external medium"]),
    (#"{"principals":["444455556666"]}"#, ["resource-share-external medium"]),
    (#"{"principals":["444455556666"],"allowExternalPrincipals":false}"#, []),
    (#"{"principals":["arn:aws:organizations::444455556666:organization/o-a1b2c3d4e5"]}"#, []),
    (
      #"{"principals":["arn:aws:organizations::444455556666:ou/o-a1b2c3d4e5/ou-x","777788889999"]}"#,
      ["resource-share-external medium"]
    ),
  ])
  func `a resource share reaches outsiders only where it lets them in`(request: String, expected: [String])
    throws
  {
    #expect(
      try matches(.made("CreateResourceShare", "ram", request: request, archetype: .ssoAdministrator))
        == expected)
  }

  @Test func `grants that services make for their own resources are no override`() throws {
    let request =
      #"{"granteePrincipal":"arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling","operations":["Decrypt"]}"#
    #expect(
      try matches(.made("CreateGrant", "kms", request: request, archetype: .deploymentAutomation)) == [])
    #expect(
      try matches(
        .made(
          "CreateGrant", "kms",
          request: #"{"granteePrincipal":"arn:aws:iam::111122223333:role/reader","operations":["Decrypt"]}"#,
          archetype: .ssoAdministrator)) == ["grant-by-hand high"])
  }

  @Test func `root activity is an override for any event but a service's own`() throws {
    #expect(try matches(.made("ListBuckets", "s3", actor: .root)) == ["root-activity high"])
    var service = EventFacts.made("SomeServiceEvent", "health", actor: .root)
    service.eventType = "AwsServiceEvent"
    #expect(try matches(service) == [])
    #expect(
      try matches(.made("ConsoleLogin", "signin", additional: #"{"MFAUsed":"No"}"#, actor: .root))
        == ["root-login-without-mfa critical"])
  }

  @Test func `events outside the table cost no parsing`() throws {
    var facts = EventFacts.made("DescribeInstances", "ec2")
    facts.request = LazyDocument {
      Issue.record("the request was parsed")
      return nil
    }
    #expect(try matches(facts) == [])
  }

  @Test func `a broken entry names its file, its id and the mend`() throws {
    let text =
      #"{"class":"kms","entries":[{"id":"x","events":["kms:DisableKey"],"when":"nme = 1","severity":"high"}]}"#
    #expect(
      throws: OverrideTableError(
        file: "kms.json", entry: "x", reason: "when, nme is no field of an observation and no path",
        mend:
          "start a path with requestParameters, responseElements or additionalEventData (line 1, column 1)")
    ) { try OverrideTable(files: [("kms.json", text)]) }
  }
}
