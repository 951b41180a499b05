extension Atlas {
  /// Security groups and routes.
  static let perimeter: [Lane] = [
    Lane(
      "load-balancer-controller", in: "eks", by: .loadBalancerController, .share(1_000),
      ingressChange(group: "${pool sg nodes 5}", description: "elbv2.k8s.aws/targetGroupBinding=shared")),
    Lane(
      "load-balancer-rules", in: "eks", by: .loadBalancerController, .share(121),
      [
        .ingress(
          "AuthorizeSecurityGroupIngress", group: "${pool sg nodes 5}", cidr: "10.0.${number 0 31}.0/24",
          port: "${number 30000 32767}", description: "elbv2.k8s.aws/targetGroupBinding=shared")
      ]),
    Lane(
      "transit-routes", in: "network", by: transitController, .share(70, days: .every),
      [
        Call(
          "ec2", "CreateRoute",
          #"{"routeTableId":"${own rtb transit}","destinationCidrBlock":"10.${number 32 200}.0.0/16","transitGatewayId":"${own tgw main}"}"#,
          response: #"{"requestId":"${new uuid request}","_return":true}"#)
      ]),
  ]

  /// Keys, buckets and databases.
  static let storage: [Lane] = [
    Lane(
      "volume-grants", in: "eks", by: volumeController, .share(700), [encryptedVolumeGrant]),
    Lane(
      "function-grants", in: "cdk", by: cdk, .share(770, hours: 7...18),
      [
        Call.createGrant(
          operations: #""Decrypt""#, grantee: "arn:aws:iam::${account}:role/service-role/service-handler"
        ).via("lambda.amazonaws.com")
      ]),
    Lane(
      "bucket-reviews", in: "prod", by: administrator, .share(235, hours: 8...16), [Call("s3", "ListBuckets")]
    ),
    Lane(
      "database-reviews", in: "database", by: administrator, .share(62, hours: 8...16),
      [Call("rds", "DescribeDBInstances")]),
  ]

  /// What runs by itself.
  static let operations: [Lane] = [
    Lane(
      "auto-scaling", in: "asg", by: .autoScaling, .share(300),
      Call.scaledInstance(of: "${monthlypool i web 40}")),
    Lane(
      "office-hours-start", in: "scheduled", by: .scheduler, .share(430, hours: 6...6, days: .weekdays),
      [.instanceChange("StartInstances", "${monthlypool i desk 5}")]),
    Lane(
      "office-hours-stop", in: "scheduled", by: .scheduler, .share(420, hours: 20...20, days: .weekdays),
      [.instanceChange("StopInstances", "${monthlypool i desk 5}")]),
    Lane(
      "security-hub-rules", in: "sso", by: .securityHub, .share(420, hours: 2...22), Call.securityHubRules),
    Lane(
      "trail-checks", in: "security", by: scanner, .share(130, days: .every),
      [Call("cloudtrail", "DescribeTrails"), Call("guardduty", "ListDetectors")]),
    Lane(
      "trail-reviews", in: "security", by: scanner, .share(41, days: .every),
      [Call("cloudtrail", "GetTrailStatus", #"{"name":"${slug}-org-trail"}"#)]),
    Lane(
      "backup-jobs", in: "backup", by: .backup, .share(110, hours: 3...4, days: .every),
      Call.backupJob),
    Lane(
      "managed-instances", in: "serverless", by: .managedInstance, .share(80, days: .every),
      [.instanceReport]),
    Lane(
      "function-logs", in: "serverless", by: .function, .share(96),
      [
        Call(
          "logs", "CreateLogStream",
          #"{"logGroupName":"/aws/lambda/orders-api-OrdersFunction","logStreamName":"${date}/[$LATEST]${new 32 stream}"}"#
        )
      ]),
    Lane(
      "organization-reads", in: "management", by: scanner, .share(140, days: .every),
      [Call("organizations", "ListAccounts")]),
  ]
}
