import Testing

@testable import MDRCore

@Suite struct OverrideFurtherOutcomesTests {
  private static let table = Result { try OverrideTable.load() }

  private func matches(_ event: String, _ service: String, _ request: String) throws -> [String] {
    try Self.table.get().matches(
      .made(event, service, request: request, archetype: .deploymentAutomation), lists: EvaluationLists()
    ).map { "\($0.id) \($0.severity.rawValue)" }
  }

  @Test(arguments: [
    (
      "CreateAssociation", "ssm", #"{"name":"AWS-RunShellScript","targets":[{"key":"InstanceIds"}]}"#,
      "standing-command-set medium"
    ),
    (
      "CreateAssociationBatch", "ssm", #"{"entries":[{"name":"AWS-RunPowerShellScript"}]}"#,
      "standing-command-set medium"
    ),
    ("DeleteMfaDeviceForUser", "sso-directory", "{}", "directory-second-factor-removed high"),
    (
      "SetIdentityPoolRoles", "cognito-identity",
      #"{"roles":{"unauthenticated":"arn:aws:iam::111122223333:role/a"}}"#, "visitors-role-set high"
    ),
    (
      "ModifyInstanceMetadataOptions", "ec2",
      #"{"ModifyInstanceMetadataOptionsRequest":{"InstanceId":"i-1","HttpTokens":"optional"}}"#,
      "instance-metadata-loosened medium"
    ),
    (
      "UpdateProjectVisibility", "codebuild", #"{"projectVisibility":"PUBLIC_READ"}"#,
      "build-project-made-public high"
    ),
    (
      "UpdateMethod", "apigateway",
      #"{"patchOperations":[{"op":"replace","path":"/authorizationType","value":"NONE"}]}"#,
      "method-authorisation-removed medium"
    ),
    (
      "UpdateConnectivity", "kafka",
      #"{"connectivityInfo":{"publicAccess":{"type":"SERVICE_PROVIDED_EIPS"}}}"#, "database-public high"
    ),
    ("UpdateGraph", "neptune-graph", #"{"publicConnectivity":true}"#, "database-public high"),
    ("CreateDbInstance", "timestream-influxdb", #"{"publiclyAccessible":true}"#, "database-public high"),
    ("UpdateDomainNameservers", "route53domains", #"{"domainName":"d"}"#, "domain-answers-moved high"),
  ])
  func `an outcome that outlasts its call stays alertable`(
    event: String, service: String, request: String, expected: String
  ) throws {
    #expect(try matches(event, service, request) == [expected])
  }

  @Test(arguments: [
    ("CreateAssociation", "ssm", #"{"name":"AWS-GatherSoftwareInventory"}"#),
    (
      "SetIdentityPoolRoles", "cognito-identity",
      #"{"roles":{"authenticated":"arn:aws:iam::111122223333:role/a"}}"#
    ),
    (
      "ModifyInstanceMetadataOptions", "ec2",
      #"{"ModifyInstanceMetadataOptionsRequest":{"InstanceId":"i-1","HttpTokens":"required"}}"#
    ),
    ("UpdateProjectVisibility", "codebuild", #"{"projectVisibility":"PRIVATE"}"#),
    ("UpdateConnectivity", "kafka", #"{"connectivityInfo":{"publicAccess":{"type":"DISABLED"}}}"#),
    ("UpdateGraph", "neptune-graph", #"{"publicConnectivity":false,"provisionedMemory":32}"#),
    (
      "UpdateMethod", "apigateway",
      #"{"patchOperations":[{"op":"replace","path":"/authorizationType","value":"AWS_IAM"},{"op":"replace","path":"/operationName","value":"NONE"}]}"#
    ),
  ])
  func `the same call to a tighter or another end is none`(event: String, service: String, request: String)
    throws
  {
    #expect(try matches(event, service, request) == [])
  }
}
