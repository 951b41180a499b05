extension Beacon {
  /// Services and roles that take on roles, all day.
  static let sessions: [Lane] = [
    assumption(
      "lambda.amazonaws.com", in: "workload", role: "orders-api-OrdersFunctionRole-${monthly suffix orders}",
      runs: 17_000),
    assumption("ec2.amazonaws.com", in: "workload", role: "${slug}-managed-instance-role", runs: 21_000),
    assumption(
      "ecs-tasks.amazonaws.com", in: "application", role: "${slug}-container-task-role", runs: 9_000),
    assumption(
      "ssm.amazonaws.com", in: "workload", role: "service-role/${slug}-maintenance-window-role", runs: 3_467),
    Lane(
      "collector-sessions", in: "any", by: collector, .share(5_000, days: .every),
      [
        .assumeRole(
          "${slug}-monitoring-collector-target", by: collector, session: "collect-${new 12 session}")
      ]),
    Lane(
      "caller-checks", in: "application", by: containerTask, .share(2_500, days: .every),
      [Call("sts", "GetCallerIdentity")]),
  ]

  private static func assumption(_ service: String, in trait: String, role: String, runs: Int) -> Lane {
    Lane(
      "assumed-by-\(service.prefix { $0 != "." })", in: trait, by: .service(service),
      .share(runs, days: .every),
      [.assumeRole(role, by: .service(service), session: "${new i session}")])
  }

  /// Workloads in the accounts that have them.
  static let applications: [Lane] = [
    Lane(
      "application-calls", in: "application", by: .application, .share(15_000),
      [
        decrypt("secrets"),
        Call(
          "sqs", "GetQueueAttributes",
          #"{"queueUrl":"https://sqs.${region}.amazonaws.com/${account}/orders","attributeNames":["All"]}"#),
      ]),
    Lane(
      "application-discovery", in: "application", by: .application, .share(5_000),
      [
        Call(
          "ec2", "DescribeInstances",
          #"{"instancesSet":{},"filterSet":{"items":[{"name":"tag:service","valueSet":{"items":[{"value":"web"}]}}]}}"#
        )
      ]),
    Lane(
      "application-tables", in: "application", by: containerTask, .share(3_000),
      [Call("dynamodb", "DescribeTable", #"{"tableName":"${pick orders|carts|sessions}"}"#)]),
    Lane(
      "application-logs", in: "application", by: .application, .share(3_000),
      [Call("logs", "CreateLogStream", #"{"logGroupName":"/app/web","logStreamName":"${session}/${date}"}"#)]),
    Lane(
      "image-pulls", in: "application", by: containerTask, .share(4_000),
      [Call("ecr", "GetAuthorizationToken")]),
    Lane(
      "function-keys", in: "workload", by: .function, .share(5_000), [dataKey("orders")]),
    Lane("function-secrets", in: "workload", by: .function, .share(4_493), [decrypt("functions")]),
    Lane(
      "function-logs", in: "workload", by: .function, .share(3_000),
      [
        Call(
          "logs", "CreateLogStream",
          #"{"logGroupName":"/aws/lambda/orders-api-OrdersFunction","logStreamName":"${date}/[$LATEST]${new 32 stream}"}"#
        )
      ]),
    Lane(
      "managed-instances", in: "workload", by: .managedInstance, .share(14_000, days: .every),
      [
        .instanceReport,
        Call("ssm", "ListInstanceAssociations", #"{"instanceId":"${session}","maxResults":20}"#),
      ]),
    Lane(
      "managed-instance-status", in: "workload", by: .managedInstance, .share(12_000, days: .every),
      [.instanceReport]),
    Lane(
      "managed-instance-inventory", in: "workload", by: .managedInstance, .share(3_000, days: .every),
      [Call("ssm", "PutInventory", #"{"instanceId":"${session}","items":[]}"#)]),
    Lane(
      "instance-information", in: "workload", by: collector, .share(3_821, days: .every),
      [Call("ssm", "DescribeInstanceInformation", #"{"maxResults":50}"#)]),
    Lane(
      "auto-scaling", in: "scaling", by: .autoScaling, .share(500),
      [.runInstances("m6i.large"), .terminate("${monthlypool i web 40}").after(60...900)]),
    Lane(
      "auto-scaling-grants", in: "scaling", by: .autoScaling, .fixed(hours: 6...18, days: .weekdays),
      [
        .createGrant(
          operations: #""Encrypt","Decrypt","GenerateDataKeyWithoutPlaintext","CreateGrant""#,
          grantee:
            "arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
        )
      ]),
    Lane(
      "target-registration", in: "scaling", by: .autoScaling, .share(300),
      [
        Call(
          "elasticloadbalancing", "RegisterTargets",
          #"{"targetGroupArn":"arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/web/${own 16 group}","targets":[{"id":"${new i registered}"}]}"#
        )
      ]),
    Lane(
      "trail-keys", in: "any", by: .service("cloudtrail.amazonaws.com"), .share(3_000, days: .every),
      [dataKey("trail")]),
  ]

  static func decrypt(_ key: String) -> Call {
    Call(
      "kms", "Decrypt",
      Template(
        #"{"encryptionContext":{"SecretARN":"arn:aws:secretsmanager:${region}:${account}:secret:\#(key)-${own word secret}"},"encryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#
      )
    ).on(keyResource(key))
  }

  static func dataKey(_ key: String) -> Call {
    Call(
      "kms", "GenerateDataKey",
      Template(
        #"{"keyId":"arn:aws:kms:${region}:${account}:key/${own uuid \#(key)}","keySpec":"AES_256"}"#)
    ).on(keyResource(key))
  }

  private static func keyResource(_ key: String) -> Template {
    Template(
      #"[{"accountId":"${account}","type":"AWS::KMS::Key","ARN":"arn:aws:kms:${region}:${account}:key/${own uuid \#(key)}"}]"#
    )
  }
}
