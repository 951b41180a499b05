/// Operations of several calls.
extension Call {
  /// What the inventory role reads of the network between accounts.
  static let networkReads: [Call] = [
    Call(
      "ec2", "DescribeTransitGatewayAttachments",
      #"{"DescribeTransitGatewayAttachmentsRequest":{"MaxResults":200}}"#),
    Call(
      "directconnect", "DescribeDirectConnectGatewayAttachments",
      #"{"directConnectGatewayId":"${own uuid dxgw}"}"#),
    Call("directconnect", "DescribeVirtualInterfaces"),
    Call("ec2", "DescribeTransitGateways", #"{"DescribeTransitGatewaysRequest":{}}"#),
  ]

  /// What the guardrail stack set does in a member account: a role with little power.
  static let stackSetsRole: [Call] = [
    .createRole("StackSet-guardrails-HookRole-${new suffix role}"),
    .attachRolePolicy(
      "StackSet-guardrails-HookRole-${new suffix role}",
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
    .putRolePolicy(
      "StackSet-guardrails-HookRole-${new suffix role}", "hook",
      statement:
        #"{\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\"],\"Resource\":\"arn:aws:s3:::${slug}-guardrails-${account}/*\"}"#
    ),
  ]

  /// Auto Scaling starts an instance whose volume is encrypted, and ends one of a fleet.
  static func scaledInstance(of fleet: String) -> [Call] {
    [
      .runInstances("m6i.large"),
      .createGrant(
        operations:
          #""Encrypt","Decrypt","ReEncryptFrom","ReEncryptTo","GenerateDataKeyWithoutPlaintext","DescribeKey","CreateGrant""#,
        grantee:
          "arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
      ),
      .terminate(fleet).after(60...900),
    ]
  }

  static func createAccessKey(_ user: String) -> Call {
    Call(
      "iam", "CreateAccessKey", Template(#"{"userName":"\#(user)"}"#),
      response: Template(
        #"{"accessKey":{"userName":"\#(user)","accessKeyId":"${new AKIA key}","status":"Active","createDate":"${now}"}}"#
      ))
  }

  static let keyRotation: [Call] = [
    Call("iam", "ListAccessKeys", #"{"userName":"bitbucket-pipeline"}"#),
    .createAccessKey("bitbucket-pipeline"),
    Call(
      "iam", "UpdateAccessKey",
      #"{"userName":"bitbucket-pipeline","accessKeyId":"${new AKIA old}","status":"Inactive"}"#
    ).after(60...120),
    Call("iam", "DeleteAccessKey", #"{"userName":"bitbucket-pipeline","accessKeyId":"${new AKIA old}"}"#)
      .after(600...900),
  ]

  static func deleteDatabase(_ name: String) -> Call {
    Call(
      "rds", "DeleteDBInstance",
      Template(
        #"{"dBInstanceIdentifier":"\#(name)","skipFinalSnapshot":true,"deleteAutomatedBackups":true}"#),
      response: Template(
        #"{"dBInstanceIdentifier":"\#(name)","dBInstanceClass":"db.r6g.large","engine":"postgres","dBInstanceStatus":"deleting","dBInstanceArn":"arn:aws:rds:${region}:${account}:db:\#(name)","publiclyAccessible":false}"#
      ))
  }

  static func restoreDatabase(_ name: String) -> Call {
    Call(
      "rds", "RestoreDBInstanceFromDBSnapshot",
      Template(
        #"{"dBInstanceIdentifier":"\#(name)","dBSnapshotIdentifier":"rds:orders-${date}-00-10","dBInstanceClass":"db.r6g.large","publiclyAccessible":false,"multiAZ":false}"#
      ),
      response: Template(
        #"{"dBInstanceIdentifier":"\#(name)","dBInstanceStatus":"creating","dBInstanceArn":"arn:aws:rds:${region}:${account}:db:\#(name)"}"#
      )
    ).after(600...900)
  }

  static let securityHubRules: [Call] = [
    Call(
      "config", "PutConfigRule",
      #"{"configRule":{"configRuleName":"securityhub-vpc-default-security-group-closed-${new 8 rule}","source":{"owner":"AWS","sourceIdentifier":"VPC_DEFAULT_SECURITY_GROUP_CLOSED"},"createdBy":"securityhub.amazonaws.com"}}"#
    ),
    Call(
      "config", "DeleteConfigRule",
      #"{"configRuleName":"securityhub-vpc-default-security-group-closed-${new 8 old}"}"#
    ).after(5...40),
  ]

  /// AWS Backup's own events about a job.
  static let backupJob: [Call] = [
    Call("backup", "BackupJobStarted").by(.service("backup.amazonaws.com")).with {
      $0.kind = .service
      $0.serviceDetails =
        #"{"backupJobId":"${new uuid job}","state":{"value":"RUNNING"},"backupVaultName":"${slug}-vault","resourceArn":"arn:aws:ec2:${region}:${account}:volume/${pool vol data 6}"}"#
    },
    Call("backup", "BackupJobCompleted").by(.service("backup.amazonaws.com")).after(300...1_200).with {
      $0.kind = .service
      $0.serviceDetails =
        #"{"backupJobId":"${new uuid job}","state":{"value":"COMPLETED"},"backupVaultName":"${slug}-vault","recoveryPointArn":"arn:aws:ec2:${region}::snapshot/${new snap backup}"}"#
    },
  ]

  static let instanceReport = Call(
    "ssm", "UpdateInstanceInformation",
    #"{"instanceId":"${session}","agentVersion":"3.3.987.0","agentStatus":"Active","platformType":"Linux","platformName":"Amazon Linux","platformVersion":"2023","iPAddress":"10.0.${number 0 31}.${number 4 250}","computerName":"ip-10-0-0-${number 4 250 host}.ec2.internal","agentName":"amazon-ssm-agent"}"#
  )

  /// What the identity centre's portal logs when somebody opens an account.
  static let portal: [Call] = [
    Call("sso", "Authenticate").with {
      $0.kind = .service
      $0.serviceDetails = #"{"CredentialType":"EXTERNAL_IDP"}"#
    },
    Call("sso", "Federate").with {
      $0.kind = .service
      $0.serviceDetails =
        #"{"role_name":"AWS-ReadOnly","account_id":"${purpose application-platform-prod}"}"#
    },
  ]
}
