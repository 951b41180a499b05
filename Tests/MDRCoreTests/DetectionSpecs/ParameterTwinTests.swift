import Testing

@testable import MDRCore

/// The same call with a parameter that does harm, in every spelling, and with its benign twin.
@Suite struct ParameterTwinTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var detection: String
    var event: String
    var harmful: [String]
    var benign: [String]
    var testDescription: String { detection }
  }

  private static func policy(_ statement: String) -> [String] {
    let document = #"{"Version":"2012-10-17","Statement":[\#(statement)]}"#
    let single = #"{"Statement":\#(statement)}"#
    let encoded = document.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
      return isPlain
        ? String(UnicodeScalar(byte))
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
    return [document, single, document.quoted, single.quoted, encoded.quoted]
  }

  private static let anyone = [
    #"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#,
    #"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"*","Resource":"*"}"#,
    #"{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::210987654321:root","*"]},"Action":"*","Resource":"*"}"#,
    #"{"Effect":"Allow","NotPrincipal":{"AWS":"210987654321"},"Action":"*","Resource":"*"}"#,
    #"{"Effect":"Allow","Principal":"*","Action":"*","Condition":{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}}"#,
    #"{"Effect":"Allow","Principal":"*","Action":"*","Condition":{"IpAddress":{"aws:SourceIp":["0.0.0.0/1","128.0.0.0/1"]}}}"#,
  ].flatMap(policy)
  private static let someone = [
    #"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#,
    #"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":"*","Resource":"*"}"#,
    #"{"Effect":"Allow","Principal":"*","Action":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}"#,
    #"{"Effect":"Allow","Principal":"*","Action":"*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}"#,
    #"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::330045671289:root"},"Action":"*","Resource":"*"}"#,
  ].flatMap(policy)

  private static func rule(_ ports: String, _ ranges: String) -> String {
    #"{"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"tcp",\#(ports),\#(ranges)}]}}"#
  }
  private static func v4(_ blocks: String...) -> String {
    #""ipRanges":{"items":[\#(blocks.map { #"{"cidrIp":"\#($0)"}"# }.joined(separator: ","))]},"ipv6Ranges":{}"#
  }
  private static let ssh = #""fromPort":22,"toPort":22"#

  static let cases: [Case] = [
    Case(
      detection: "admin-port-open-to-world", event: "ec2:AuthorizeSecurityGroupIngress",
      harmful: [
        rule(ssh, v4("0.0.0.0/0")), rule(ssh, v4("0.0.0.0/1", "128.0.0.0/1")),
        rule(ssh, v4("203.0.113.9/32", "0.0.0.0/0")),
        rule(#""fromPort":0,"toPort":65535"#, v4("0.0.0.0/0")),
        rule(#""fromPort":"20","toPort":"30""#, v4("0.0.0.0/0")),
        rule(ssh, #""ipRanges":{},"ipv6Ranges":{"items":[{"cidrIpv6":"::/0"}]}"#),
        #"{"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"-1",\#(v4("0.0.0.0/0"))}]}}"#,
        #"{"groupId":"sg-1","ipPermissions":{},"ipProtocol":"tcp","fromPort":22,"toPort":22,"cidrIp":"0.0.0.0/0"}"#,
      ],
      benign: [
        rule(ssh, v4("203.0.113.9/32")), rule(ssh, v4("10.0.0.0/8")),
        rule(#""fromPort":443,"toPort":443"#, v4("0.0.0.0/0")),
        rule(ssh, #""ipRanges":{},"ipv6Ranges":{"items":[{"cidrIpv6":"2001:db8::/32"}]}"#),
      ]),
    Case(
      detection: "disk-snapshot-shared", event: "ec2:ModifySnapshotAttribute",
      harmful: [
        #"{"createVolumePermission":{"add":{"items":[{"userId":"998877665544"}]}}}"#,
        #"{"createVolumePermission":{"add":{"items":[{"userId":"330045671289"},{"userId":"998877665544"}]}}}"#,
        #"{"createVolumePermission":{"add":{"items":[{"group":"all"}]}}}"#,
      ],
      benign: [
        #"{"createVolumePermission":{"add":{"items":[{"userId":"330045671289"}]}}}"#,
        #"{"createVolumePermission":{"add":{"items":[{"userId":"640352817905"}]}}}"#,
        #"{"createVolumePermission":{"remove":{"items":[{"group":"all"}]}}}"#,
      ]),
    Case(
      detection: "database-snapshot-shared", event: "rds:ModifyDBSnapshotAttribute",
      harmful: [
        #"{"attributeName":"restore","valuesToAdd":["all"]}"#,
        #"{"attributeName":"restore","valuesToAdd":["998877665544"]}"#,
        #"{"attributeName":"restore","valuesToAdd":["330045671289","998877665544"]}"#,
      ],
      benign: [
        #"{"attributeName":"restore","valuesToAdd":["330045671289"]}"#,
        #"{"attributeName":"restore","valuesToRemove":["all"]}"#,
      ]),
    Case(
      detection: "event-selectors-narrowed", event: "cloudtrail:PutEventSelectors",
      harmful: [
        #"{"eventSelectors":[{"readWriteType":"All","includeManagementEvents":false}]}"#,
        #"{"eventSelectors":[{"readWriteType":"ReadOnly","includeManagementEvents":true}]}"#,
        #"{"eventSelectors":[{"readWriteType":"All","includeManagementEvents":true,"excludeManagementEventSources":["kms.amazonaws.com"]}]}"#,
        #"{"advancedEventSelectors":[{"fieldSelectors":[{"field":"eventCategory","equals":["Data"]}]}]}"#,
        #"{"advancedEventSelectors":[{"fieldSelectors":[{"field":"eventCategory","equals":["Management"]},{"field":"eventSource","notEquals":["kms.amazonaws.com"]}]}]}"#,
      ],
      benign: [
        #"{"eventSelectors":[{"readWriteType":"All","includeManagementEvents":true}]}"#,
        #"{"eventSelectors":[{"readWriteType":"All","includeManagementEvents":true,"dataResources":[{"type":"AWS::S3::Object","values":["arn:aws:s3"]}]}]}"#,
        #"{"advancedEventSelectors":[{"fieldSelectors":[{"field":"eventCategory","equals":["Management"]}]}]}"#,
      ]),
    Case(
      detection: "bucket-policy-public", event: "s3:PutBucketPolicy",
      harmful: anyone.map { #"{"bucketName":"b","bucketPolicy":\#($0)}"# },
      benign: someone.map { #"{"bucketName":"b","bucketPolicy":\#($0)}"# }),
    Case(
      detection: "resource-policy-public", event: "sqs:SetQueueAttributes",
      harmful: anyone.map { #"{"attributes":{"Policy":\#($0)}}"# },
      benign: someone.map { #"{"attributes":{"Policy":\#($0)}}"# } + [#"{"attributes":{"Policy":""}}"#]),
    Case(
      detection: "key-policy-public", event: "kms:PutKeyPolicy",
      harmful: anyone.map { #"{"policy":\#($0)}"# }, benign: someone.map { #"{"policy":\#($0)}"# }),
    Case(
      detection: "role-trust-opened", event: "iam:UpdateAssumeRolePolicy",
      harmful: (policy(#"{"Effect":"Allow","Principal":{"AWS":"998877665544"},"Action":"sts:AssumeRole"}"#)
        + anyone)
        .map { #"{"roleName":"r","policyDocument":\#($0)}"# },
      benign: someone.map { #"{"roleName":"r","policyDocument":\#($0)}"# }),
    Case(
      detection: "default-route-to-gateway", event: "ec2:CreateRoute",
      harmful: [
        #"{"destinationCidrBlock":"0.0.0.0/0","gatewayId":"igw-1"}"#,
        #"{"destinationCidrBlock":"128.0.0.0/1","gatewayId":"igw-1"}"#,
        #"{"destinationIpv6CidrBlock":"::/0","gatewayId":"igw-1"}"#,
      ],
      benign: [
        #"{"destinationCidrBlock":"0.0.0.0/0","natGatewayId":"nat-1"}"#,
        #"{"destinationCidrBlock":"10.0.0.0/16","gatewayId":"igw-1"}"#,
      ]),
    Case(
      detection: "guardduty-findings-suppressed", event: "guardduty:UpdateFilter",
      harmful: [#"{"filterName":"f","action":"ARCHIVE"}"#],
      benign: [#"{"filterName":"f","action":"NOOP"}"#, #"{"filterName":"f"}"#]),
    Case(
      detection: "function-throttled-to-zero", event: "lambda:PutFunctionConcurrency20171031",
      harmful: [#"{"reservedConcurrentExecutions":0}"#, #"{"reservedConcurrentExecutions":"0"}"#],
      benign: [#"{"reservedConcurrentExecutions":1}"#, #"{"functionName":"f"}"#]),
    Case(
      detection: "public-access-block-lifted", event: "s3:PutBucketPublicAccessBlock",
      harmful: ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"].map {
        #"{"PublicAccessBlockConfiguration":{"\#($0)":false}}"#
      },
      benign: [
        #"{"PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":true,"RestrictPublicBuckets":true}}"#
      ]),
  ]

  private static func matches(_ item: Case, _ request: String) throws -> Bool {
    let parts = item.event.split(separator: ":").map(String.init)
    let record = DetectionDraft.record(
      parts[1], service: parts[0], number: 1, identity: DetectionDraft.user("batch"),
      request: try JSONValue(parsing: request))
    let observation = try #require(try ExampleRunner().observation(record.compactText))
    let lists = EvaluationLists(organisation: ["210987654321", "330045671289"], partners: ["640352817905"])
    let detection = try #require(try Self.all.get()[id: item.detection])
    return LogicEvaluator(EvaluationContext(EventFacts(observation), lists: lists))
      .judge(detection.logic).matches(withoutBaseline: detection.matchesWithoutBaseline)
  }

  private static let all = Result { try Detections.load(directory: nil) }

  @Test(arguments: cases) func `every harmful spelling is caught, the benign twin is silent`(item: Case)
    throws
  {
    for request in item.harmful { #expect(try Self.matches(item, request), "silent: \(request)") }
    for request in item.benign { #expect(try !Self.matches(item, request), "caught: \(request)") }
  }
}
