extension Atlas {
  /// Infrastructure as code: roles and policies made, changed and removed.
  static let deployment: [Lane] = [
    Lane(
      "stacksets-roles", in: "managed", by: .stackSets, .share(1_200, hours: 5...18), Call.stackSetsRole),
    Lane(
      "stacksets-guardrails", in: "managed", by: .stackSets, .share(1_100, hours: 5...18),
      [
        .createRole("StackSet-baseline-GuardrailRole-${new suffix role}"),
        .attachRolePolicy(
          "StackSet-baseline-GuardrailRole-${new suffix role}", "arn:aws:iam::aws:policy/SecurityAudit"),
        .attachRolePolicy(
          "StackSet-baseline-GuardrailRole-${new suffix role}",
          "arn:aws:iam::aws:policy/service-role/AWSConfigRulesExecutionRole"),
      ]),
    Lane(
      "stacksets-removal", in: "managed", by: .stackSets, .share(750, hours: 5...18),
      [
        .detachRolePolicy(
          "StackSet-baseline-GuardrailRole-${new suffix old}", "arn:aws:iam::aws:policy/SecurityAudit"),
        .deleteRole("StackSet-baseline-GuardrailRole-${new suffix old}"),
      ]),
    Lane(
      "cdk-functions", in: "cdk", by: cdk, .share(700, hours: 7...18),
      [
        .createRole("Service-HandlerServiceRole${new 8 handler}-${new suffix handler}"),
        .attachRolePolicy(
          "Service-HandlerServiceRole${new 8 handler}-${new suffix handler}",
          "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
        updateFunction,
      ]),
    Lane(
      "cdk-removal", in: "cdk", by: cdk, .share(650, hours: 7...18),
      [
        Call(
          "iam", "DeleteRolePolicy",
          #"{"roleName":"Service-HandlerServiceRole${new 8 old}","policyName":"HandlerDefaultPolicy${new 8 old}"}"#
        ),
        .deleteRole("Service-HandlerServiceRole${new 8 old}"),
      ]),
    Lane(
      "pipeline-stacks", in: "cdk", by: deployer, .share(700, hours: 7...18, days: .weekdays),
      [
        Call(
          "cloudformation", "CreateChangeSet",
          #"{"stackName":"service-${pick api|web|worker}","changeSetName":"pipeline-${new 8 change}","capabilities":["CAPABILITY_IAM"]}"#,
          response:
            #"{"id":"arn:aws:cloudformation:${region}:${account}:changeSet/pipeline-${new 8 change}/${new uuid change}"}"#
        ),
        Call(
          "cloudformation", "ExecuteChangeSet",
          #"{"stackName":"service-${pick api|web|worker}","changeSetName":"pipeline-${new 8 change}"}"#),
      ]),
    Lane("pipeline-tags", in: "cdk", by: deployer, .share(801, hours: 7...18, days: .weekdays), [tag]),
    Lane(
      "terraform-jenkins", in: "terraform", by: oldTerraform, .share(330, hours: 7...18), terraformApply
    ).ending(daysAgo: 45),
    Lane(
      "terraform-apply", in: "terraform", by: newTerraform, .share(330, hours: 7...18), terraformApply
    ).beginning(daysAgo: 45),
    Lane(
      "terraform-security-groups", in: "edge", by: newTerraform, .share(160, hours: 7...18),
      ingressChange(group: "${own sg app}", description: "managed by terraform")
    ).beginning(daysAgo: 45),
    Lane(
      "terraform-security-groups-jenkins", in: "edge", by: oldTerraform, .share(160, hours: 7...18),
      ingressChange(group: "${own sg app}", description: "managed by terraform")
    ).ending(daysAgo: 45),
  ]

  /// Build servers, their agents, and what they start and stop.
  static let agents: [Lane] = [
    Lane(
      "jenkins-agents", in: "jenkins", by: jenkins, .share(700, hours: 2...20),
      [
        .runInstances("c6i.xlarge"), encryptedVolumeGrant.via("ec2.amazonaws.com"),
        .terminate("${new i launched}").after(900...2_400),
      ]),
    Lane(
      "teamcity-agents", in: "teamcity", by: teamCity, .share(500, hours: 2...20),
      [.runInstances("c5.2xlarge"), .terminate("${new i launched}").after(900...2_400)]),
    Lane(
      "teamcity-start", in: "teamcity", by: teamCity, .share(560, hours: 5...7),
      [.instanceChange("StartInstances", "${monthlypool i build 8}")]),
    Lane(
      "teamcity-stop", in: "teamcity", by: teamCity, .share(540, hours: 18...21),
      [.instanceChange("StopInstances", "${monthlypool i build 8}")]),
    Lane(
      "database-refresh", in: "refresh", by: .buildServer, .fixed(hours: 1...1, days: .weekdays),
      judgement: .residual(
        "data_loss_or_outage",
        "The build server replaces the staging database from production's snapshot, as on every working day."),
      [
        Call("rds", "DescribeDBInstances", #"{"dBInstanceIdentifier":"staging-orders"}"#),
        .deleteDatabase("staging-orders"), .restoreDatabase("staging-orders"),
      ]),
  ]

  private static let terraformApply: [Call] = [
    .createRole("terraform-${new 12 role}"),
    .attachRolePolicy(
      "terraform-${new 12 role}", "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"),
    Call(
      "lambda", "UpdateFunctionConfiguration20150331v2",
      #"{"functionName":"worker","timeout":${number 10 90},"layers":[]}"#,
      response: #"{"functionName":"worker","lastUpdateStatus":"InProgress"}"#),
  ]

  private static let updateFunction = Call(
    "lambda", "UpdateFunctionCode20150331v2",
    #"{"functionName":"service-handler","s3Bucket":"${slug}-artifacts-${account}","s3Key":"${new 12 key}.zip","publish":true}"#,
    response:
      #"{"functionName":"service-handler","version":"${number 10 300}","codeSha256":"${new 32 code}"}"#)

  private static let tag = Call(
    "ec2", "CreateTags",
    #"{"resourcesSet":{"items":[{"resourceId":"${monthlypool i web 40}"}]},"tagSet":{"items":[{"key":"release","value":"${new 8 release}"}]}}"#,
    response: #"{"requestId":"${new uuid request}","_return":true}"#)

  static func ingressChange(group: String, description: String) -> [Call] {
    ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"].map {
      .ingress(
        $0, group: group, cidr: "10.${number 0 31}.${number 0 255}.0/24", port: "${number 30000 32767}",
        description: description)
    }
  }

  static let encryptedVolumeGrant = Call.createGrant(
    operations: #""Decrypt","GenerateDataKeyWithoutPlaintext","ReEncryptFrom","ReEncryptTo""#,
    grantee: "arn:aws:iam::${account}:role/aws-service-role/ec2.amazonaws.com/AWSServiceRoleForEC2")
}
