import Testing

@testable import MDRCore

/// What an event acted on is on its observation, whoever asks: overrides, closing evidence, the reader.
@Suite struct TargetFactsTests {
  struct Fact: CustomTestStringConvertible, Sendable {
    let event: String
    let request: String
    var response = "null"
    let targets: [String: [String]]
    var resources: [String] = []

    var testDescription: String { event }
  }

  static let facts = [
    Fact(
      event: "iam:CreateAccessKey", request: #"{"userName":"bob"}"#,
      response: #"{"accessKey":{"accessKeyId":"AKIAEXAMPLE","userName":"bob","status":"Active"}}"#,
      targets: ["user": ["bob"], "access_key_id": ["AKIAEXAMPLE"]], resources: ["user/bob"]),
    // A tag's key is no object's.
    Fact(
      event: "iam:CreateUser", request: #"{"userName":"bob","tags":[{"key":"team","value":"red"}]}"#,
      targets: ["user": ["bob"]], resources: ["user/bob"]),
    Fact(
      event: "iam:AttachRolePolicy",
      request: #"{"roleName":"app","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"#,
      targets: ["role": ["app"], "policy": ["arn:aws:iam::aws:policy/AdministratorAccess"]],
      resources: ["arn:aws:iam::aws:policy/AdministratorAccess", "role/app"]),
    Fact(
      event: "iam:PutUserPolicy", request: #"{"userName":"bob","policyName":"all"}"#,
      targets: ["user": ["bob"], "policy_name": ["all"]]),
    Fact(
      event: "iam:AddUserToGroup", request: #"{"userName":"bob","groupName":"admins"}"#,
      targets: ["user": ["bob"], "group": ["admins"]]),
    Fact(
      event: "sts:AssumeRole",
      request: #"{"roleArn":"arn:aws:iam::444455556666:role/x","roleSessionName":"s","externalId":"e"}"#,
      targets: [
        "role_arn": ["arn:aws:iam::444455556666:role/x"], "role_session": ["s"], "external_id": ["e"],
      ]),
    Fact(
      event: "s3:PutBucketPolicy", request: #"{"bucketName":"ledger"}"#, targets: ["bucket": ["ledger"]],
      resources: ["bucket/ledger"]),
    Fact(
      event: "s3:GetObject", request: #"{"bucketName":"ledger","key":"2026/a.csv"}"#,
      targets: ["bucket": ["ledger"], "object_key": ["2026/a.csv"]]),
    Fact(
      event: "ec2:AuthorizeSecurityGroupIngress",
      request:
        #"{"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":23,"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"},{"cidrIp":"10.0.0.0/8"}]},"ipv6Ranges":{"items":[{"cidrIpv6":"::/0"}]}}]}}"#,
      targets: [
        "security_group": ["sg-1"], "cidr": ["0.0.0.0/0", "10.0.0.0/8", "::/0"], "from_port": ["22"],
        "to_port": ["23"], "protocol": ["tcp"],
      ]),
    Fact(
      event: "ec2:CreateRoute",
      request: #"{"routeTableId":"rtb-1","destinationCidrBlock":"0.0.0.0/0","gatewayId":"igw-1"}"#,
      targets: ["route_table": ["rtb-1"], "destination_cidr": ["0.0.0.0/0"], "gateway": ["igw-1"]]),
    Fact(
      event: "ec2:ModifySnapshotAttribute",
      request:
        #"{"snapshotId":"snap-1","attributeType":"CREATE_VOLUME_PERMISSION","createVolumePermission":{"add":{"items":[{"userId":"444455556666"},{"group":"all"}]}}}"#,
      targets: [
        "snapshot": ["snap-1"], "shared_with": ["444455556666"], "shared_with_group": ["all"],
        "attribute": ["CREATE_VOLUME_PERMISSION"],
      ]),
    Fact(
      event: "rds:ModifyDBSnapshotAttribute",
      request:
        #"{"dBSnapshotIdentifier":"nightly","attributeName":"restore","valuesToAdd":["444455556666","all"]}"#,
      targets: [
        "db_snapshot": ["nightly"], "attribute": ["restore"], "shared_with": ["444455556666", "all"],
      ]),
    Fact(
      event: "rds:DeleteDBInstance",
      request: #"{"dBInstanceIdentifier":"orders","skipFinalSnapshot":true,"deleteAutomatedBackups":true}"#,
      targets: [
        "db_instance": ["orders"], "skip_final_snapshot": ["true"], "delete_automated_backups": ["true"],
      ]),
    Fact(
      event: "rds:DeleteDBCluster",
      request:
        #"{"dBClusterIdentifier":"orders","skipFinalSnapshot":false,"finalDBSnapshotIdentifier":"orders-last"}"#,
      targets: [
        "db_cluster": ["orders"], "skip_final_snapshot": ["false"], "final_snapshot": ["orders-last"],
      ]),
    Fact(
      event: "rds:CopyDBSnapshot",
      request: #"{"sourceDBSnapshotIdentifier":"a","targetDBSnapshotIdentifier":"b","kmsKeyId":"k"}"#,
      targets: ["db_snapshot": ["a", "b"], "kms_key": ["k"]]),
    Fact(
      event: "cloudtrail:StopLogging",
      request: #"{"name":"arn:aws:cloudtrail:us-east-1:111122223333:trail/org"}"#,
      targets: ["trail": ["arn:aws:cloudtrail:us-east-1:111122223333:trail/org"]]),
    Fact(
      event: "cloudtrail:UpdateTrail",
      request:
        #"{"name":"org","isMultiRegionTrail":false,"includeGlobalServiceEvents":false,"enableLogFileValidation":false,"s3BucketName":"elsewhere","kmsKeyId":"k"}"#,
      targets: [
        "trail": ["org"], "multi_region": ["false"], "global_events": ["false"],
        "log_file_validation": ["false"], "bucket": ["elsewhere"], "kms_key": ["k"],
      ]),
    Fact(
      event: "cloudtrail:PutEventSelectors",
      request:
        #"{"trailName":"org","eventSelectors":[{"readWriteType":"WriteOnly","includeManagementEvents":false}]}"#,
      targets: ["trail": ["org"], "read_write_type": ["WriteOnly"], "management_events": ["false"]]),
    Fact(
      event: "kms:CreateGrant",
      request:
        #"{"keyId":"arn:aws:kms:us-east-1:111122223333:key/k","granteePrincipal":"arn:aws:iam::444455556666:role/x","retiringPrincipal":"r","operations":["Decrypt","CreateGrant"]}"#,
      targets: [
        "kms_key": ["arn:aws:kms:us-east-1:111122223333:key/k"],
        "grantee": ["arn:aws:iam::444455556666:role/x"], "retiring_principal": ["r"],
        "grant_operations": ["Decrypt", "CreateGrant"],
      ]),
    Fact(
      event: "kms:ScheduleKeyDeletion", request: #"{"keyId":"k","pendingWindowInDays":7}"#,
      targets: ["kms_key": ["k"], "pending_window_days": ["7"]]),
    Fact(event: "lambda:UpdateFunctionCode", request: #"{"functionName":"f"}"#, targets: ["function": ["f"]]),
    Fact(event: "events:DisableRule", request: #"{"name":"alarm"}"#, targets: ["rule": ["alarm"]]),
    Fact(
      event: "events:RemoveTargets", request: #"{"rule":"alarm","ids":["1"]}"#, targets: ["rule": ["alarm"]]),
    Fact(
      event: "guardduty:UpdateDetector", request: #"{"detectorId":"d","enable":false}"#,
      targets: ["detector": ["d"], "enabled": ["false"]]),
    Fact(
      event: "config:StopConfigurationRecorder", request: #"{"configurationRecorderName":"default"}"#,
      targets: ["recorder": ["default"]]),
    Fact(
      event: "logs:DeleteLogGroup", request: #"{"logGroupName":"/aws/cloudtrail"}"#,
      targets: ["log_group": ["/aws/cloudtrail"]]),
    Fact(
      event: "logs:PutSubscriptionFilter",
      request:
        #"{"logGroupName":"g","filterName":"all","destinationArn":"arn:aws:logs:us-east-1:444455556666:destination:x"}"#,
      targets: [
        "log_group": ["g"], "subscription_filter": ["all"],
        "destination": ["arn:aws:logs:us-east-1:444455556666:destination:x"],
      ]),
    Fact(
      event: "ram:CreateResourceShare",
      request: #"{"principals":["444455556666"],"allowExternalPrincipals":true}"#,
      targets: ["shared_with": ["444455556666"], "external_principals": ["true"]]),
    Fact(event: "secretsmanager:GetSecretValue", request: #"{"secretId":"db"}"#, targets: ["secret": ["db"]]),
    Fact(
      event: "ssm:SendCommand",
      request: #"{"documentName":"AWS-RunShellScript","instanceIds":["i-1","i-2"]}"#,
      targets: ["document": ["AWS-RunShellScript"], "instance": ["i-1", "i-2"]]),
  ]

  @Test(arguments: facts)
  func `the event's targets are on its observation`(fact: Fact) throws {
    let parts = fact.event.split(separator: ":")
    let observed = try CanonicalisationTests.observation(
      #""eventSource":"\#(parts[0]).amazonaws.com","eventName":"\#(parts[1])","requestParameters":\#(fact.request),"responseElements":\#(fact.response)"#
    )
    #expect(observed.targets == fact.targets)
    for resource in fact.resources { #expect(observed.resources.contains(resource)) }
    // What no table names is still there to be read.
    #expect(try JSONValue(parsing: observed.details.request) == JSONValue(parsing: fact.request))
  }

  @Test func `a policy document's facts can be read from the observation`() throws {
    let document = #"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#
    for spelled in [
      document, JSONValue.string(document).compactText,
      "\"%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D\"",
    ] {
      let observed = try CanonicalisationTests.observation(
        #""eventName":"PutUserPolicy","requestParameters":{"userName":"bob","policyName":"p","policyDocument":\#(spelled)}"#
      )
      #expect(observed.overrides.contains { $0.id == "admin-policy-written" }, "\(spelled)")
    }
  }

  @Test(arguments: [
    ("ec2", "DescribeSecurityGroups"), ("ec2", "DescribeSecurityGroupRules"), ("iam", "ListAccessKeys"),
    ("iam", "GetRole"), ("iam", "ListUsers"), ("secretsmanager", "ListSecrets"), ("kms", "ListGrants"),
    ("cloudtrail", "GetTrailStatus"), ("guardduty", "ListDetectors"), ("rds", "DescribeDBSnapshots"),
    ("s3", "GetBucketPolicy"), ("lambda", "GetPolicy"), ("sso", "ListInstances"), ("ecs", "DescribeTasks"),
  ])
  func `a read that only sounds grave is no grave risk`(service: String, event: String) throws {
    let observed = try CanonicalisationTests.observation(
      #""eventSource":"\#(service).amazonaws.com","eventName":"\#(event)","readOnly":true"#)
    let grave: Set<BusinessRisk> = [
      .credentialOrPrivilege, .defenseEvasion, .dataLossOrOutage, .internetExposure,
    ]
    #expect(!grave.contains(observed.businessRisk), "\(observed.businessRisk)")
    #expect(observed.overrides.isEmpty)
  }
}
