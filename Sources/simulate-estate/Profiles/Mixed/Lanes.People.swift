extension Lane {
  /// Administrators, engineers and support staff who sign in through the identity centre.
  static let people: [Lane] = [
    Lane(
      "administrator-sessions", in: "people", by: .administrator,
      .fixed(1...2, hours: 7...16, days: .someWeekdays(percent: 70)),
      signIn("AWS-Admin", .administrator) + [
        Call("ec2", "DescribeInstances", #"{"instancesSet":{},"filterSet":{}}"#).after(10...90),
        Call("iam", "ListRoles").after(10...90),
        Call("s3", "ListBuckets").after(10...90),
        Call("cloudtrail", "DescribeTrails").after(10...90),
        Call("rds", "DescribeDBInstances").after(10...90),
      ]),
    Lane(
      "administrator-changes", in: "people", by: .administrator,
      .fixed(hours: 8...15, days: .someWeekdays(percent: 25)),
      [
        Call(
          "ec2", "CreateTags",
          #"{"resourcesSet":{"items":[{"resourceId":"${pool i web 40}"}]},"tagSet":{"items":[{"key":"owner","value":"platform"}]}}"#,
          response: #"{"requestId":"${new uuid request}","_return":true}"#),
        Call(
          "ssm", "PutParameter",
          #"{"name":"/platform/feature-flags","type":"String","value":"HIDDEN_DUE_TO_SECURITY_REASONS","overwrite":true}"#,
          response: #"{"version":${number 10 400},"tier":"Standard"}"#
        ).after(30...300),
      ]),
    Lane(
      "administrator-asia-pacific", in: "content", region: "ap-southeast-1", by: .administrator,
      .fixed(hours: 8...12, days: .someWeekdays(percent: 40)),
      [
        Call("ec2", "DescribeRouteTables", #"{"routeTableIdSet":{},"filterSet":{}}"#),
        Call("ec2", "DescribeVpcs", #"{"vpcSet":{},"filterSet":{}}"#).after(5...60),
        Call("ec2", "DescribeInternetGateways", #"{"internetGatewayIdSet":{},"filterSet":{}}"#).after(5...60),
      ]),
    Lane(
      "engineer-sessions", in: "people", by: .reader,
      .steady(1...1, hours: 6...17, days: .someWeekdays(percent: 80)),
      signIn("AWS-ReadOnly", .reader) + [
        Call("ec2", "DescribeInstances", #"{"instancesSet":{},"filterSet":{}}"#).after(5...60),
        Call("cloudwatch", "DescribeAlarms", #"{"maxRecords":100}"#).after(5...60),
        Call("logs", "DescribeLogGroups", #"{"limit":50}"#).after(5...60),
        Call("lambda", "ListFunctions20150331").after(5...60),
      ]),
    Lane(
      "support-sessions", in: "people", by: .support, .fixed(hours: 8...15, days: .weekly(on: 4)),
      signIn("AWS-Support", .support) + [
        Call("support", "DescribeCases", #"{"includeResolvedCases":false}"#).in("us-east-1").after(5...60)
      ]),
    Lane(
      "identity-centre-portal", in: "management", by: .portalUser,
      .fixed(2...4, hours: 6...17, days: .weekdays),
      Call.portal),
  ]

  private static func signIn(_ set: String, _ person: Principal) -> [Call] {
    let identityProvider = Principal.identityProvider.from(person.source)
    return [
      .samlSignIn(
        "aws-reserved/sso.amazonaws.com/AWSReservedSSO_\(set)_${own 16 \(set)}",
        provider: "AWSSSO_${own 16 provider}_DO_NOT_DELETE"
      )
      .by(identityProvider),
      .consoleLogin,
    ]
  }
}
