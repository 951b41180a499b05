extension Lane {
  /// AWS services at work on the customer's behalf; most of the volume.
  static let services: [Lane] = [
    Lane(
      "auto-scaling", in: "compute", by: .autoScaling, .steady(1...2),
      Call.scaledInstance(of: "${pool i web 40}")),
    Lane(
      "config-reads", in: "any", by: .config, .steady(1...1, days: .every),
      [
        .assumeRole(
          "aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
          by: .service("config.amazonaws.com"), session: "AWSConfig-Describe"),
        Call("ec2", "DescribeNatGateways", #"{"DescribeNatGatewaysRequest":{"MaxResults":100}}"#),
        Call(
          "s3", "GetBucketPolicy",
          #"{"bucketName":"${slug}-artifacts-${account}","Host":"${slug}-artifacts-${account}.s3.${region}.amazonaws.com","policy":""}"#
        ),
        Call(
          "s3", "GetBucketEncryption",
          #"{"bucketName":"${slug}-artifacts-${account}","Host":"s3.${region}.amazonaws.com","encryption":""}"#
        ),
        Call("iam", "ListRolePolicies", #"{"roleName":"${slug}-web-application-role"}"#),
      ]),
    Lane(
      "security-hub-rules", in: "any", by: .securityHub,
      .fixed(hours: 2...22, days: .someWeekdays(percent: 40)),
      Call.securityHubRules),
    Lane(
      "trusted-advisor", in: "any", by: .trustedAdvisor, .steady(1...1, days: .every),
      [
        Call("ec2", "DescribeAddresses", #"{"publicIpsSet":{},"filterSet":{},"allocationIdsSet":{}}"#),
        Call("iam", "GetAccountPasswordPolicy"),
        Call("servicequotas", "ListServiceQuotas", #"{"serviceCode":"ec2"}"#),
      ]),
    Lane(
      "managed-instances", in: "compute", by: .managedInstance, .steady(1...2, days: .every),
      [
        .assumeRole(
          "${slug}-managed-instance-role", by: .service("ec2.amazonaws.com"), session: "${session}"),
        .instanceReport,
        Call("ssm", "ListInstanceAssociations", #"{"instanceId":"${session}","maxResults":20}"#),
      ]),
    Lane(
      "quick-setup", in: "compute", by: .quickSetup, .fixed(hours: 3...5, days: .weekly(on: 1)),
      [
        .createRole("AmazonSSMRoleForInstancesQuickSetup"),
        .attachRolePolicy(
          "AmazonSSMRoleForInstancesQuickSetup", "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"),
        Call(
          "ssm", "StartAutomationExecution",
          #"{"documentName":"AWSQuickSetupType-SSMHostMgmt-${own word document}"}"#,
          response: #"{"automationExecutionId":"${new uuid execution}"}"#),
      ]),
    Lane(
      "backup-jobs", in: "backup", by: .backup, .fixed(2...4, hours: 3...4, days: .every),
      [
        .assumeRole(
          "service-role/AWSBackupDefaultServiceRole", by: .service("backup.amazonaws.com"),
          session: "AWSBackup-${account}"),
        Call(
          "ec2", "CreateSnapshot",
          #"{"volumeId":"${pool vol data 6}","description":"This snapshot is created by the AWS Backup service."}"#,
          response:
            #"{"requestId":"${new uuid request}","snapshotId":"${new snap backup}","volumeId":"${pool vol data 6}","status":"pending","encrypted":true}"#
        ),
      ] + Call.backupJob),
    Lane(
      "application-calls", in: "compute", by: .application, .steady(1...1),
      [
        Call(
          "kms", "Decrypt",
          #"{"encryptionContext":{"SecretARN":"arn:aws:secretsmanager:${region}:${account}:secret:web/database-${own word secret}"},"encryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#
        )
        .on(
          #"[{"accountId":"${account}","type":"AWS::KMS::Key","ARN":"arn:aws:kms:${region}:${account}:key/${own uuid secrets}"}]"#
        ),
        Call(
          "ec2", "DescribeInstances",
          #"{"instancesSet":{},"filterSet":{"items":[{"name":"tag:service","valueSet":{"items":[{"value":"web"}]}}]}}"#
        ),
        Call(
          "sqs", "GetQueueAttributes",
          #"{"queueUrl":"https://sqs.${region}.amazonaws.com/${account}/orders","attributeNames":["All"]}"#),
        Call("logs", "CreateLogStream", #"{"logGroupName":"/app/web","logStreamName":"${session}/${date}"}"#),
      ]),
    Lane(
      "function-logs", in: "serverless", by: .function, .steady(1...1),
      [
        .assumeRole(
          "orders-api-OrdersFunctionRole-${monthly suffix orders}", by: .service("lambda.amazonaws.com"),
          session: "orders-api-OrdersFunction-${monthly suffix function}"),
        Call(
          "logs", "CreateLogStream",
          #"{"logGroupName":"/aws/lambda/orders-api-OrdersFunction","logStreamName":"${date}/[$LATEST]${new 32 stream}"}"#
        ),
        Call(
          "kms", "GenerateDataKey",
          #"{"keyId":"alias/orders","keySpec":"AES_256","encryptionContext":{"aws:dynamodb:tableName":"orders"}}"#
        )
        .on(
          #"[{"accountId":"${account}","type":"AWS::KMS::Key","ARN":"arn:aws:kms:${region}:${account}:key/${own uuid orders}"}]"#
        ),
      ]),
    Lane(
      "trail-keys", in: "any", by: .service("cloudtrail.amazonaws.com"), .steady(1...1, days: .every),
      [
        Call(
          "kms", "GenerateDataKey",
          #"{"keyId":"arn:aws:kms:${region}:${account}:key/${own uuid trail}","keySpec":"AES_256","encryptionContext":{"aws:cloudtrail:arn":"arn:aws:cloudtrail:us-east-1:${purpose organization-management}:trail/${slug}-org-trail"}}"#
        )
        .on(
          #"[{"accountId":"${account}","type":"AWS::KMS::Key","ARN":"arn:aws:kms:${region}:${account}:key/${own uuid trail}"}]"#
        )
      ]),
  ]
}
