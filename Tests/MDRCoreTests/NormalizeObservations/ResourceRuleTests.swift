import Foundation
import Testing

@testable import MDRCore

/// The rules by which names of roles, sources, resources and regions are made stable, with what comes near them and
/// has to stay as it is.
@Suite struct ResourceRuleTests {
  private static func actor(_ role: String) -> String {
    ActorNaming.role(arn: "arn:aws:iam::111122223333:role/\(role)")?.actor ?? ""
  }

  @Test(arguments: [
    "Orders-HandlerRole-1A2B3C4D5E6F7", "Orders-HandlerRole-1A2B3C4D5E6F", "Orders-HandlerRole-XKQWRTZBNMDF",
    "Orders-HandlerRole-XKQWRTZBNMDFG", "Orders-HandlerRole-aB3dE5fG7hI9", "Orders-HandlerRole-qZrTkWvBnXcP",
    "Shop-Nested-8ABCDEF-HandlerRole-Zk3Qw9XbT0rP",
  ])
  func `rule 6, CloudFormation's suffix is left out, with digits or without`(role: String) {
    #expect(Self.actor(role).hasSuffix("-{rnd}"), "\(Self.actor(role))")
  }

  @Test(arguments: [
    // Words of people, in either case.
    "Orders-HandlerRole-applications", "Orders-HandlerRole-ADMINISTRATOR", "Orders-HandlerRole-DISTRIBUTION",
    "Orders-HandlerRole-SUBSCRIPTION", "Orders-HandlerRole-Applications", "Orders-HandlerRole-MyAWSAPIRole",
    "Orders-HandlerRole-S3AccessRole1", "Orders-HandlerRole-EC2SSMAccess1",
    // No stack and logical id before it.
    "AWSIoTLogging", "S3AccessRole1", "prod-AWSVPCFlowLog", "1A2B3C4D5E6F7", "Orders-1A2B3C4D5E6F7",
    // Not at the end, too short, too long.
    "Orders-1A2B3C4D5E6F7-HandlerRole", "Orders-HandlerRole-1A2B3C4D5E6", "Orders-HandlerRole-1A2B3C4D5E6F7G",
  ])
  func `rule 6, what only looks like one stays`(role: String) {
    #expect(Self.actor(role) == "role:" + role)
  }

  @Test(arguments: [
    ("2FdyLbq5TiJ8fZ0VEVGcTVqIJ9M", "random"), ("01ARZ3NDEKTSV4RRFFQ69G5FAV", "random"),
    ("7d444840-9dc0-11d1-b245-5ffdce74fad2", "random"), ("1688990082523310002", "random"),
    ("InternationalDeploymentTeam", "named"), ("DEPLOYMENT-OF-THE-PLATFORM", "named"),
    ("nightly-refresh-of-databases", "named"),
  ])
  func `rule 2, ids that sort by time are random, long names are not`(name: String, sessionClass: String) {
    #expect(SessionName(name).sessionClass == sessionClass)
  }

  // MARK: - Sources

  private static func inventory() throws -> Inventory {
    var inventory = Inventory()
    #expect(
      inventory.add(
        try JSONValue(
          parsing:
            #"{"prefixes":[{"ip_prefix":"203.0.112.0/20","region":"us-east-1","service":"AMAZON"},{"ip_prefix":"203.0.113.0/24","region":"eu-west-1","service":"EC2"}],"ipv6_prefixes":[{"ipv6_prefix":"2001:db8:f000::/36","region":"us-west-2","service":"EC2"}]}"#
        )))
    #expect(
      inventory.add(
        try JSONValue(
          parsing: #"{"Addresses":[{"PublicIp":"203.0.113.9","Tags":[{"Key":"Name","Value":"nat-1"}]}]}"#)))
    return inventory
  }

  private static func source(_ address: String) throws -> EventOrigin {
    let identity = ActorIdentity(actor: "user:u", type: .iamUser)
    let (origin, _) = SourceResolver.resolve(
      sourceIP: address, vpcEndpointID: nil, identity: identity, userAgent: "", userAgentFamily: "")
    return try inventory().resolved(origin)?.origin ?? origin
  }

  @Test func `rule 11, an address of AWS that nobody listed is AWS's, by its region`() throws {
    #expect(try Self.source("203.0.113.7").source == "aws-public:eu-west-1")
    #expect(try Self.source("203.0.113.7").kind == .awsPublic)
    #expect(try Self.source("203.0.112.7").source == "aws-public:us-east-1")
    #expect(try Self.source("2001:db8:f001::1").source == "aws-public:us-west-2")
    #expect(SourceKind.awsPublic.isUnmanaged)
  }

  @Test func `rule 11, an owned address stays owned, any other stays its network`() throws {
    #expect(try Self.source("203.0.113.9").kind == .owned)
    #expect(try Self.source("198.51.100.7").source == "ip:198.51.100.0/24")
    #expect(try Self.source("10.0.0.1").kind == .privateNetwork)
  }

  @Test func `rule 11, the step is recorded`() throws {
    let observed = try Self.inventory().resolved(
      CanonicalisationTests.observation(#""sourceIPAddress":"203.0.113.7""#))
    #expect(observed.origin.sourceIP == "203.0.113.7")
    #expect(
      observed.generalisations.contains("source: 203.0.113.7 lies in a range of AWS, aws-public:eu-west-1"))
  }

  // MARK: - Resources

  @Test(arguments: ["i-", "sg-", "vpc-", "eni-", "vol-", "snap-", "ami-", "subnet-", "rtb-"])
  func `rule 14, ids are left out, their kind stays`(prefix: String) {
    let pattern = ResourcePattern()
    #expect(pattern.template(of: prefix + "0abc1234def567890") == prefix + "{id}")
    #expect(pattern.template(of: prefix + "1a2b3c4d") == prefix + "{id}")
    #expect(
      pattern.template(of: "arn:aws:ec2:eu-west-1:111122223333:thing/\(prefix)0abc1234def567890")
        == "arn:aws:ec2:eu-west-1:111122223333:thing/\(prefix){id}")
  }

  @Test(arguments: [
    ("job/7d444840-9dc0-11d1-b245-5ffdce74fad2", "job/{id}"), ("object/0123456789ab", "object/{id}"),
    ("build/1234", "build/{n}"), ("export-20260131", "export-{n}"),
  ])
  func `rule 14, uuids, digests and numbers are left out`(name: String, template: String) {
    #expect(ResourcePattern().template(of: name) == template)
  }

  @Test(arguments: [
    "bucket/web1-assets", "bucket/applications", "role/applications", "arn:aws:s3:::data-lake-eu", "deadbeef",
    "user/pipeline", "arn:aws:iam::111122223333:role/i-am-a-role",
  ])
  func `rule 14, names that people gave stay`(name: String) {
    #expect(ResourcePattern().template(of: name) == name)
  }

  private static let prefix = "arn:aws:"

  @Test(arguments: [
    (
      "secretsmanager:eu-west-1:111122223333:secret:orders/db-AbCdEf",
      "secretsmanager:eu-west-1:111122223333:secret:orders/db"
    ),
    ("lambda:eu-west-1:111122223333:function:orders:12", "lambda:eu-west-1:111122223333:function:orders"),
    (
      "lambda:eu-west-1:111122223333:function:orders:$LATEST", "lambda:eu-west-1:111122223333:function:orders"
    ),
    ("ecs:eu-west-1:111122223333:task-definition/web:7", "ecs:eu-west-1:111122223333:task-definition/web"),
    (
      "ecs:eu-west-1:111122223333:task/main/0123456789abcdef0123456789abcdef",
      "ecs:eu-west-1:111122223333:task/main/{id}"
    ),
    (
      "rds:eu-west-1:111122223333:snapshot:rds:orders-2026-01-31-06-10",
      "rds:eu-west-1:111122223333:snapshot:rds:orders-{n}"
    ),
    (
      "logs:eu-west-1:111122223333:log-group:web:log-stream:2026/01/31/7",
      "logs:eu-west-1:111122223333:log-group:web:log-stream:{n}"
    ),
    (
      "kms:eu-west-1:111122223333:key/1b2c3d4e-aaaa-bbbb-cccc-0123456789ab",
      "kms:eu-west-1:111122223333:key/{id}"
    ),
  ])
  func `rule 15, versions, revisions, dates and suffixes are left out`(name: String, template: String) {
    #expect(ResourcePattern().template(of: Self.prefix + name) == Self.prefix + template)
  }

  @Test(arguments: [
    "kms:eu-west-1:111122223333:alias/orders", "lambda:eu-west-1:111122223333:function:orders:live",
    "lambda:eu-west-1:111122223333:function:orders", "secretsmanager:eu-west-1:111122223333:secret:orders",
    "ecs:eu-west-1:111122223333:task-definition/web", "lambda:eu-west-1:111122223333:layer:orders:shared",
  ])
  func `rule 15, aliases and plain names stay`(name: String) {
    #expect(ResourcePattern().template(of: Self.prefix + name) == Self.prefix + name)
  }

  // MARK: - Regions

  @Test func `rule 16, a call to the global endpoint of STS has no region, one to a regional endpoint has`()
    throws
  {
    func region(_ details: String, source: String = "sts.amazonaws.com") throws -> String {
      try CanonicalisationTests.observation(
        #""eventSource":"\#(source)","eventName":"AssumeRole","additionalEventData":{"RequestDetails":\#(details)}"#
      ).region
    }
    #expect(try region(#"{"awsServingRegion":"eu-west-1","endpointType":"global"}"#) == "global")
    #expect(try region(#"{"awsServingRegion":"us-east-1","endpointType":"regional"}"#) == "us-east-1")
    #expect(try region("{}") == "us-east-1")
    #expect(try region(#"{"endpointType":"global"}"#, source: "ec2.amazonaws.com") == "us-east-1")
  }

  @Test func `rule 16, where the record names no endpoint the host that the client asked for tells it`()
    throws
  {
    func region(_ host: String, _ additional: String = "null", source: String = "sts.amazonaws.com") throws
      -> String
    {
      try CanonicalisationTests.observation(
        #""eventSource":"\#(source)","eventName":"AssumeRole","additionalEventData":\#(additional),"tlsDetails":{"tlsVersion":"TLSv1.3","clientProvidedHostHeader":"\#(host)"}"#
      ).region
    }
    #expect(try region("sts.amazonaws.com") == "global")
    #expect(try region("sts.us-east-1.amazonaws.com") == "us-east-1")
    #expect(try region("sts.amazonaws.com", #"{"ExtendedRequestId":"x"}"#) == "global")
    #expect(
      try region("sts.amazonaws.com", #"{"RequestDetails":{"endpointType":"regional"}}"#) == "us-east-1")
    #expect(try region("sts.amazonaws.com", source: "ec2.amazonaws.com") == "us-east-1")
  }
}
