import Testing

@testable import MDRCore

/// What is remembered of one record changes nothing in the line or the lane of another.
@Suite struct LineComposerTests {
  /// Parts of a role's identity that change with the session, and parts that should not, in every combination.
  private static let sessions: [(arn: String, id: String, more: String)] = {
    let names = [
      "deploy-7", "deploy-8", "i-0123456789abcdef0", "ada@example.com", "bob@example.com",
      "botocore-session-1700000001",
      "botocore-session-1700000002", "b3eb5416-900b-4556-a66e-c306a962cafa",
      "0d8b6f3e-1111-4222-8333-444455556666",
      "password=hunter2", "AKIAIOSFODNN7EXAMPLE", "a:b:c", "AWSCloudFormation", "AmazonConnect", "worker",
      "\u{E9}t\u{E9}", "x",
    ]
    let roles = [
      "arn:aws:sts::111111111111:assumed-role/app",
      "arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Admin_0a1b2c3d4e5f6789",
      "arn:aws:sts::111111111111:federated-user", "x:assumed-role/app",
      "arn:aws-cn:sts::111111111111:assumed-role/a/b",
    ]
    return roles.flatMap { role in
      names.flatMap { name in
        [
          ("\(role)/\(name)", "AROAEXAMPLE:\(name)", ""), ("\(role)/\(name)", "AROAEXAMPLE:other", ""),
          ("\(role)/\(name)", "AROAEXAMPLE:\(name)", #","sourceIdentity":"eve@example.com""#),
          ("\(role)/\(name)", "AROAEXAMPLE", #","sourceIdentity":null"#),
        ]
      }
    }
  }()

  @Test(arguments: [0, 1, 2])
  func `one more session of a known principal is resolved as if it were the first`(
    order: Int
  ) throws {
    var records: [String] = []
    for (index, session) in Self.sessions.enumerated() {
      let key = ["", "AK", "ASIAEXAMPLE\(index)", "AKIAEXAMPLE\(index)"][(index / 2 + order) % 4]
      let start = ["", "2026-01-05T08:00:\(10 + index % 50)Z", "null"][(index / 3 + order) % 3]
      let date = start == "null" ? start : "\"\(start)\""
      records.append(
        #"{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","principalId":"\#(session.id)","arn":"\#(session.arn)",\#(index % 2 == 0 ? #""invokedBy":"cloudformation.amazonaws.com","# : "")"accountId":"111111111111","accessKeyId":"\#(key)","sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111111111111:role/\#(index % 5 == 0 ? "app" : "path/app")","accountId":"111111111111","userName":"app"},"attributes":{"creationDate":\#(date),"mfaAuthenticated":"\#(index % 7 == 0)"}\#(session.more)}},"eventTime":"2026-01-10T0\#(index % 10):59:07Z","eventSource":"ec2.amazonaws.com","eventName":"\#(index % 2 == 0 ? "DescribeVpcs" : "StopInstances")","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"a","requestParameters":null,"responseElements":null,"eventID":"00000000-0000-4000-a000-\#(100_000_000_000 + index)"}"#
      )
    }
    if order == 1 { records.reverse() }
    if order == 2 {
      records = stride(from: 0, to: 7, by: 1).flatMap { start in
        stride(from: start, to: records.count, by: 7).map { records[$0] }
      }
    }
    let text = "{\"Records\":[" + records.joined(separator: ",") + "]}"
    try LogLaneReaderTests.withFiles([("a.json", text)]) {
      try ObservationLinesTests.expectSame([$0], "sessions \(order)")
      try LogLaneReaderTests.expectSame([$0], "sessions \(order)")
    }
  }

  @Test func `critical outcomes hang on what is left of documents that hold secrets`() throws {
    let events = [
      ("rds", "ModifyDBInstance"), ("rds", "DeleteDBInstance"), ("ec2", "RunInstances"),
      ("ec2", "AuthorizeSecurityGroupIngress"), ("ec2", "ModifySnapshotAttribute"), ("s3", "PutBucketPolicy"),
      ("kms", "PutKeyPolicy"), ("iam", "AttachUserPolicy"), ("iam", "CreateAccessKey"),
      ("cloudtrail", "UpdateTrail"),
      ("lambda", "AddPermission20150331v2"), ("secretsmanager", "PutResourcePolicy"),
    ]
    let policy =
      #"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}"#
    let members = [
      #""masterUserPassword":"hunter2""#, #""userData":"c2VjcmV0""#, #""publiclyAccessible":true"#,
      #""publiclyAccessible":false"#, #""deletionProtection":false"#, #""skipFinalSnapshot":true"#,
      #""note":"password=hunter2""#, #""policyArn":"arn:aws:iam::aws:policy/AdministratorAccess""#,
      #""bucketPolicy":{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#,
      #""policy":"\#(policy)""#, #""principal":"*""#, #""isMultiRegionTrail":false"#, #""spaced": "x""#,
      #""createVolumePermission":{"add":{"items":[{"group":"all"}]}}"#,
      #""ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":22,"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}"#,
    ]
    var records: [String] = []
    for round in 0..<members.count * 3 {
      for (service, name) in events {
        let number = records.count
        let request = [members[round % members.count], members[(round * 4 + number) % members.count]]
        let isDouble = request[0].prefix(8) == request[1].prefix(8)
        let document = "{" + (isDouble ? request[0] : request.joined(separator: ",")) + "}"
        let response = number % 3 == 0 ? "{" + members[(round + number) % members.count] + "}" : "null"
        records.append(
          #"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111111111111:user/u","accountId":"111111111111","userName":"u","accessKeyId":"AKIAEXAMPLE"},"eventTime":"2026-01-10T0\#(number % 10):59:07Z","eventSource":"\#(service).amazonaws.com","eventName":"\#(name)","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"a","requestParameters":\#(document),"responseElements":\#(response),"eventID":"00000000-0000-4000-a000-\#(100_000_000_000 + number)"}"#
        )
      }
    }
    let text = "{\"Records\":[" + records.joined(separator: ",") + "]}"
    try LogLaneReaderTests.withFiles([("a.json", text)]) {
      try ObservationLinesTests.expectSame([$0], "criticals")
    }
    try LogLaneReaderTests.withFiles([("a.json", "[" + records.reversed().joined(separator: ",") + "]")]) {
      try ObservationLinesTests.expectSame([$0], "criticals, the other way round")
    }
  }
}
