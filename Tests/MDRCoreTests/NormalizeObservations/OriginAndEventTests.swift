import Testing

@testable import MDRCore

@Suite struct OriginAndEventTests {
  private func source(_ address: String, _ identity: ActorIdentity, endpoint: String? = nil) -> EventOrigin {
    SourceResolver.resolve(
      sourceIP: address, vpcEndpointID: endpoint, identity: identity, userAgent: "", userAgentFamily: ""
    ).origin
  }

  @Test func `a service's name counts only if the identity confirms it`() {
    let person = ActorIdentity(actor: "sso:Admin", type: .assumedRole)
    let service = ActorIdentity(actor: "svc:config.amazonaws.com", type: .awsService)
    let forwarded = ActorIdentity(
      actor: "role:x", type: .assumedRole, invokedBy: "cloudformation.amazonaws.com")
    #expect(source("cloudformation.amazonaws.com", person).kind == .claimedService)
    #expect(
      source("cloudformation.amazonaws.com", person).source == "svc-claimed:cloudformation.amazonaws.com")
    #expect(source("config.amazonaws.com", service).source == "svc:config.amazonaws.com")
    #expect(source("cloudformation.amazonaws.com", forwarded).kind == .awsService)
    #expect(source("AWS Internal", person).kind == .awsInternal)
  }

  @Test(arguments: [
    ("203.0.113.7", "ip:203.0.113.0/24", SourceKind.publicNetwork),
    ("075.050.255.67", "ip:75.50.255.0/24", .publicNetwork),
    ("10.20.9.4", "private:10.20.9.0/24", .privateNetwork),
    ("100.64.1.2", "private:100.64.1.0/24", .privateNetwork),
    ("198.18.5.5", "ip:198.18.5.0/24", .publicNetwork), ("172.32.0.1", "ip:172.32.0.0/24", .publicNetwork),
    ("2001:db8:40:1::9", "ip:2001:db8:40::/48", .publicNetwork),
    ("fd12:3456::1", "private:fd12:3456:0::/48", .privateNetwork),
    ("::ffff:203.0.113.7", "ip:203.0.113.0/24", .publicNetwork), ("1.2.3", "other:1.2.3", .unknown),
    ("", "unknown", .unknown),
  ])
  func `an address stands for its network`(address: String, expected: String, kind: SourceKind) {
    let origin = source(address, ActorIdentity(actor: "user:x", type: .iamUser))
    #expect(origin.source == expected)
    #expect(origin.kind == kind)
    #expect(origin.sourceIP == address)
  }

  @Test func `an endpoint comes before the address behind it`() {
    let origin = source("10.0.0.1", ActorIdentity(actor: "user:x", type: .iamUser), endpoint: "vpce-0a1b")
    #expect(origin.source == "vpce:vpce-0a1b")
  }

  @Test(arguments: [
    ("UpdateFunctionCode20150331v2", "UpdateFunctionCode"),
    ("CreateDistribution2020_05_31", "CreateDistribution"),
    ("DeleteFunction20150331", "DeleteFunction"), ("CreateUser", "CreateUser"), ("GetV2", "GetV2"), ("", ""),
  ])
  func `an event's name has no API date`(raw: String, expected: String) {
    #expect(EventNaming.withoutDate(raw) == expected)
  }

  @Test func `aliases of one event have one name`() {
    let naming = EventNaming()
    #expect(
      naming.name("PutBucketLifecycleConfiguration", eventSource: "s3.amazonaws.com") == "PutBucketLifecycle")
    #expect(
      naming.name("PutPublicAccessBlock", eventSource: "s3.amazonaws.com") == "PutBucketPublicAccessBlock")
  }

  @Test(arguments: [
    ("ec2", "DescribeSecurityGroups", true, BusinessFamily.computeAndNetwork, BusinessRisk.operationalChange),
    ("ec2", "AuthorizeSecurityGroupIngress", false, .networkAndPerimeter, .internetExposure),
    ("iam", "CreateAccessKey", false, .identityAndPrivilege, .credentialOrPrivilege),
    // AWS writes what such a role may do, and only its service can take it.
    ("iam", "CreateServiceLinkedRole", false, .identityAndPrivilege, .operationalChange),
    ("kms", "Decrypt", true, .encryptionAndKMS, .dataAccessStorage),
    ("kms", "CreateGrant", false, .storageDataKMS, .credentialOrPrivilege),
    ("rds", "DeleteDBInstance", false, .database, .dataLossOrOutage),
    ("cloudtrail", "StopLogging", false, .securityVisibility, .defenseEvasion),
    ("s3", "PutBucketPolicy", false, .storageDataKMS, .dataExposure),
    ("logs", "DescribeLogGroups", true, .loggingAndObservability, .operationalChange),
    ("logs", "CreateLogStream", false, .loggingAndObservability, .observability),
    ("ec2", "DescribeTransitGatewayAttachments", true, .computeAndNetwork, .networkVisibility),
    ("redshift-data", "ExecuteStatement", false, .dataLakeETL, .operationalChange),
    ("ssm", "UpdateInstanceInformation", false, .systemsManagement, .operationalChange),
    ("trustedadvisor", "DescribeChecks", true, .governanceAndMonitoring, .operationalChange),
    ("nosuchservice", "DoThing", false, .other, .operationalChange),
  ])
  func `families and risks come from the reviewed table`(
    service: String, event: String, reads: Bool, family: BusinessFamily, risk: BusinessRisk
  ) {
    let found = FamilyTable().classification(
      eventSource: service + ".amazonaws.com", eventName: event, isReadOnly: reads, archetype: .unknown)
    #expect(found.0 == family)
    #expect(found.1 == risk)
  }

  @Test func `what deployment automation writes is deployment, but for databases and keys`() {
    let table = FamilyTable()
    func family(_ service: String, _ event: String) -> BusinessFamily {
      table.classification(
        eventSource: service + ".amazonaws.com", eventName: event, isReadOnly: false, archetype: .buildServer
      ).0
    }
    #expect(family("iam", "CreateRole") == .deployment)
    #expect(family("ec2", "RunInstances") == .deployment)
    #expect(family("rds", "DeleteDBInstance") == .database)
    #expect(family("kms", "CreateGrant") == .storageDataKMS)
  }
}
