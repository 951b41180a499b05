import Foundation
import Testing

@testable import MDRCore

/// The rules by which actors, sources, events and regions are made stable, each with what would break it.
@Suite struct CanonicalisationTests {
  @Test func `rule 1, an assumed role is its session issuer, path and account kept`() throws {
    let observed = try Self.observation(
      Self.session("deploy", "s", issuerARN: "arn:aws:iam::111122223333:role/ci/eu/deploy"))
    #expect(observed.actor == "role:ci/eu/deploy")
    #expect(observed.actorAccountID == "111122223333")
    #expect(observed.identity.arn == "arn:aws:sts::111122223333:assumed-role/deploy/s")
    let fallback = try Self.observation(
      #""userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/deploy/s","sessionContext":{"sessionIssuer":{}}}"#
    )
    #expect(fallback.actor == "role:deploy")
    #expect(fallback.actorAccountID == "111122223333")
  }

  @Test(arguments: [
    ("i-0abc1234def567890", "ec2-instance"), ("botocore-session-1699999999", "sdk-generated"),
    ("aws-go-sdk-1688990082523310002", "sdk-generated"), ("AWSCLI-Session", "sdk-generated"),
    ("boto3-session-1", "sdk-generated"), ("GitHubActions", "github-actions"),
    ("GitHubActions-812", "github-actions"), ("actions-runner-7", "github-actions"),
    ("9f86d081884c7d659a2feaa0c55ad015", "random"), ("1699999999123456789", "random"),
    ("MandoService364061179539770931", "random"), ("x@example.com", "person"), ("nightly", "named"),
  ])
  func `rules 2 and 4, a session's name is a class`(name: String, sessionClass: String) throws {
    let observed = try Self.observation(Self.session("app", name))
    #expect(observed.actor == "role:app")
    #expect(observed.identity.sessionClass == sessionClass)
    #expect(observed.identity.sessionName == name)
    #expect(observed.generalisations.contains("session: \(name) to {\(sessionClass)}"))
  }

  @Test func `rule 2, a source identity beats the session's name`() throws {
    let observed = try Self.observation(
      Self.session("app", "a@example.com", more: #","sourceIdentity":"b@example.com""#))
    #expect(observed.identity.person == "b@example.com")
    #expect(observed.identity.sessionName == "a@example.com")
  }

  @Test func `rule 3, a permission set without its digest, and the person who took it`() throws {
    let role = "AWSReservedSSO_Data-Read_0123456789abcdef"
    let observed = try Self.observation(
      Self.session(
        role, "some.person",
        issuerARN: "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/\(role)"))
    #expect(observed.actor == "sso:Data-Read")
    #expect(observed.identity.person == "some.person")
    #expect(observed.generalisations.contains("actor: role \(role) to permission set Data-Read"))
  }

  @Test(arguments: [
    ("orders-stack", "AWSCloudFormation", Archetype.unknown), ("orders-stack", "worker-1", .unknown),
    ("orders-stack", "i-0123456789abcdef0", .applicationWorkload),
  ])
  func `a call that a service passes on makes no service role of its caller`(
    role: String, session: String, archetype: Archetype
  ) throws {
    let passedOn = Self.session(role, session).replacing(
      #""accessKeyId""#, with: #""invokedBy":"cloudformation.amazonaws.com","accessKeyId""#)
    #expect(try Self.observation(passedOn).identity.archetype == archetype)
  }

  @Test(arguments: [
    ("aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling", "slr:autoscaling"),
    ("aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig", "slr:config"),
  ])
  func `rule 4, a service-linked role is its service's`(role: String, actor: String) throws {
    let observed = try Self.observation(Self.session(role, "s"))
    #expect(observed.actor == actor)
    #expect(observed.identity.archetype == .serviceLinkedRole)
  }

  @Test(arguments: [
    ("AWSServiceRoleForAutoScaling", "role:AWSServiceRoleForAutoScaling"),
    ("ops/AWSServiceRoleForConfig", "role:ops/AWSServiceRoleForConfig"),
    (
      "AWSReservedSSO_AdministratorAccess_0123456789abcdef",
      "role:AWSReservedSSO_AdministratorAccess_0123456789abcdef"
    ),
    ("x/aws-reserved/AWSReservedSSO_Audit", "role:x/aws-reserved/AWSReservedSSO_Audit"),
  ])
  func `a role named like AWS's own is none where its path is not AWS's`(role: String, actor: String) throws {
    // The session's own ARN is just like that of the real one: only the issuer's has the path.
    let observed = try Self.observation(Self.session(role, "s"))
    #expect(observed.actor == actor)
    #expect(![.serviceLinkedRole, .awsServiceRole, .ssoUser].contains(observed.identity.archetype))
    #expect(observed.identity.person == nil)
    guard !role.contains("/"), observed.identity.archetype == .unknown else { return }
    #expect(observed.identity.archetypeReason.hasPrefix("named like AWS's own roles"))
  }

  @Test(
    arguments: [
      (#"{"type":"AWSService","invokedBy":"ec2.amazonaws.com"}"#, "svc:ec2.amazonaws.com", .servicePrincipal),
      (#"{"type":"AWSAccount","accountId":"444455556666"}"#, "xacct:444455556666", .externalAccount),
      (#"{"type":"AWSAccount","accountId":"ANONYMOUS_PRINCIPAL"}"#, "anonymous", .externalAccount),
      (#"{"type":"Root","accountId":"111122223333"}"#, "root", .root),
      (#"{"type":"SAMLUser","userName":"p@example.com"}"#, "saml:p@example.com", .federatedUser),
      (
        #"{"type":"SAMLUser","principalId":"Ab+/c=:p@example.com","userName":"p@example.com","identityProvider":"Ab+/c="}"#,
        "saml:Ab+/c=:p@example.com", .federatedUser
      ),
      (
        #"{"type":"SAMLUser","userName":"p@example.com","identityProvider":"arn:aws:iam::111122223333:saml-provider/Corp"}"#,
        "saml:Corp:p@example.com", .federatedUser
      ),
      (
        #"{"type":"WebIdentityUser","userName":"repo:org/app:ref:refs/heads/main","identityProvider":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}"#,
        "web:token.actions.githubusercontent.com:repo:org/app", .applicationWorkload
      ),
      (
        #"{"type":"WebIdentityUser","userName":"system:serviceaccount:shop:orders","identityProvider":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123ABC"}"#,
        "web:oidc.eks.eu-west-1.amazonaws.com/id/0123ABC:system:serviceaccount:shop:orders",
        .applicationWorkload
      ),
      (
        #"{"type":"SAMLUser","principalId":"Ab+/c=:p@example.com","userName":"p@example.com"}"#,
        "saml:Ab+/c=:p@example.com", .federatedUser
      ),
      (
        #"{"type":"WebIdentityUser","principalId":"arn:aws:iam::111122223333:oidc-provider/idp.example/id/7:sts.amazonaws.com:repo:org/app:ref:refs/heads/main","userName":"repo:org/app:ref:refs/heads/main"}"#,
        "web:idp.example/id/7:repo:org/app", .applicationWorkload
      ),
      (
        #"{"type":"WebIdentityUser","principalId":"accounts.google.com:app-id:1234","userName":"1234"}"#,
        "web:accounts.google.com:1234", .federatedUser
      ),
      (
        #"{"type":"SAMLUser","principalId":"Ab+/c=:p@example.com"}"#, "saml:Ab+/c=:p@example.com",
        .federatedUser
      ),
      (
        #"{"type":"WebIdentityUser","userName":"1234","identityProvider":"accounts.google.com"}"#,
        "web:accounts.google.com:1234", .federatedUser
      ),
      (
        #"{"type":"WebIdentityUser","userName":"repo:org/app:ref:refs/heads/main"}"#, "web:repo:org/app",
        .applicationWorkload
      ),
      (
        #"{"type":"IdentityCenterUser","onBehalfOf":{"userId":"guid"}}"#, "idc:guid", .federatedUser
      ),
      (
        #"{"type":"FederatedUser","arn":"arn:aws:sts::111122223333:federated-user/bob","sessionContext":{"sessionIssuer":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/broker"}}}"#,
        "federated:user:broker", .federatedUser
      ),
      (
        #"{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/aws:ec2-instance/i-0abc1234def567890","sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111122223333:role/aws:ec2-instance"}}}"#,
        "role:aws:ec2-instance", .awsServiceRole
      ),
      (
        #"{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/people/bob","userName":"bob"}"#,
        "user:people/bob", .iamUser
      ),
    ] as [(String, String, Archetype)])
  func `rule 5, each type of identity has its key`(identity: String, actor: String, archetype: Archetype)
    throws
  {
    let observed = try Self.observation("\"userIdentity\":\(identity)")
    #expect(observed.actor == actor)
    #expect(observed.identity.archetype == archetype, "\(observed.identity.archetypeReason)")
    #expect(!observed.identity.archetypeReason.isEmpty)
  }

  @Test(arguments: [
    ("Orders-HandlerRole-1A2B3C4D5E6F7", "role:Orders-HandlerRole-{rnd}"),
    ("Orders-HandlerRole-aB3dE5fG7hI9", "role:Orders-HandlerRole-{rnd}"),
    (
      "eksctl-main-nodegroup-NodeInstanceRole-1XY2Z3AB4CD5",
      "role:eksctl-main-nodegroup-NodeInstanceRole-{rnd}"
    ),
    ("cdk-hnb659fds-deploy-role-111122223333-eu-west-1", "role:cdk-hnb659fds-deploy-role-{account}-{region}"),
    ("AWSCloudFormationStackSetExecutionRole", "role:AWSCloudFormationStackSetExecutionRole"),
  ])
  func `rule 6, generated parts of a role's name are left out, and named`(role: String, actor: String) throws
  {
    let observed = try Self.observation(Self.session(role, "s"))
    #expect(observed.actor == actor)
    #expect(
      observed.generalisations.contains { $0.hasPrefix("actor: \(role) to ") } == (actor != "role:\(role)"))
  }

  @Test func `rule 7, a service's name needs the identity's word`() throws {
    func source(_ more: String) throws -> String {
      try Self.observation(more + #","sourceIPAddress":"cloudformation.amazonaws.com""#).source
    }
    #expect(try source(Self.session("app", "s")) == "svc-claimed:cloudformation.amazonaws.com")
    #expect(
      try source(#""userIdentity":{"type":"AWSService","invokedBy":"cloudformation.amazonaws.com"}"#)
        == "svc:cloudformation.amazonaws.com")
    #expect(
      try Self.observation(Self.session("app", "s") + #","sourceIPAddress":"AWS Internal""#).origin.kind
        == .awsInternal)
  }

  @Test(arguments: [
    (#""sourceIPAddress":"10.1.2.3","vpcEndpointId":"vpce-0a1b2c3d""#, "vpce:vpce-0a1b2c3d"),
    (#""sourceIPAddress":"172.16.9.9""#, "private:172.16.9.0/24"),
    (#""sourceIPAddress":"100.64.9.9""#, "private:100.64.9.0/24"),
    (#""sourceIPAddress":"198.51.100.200""#, "ip:198.51.100.0/24"),
    (#""sourceIPAddress":"2001:db8:40:1::9""#, "ip:2001:db8:40::/48"),
  ])
  func `rules 8 to 10, an address stands for its endpoint or network, the raw one beside it`(
    members: String, source: String
  ) throws {
    let observed = try Self.observation(Self.session("app", "s") + "," + members)
    #expect(observed.source == source)
    #expect(members.contains("\"\(observed.origin.sourceIP)\""))
    #expect(observed.generalisations.contains { $0.hasPrefix("source: \(observed.origin.sourceIP) to ") })
  }

  @Test(arguments: [
    ("aws-cli/2.15.0 Python/3.11 Linux/5.10 exe/x86_64", "aws-cli"),
    ("Boto3/1.28 md/Botocore#1.31 exec-env/AWS_Lambda_python3.11", "sdk-python"),
    ("APN/1.0 HashiCorp/1.0 Terraform/1.5.7 aws-sdk-go/1.44", "terraform"),
    ("Pulumi/3.0 aws-sdk-go-v2/1.2", "pulumi"), ("aws-sdk-go-v2/1.21 os/linux lang/go", "sdk-go"),
    ("signin.amazonaws.com", "console"), ("console.amazonaws.com", "console"),
    ("Mozilla/5.0 (X11; Linux x86_64)", "browser"), ("autoscaling.amazonaws.com", "service"),
    ("aws-sdk-java/2.20 exec-env/AWS_ECS_FARGATE", "sdk-java"), ("AWS Internal", "aws-internal"),
    ("", "none"), ("totally-new-tool/9", "other"),
  ])
  func `rule 12, a user agent is its product`(agent: String, family: String) throws {
    let observed = try Self.observation(
      Self.session("app", "s") + ",\"userAgent\":\(JSONValue.string(agent).compactText)")
    #expect(observed.origin.userAgentFamily == family)
    #expect(observed.origin.userAgent == agent)
  }

  @Test func `rule 13, an event has one name, its service, an outcome and whether it reads`() throws {
    let function = try Self.observation(
      #""eventSource":"lambda.amazonaws.com","eventName":"UpdateFunctionCode20150331v2","errorCode":"AccessDenied","readOnly":false"#
    )
    #expect(function.event == "lambda.amazonaws.com:UpdateFunctionCode")
    #expect(function.rawEventName == "UpdateFunctionCode20150331v2")
    #expect(function.outcome == .denied)
    #expect(!function.isReadOnly)
    #expect(function.generalisations.contains("event: UpdateFunctionCode20150331v2 to UpdateFunctionCode"))
    for (source, name) in [
      ("ec2", "CreateRoute"), ("apigateway", "CreateRoute"), ("events", "DeleteRule"),
      ("wafv2", "DeleteRule"),
    ] {
      let observed = try Self.observation(
        #""eventSource":"\#(source).amazonaws.com","eventName":"\#(name)","errorCode":"ThrottlingException""#)
      #expect(observed.event == "\(source).amazonaws.com:\(name)")
      #expect(observed.outcome == .failed)
    }
    let reading = try Self.observation(#""eventName":"ListUsers""#)
    #expect(reading.isReadOnly && reading.outcome == .success)
  }

  @Test(arguments: ["iam", "cloudfront", "route53", "organizations", "support", "account"])
  func `rule 16, a service without regions is global`(service: String) throws {
    let observed = try Self.observation(#""eventSource":"\#(service).amazonaws.com""#)
    #expect(observed.region == "global")
    #expect(observed.awsRegion == "us-east-1")
    #expect(observed.generalisations.contains("region: us-east-1 to global"))
  }

  @Test func `rule 16, the event's account and the actor's are both kept`() throws {
    let observed = try Self.observation(
      Self.session("app", "s") + #","recipientAccountId":"444455556666","eventSource":"ec2.amazonaws.com""#)
    #expect(observed.accountID == "444455556666")
    #expect(observed.actorAccountID == "111122223333")
    #expect(observed.region == "us-east-1")
  }

  @Test func `rule 17, a session is its issuer and its start`() throws {
    func lane(_ name: String, _ start: String) throws -> UInt64 {
      try Self.observation(
        Self.session("app", name, more: #","attributes":{"creationDate":"\#(start)"}"#)
      ).sessionDigest
    }
    #expect(try lane("i-0abc1234def567890", "2026-01-01T00:00:00Z") == lane("x", "2026-01-01T00:00:00Z"))
    #expect(try lane("x", "2026-01-01T00:00:00Z") != lane("x", "2026-01-01T00:00:01Z"))
  }
}
