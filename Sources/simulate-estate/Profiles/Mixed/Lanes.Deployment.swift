extension Lane {
  /// Infrastructure as code, build servers and the controllers that change the perimeter.
  static let deployment: [Lane] = [
    Lane(
      "stacksets-roles", in: "managed", by: .stackSets,
      .steady(1...1, hours: 6...16, days: .someWeekdays(percent: 60)),
      Call.stackSetsRole),
    Lane(
      "stacksets-role-removal", in: "managed", by: .stackSets,
      .fixed(hours: 6...16, days: .someWeekdays(percent: 30)),
      [
        .detachRolePolicy(
          "StackSet-guardrails-HookRole-${new suffix role}",
          "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
        .deleteRole("StackSet-guardrails-HookRole-${new suffix role}"),
      ]),
    Lane(
      "selfmanaged-stacksets", in: "compute", by: .selfManagedStackSets,
      .fixed(hours: 7...9, days: .weekly(on: 2)),
      [
        .createRole("StackSet-inspection-ScannerRole-${new suffix role}"),
        .attachRolePolicy(
          "StackSet-inspection-ScannerRole-${new suffix role}", "arn:aws:iam::aws:policy/SecurityAudit"),
      ]),
    Lane(
      "nightly-database-refresh", in: "refresh", by: .buildServer, .fixed(hours: 1...1, days: .every),
      judgement: .residual(
        "data_loss_or_outage",
        "The build server deletes the staging database without a final snapshot and restores it from production's snapshot, as it does every night."
      ),
      [
        Call("rds", "DescribeDBInstances", #"{"dBInstanceIdentifier":"staging-orders"}"#),
        .deleteDatabase("staging-orders"), .restoreDatabase("staging-orders"),
        Call.createGrant(
          operations: #""Decrypt","Encrypt","GenerateDataKey","CreateGrant""#,
          grantee: "rds.${region}.amazonaws.com"
        )
        .via("rds.amazonaws.com").after(20...60),
      ]),
    Lane(
      "build-agents", in: "refresh", by: .buildServer, .steady(1...2, hours: 2...18),
      [.runInstances("c6i.xlarge"), .terminate("${new i launched}").after(900...2_400)]),
    Lane(
      "terraform-apply", in: "terraform", by: .terraform, .steady(1...2, hours: 8...17, days: .weekdays),
      [
        .assumeRole(
          "${slug}-terraform-deploy", by: .pipeline, session: "aws-go-sdk-${stamp}"),
        Call("sts", "GetCallerIdentity"),
        Call(
          "ec2", "DescribeSecurityGroups",
          #"{"securityGroupSet":{},"securityGroupIdSet":{"items":[{"groupId":"${own sg app}"}]},"filterSet":{}}"#
        ),
        .ingress(
          "AuthorizeSecurityGroupIngress", group: "${own sg app}", cidr: "10.40.${number 0 20}.0/24",
          port: "8443"),
        Call(
          "ec2", "CreateTags",
          #"{"resourcesSet":{"items":[{"resourceId":"${own sg app}"}]},"tagSet":{"items":[{"key":"release","value":"${number 100 900}"}]}}"#,
          response: #"{"requestId":"${new uuid request}","_return":true}"#),
        Call(
          "lambda", "UpdateFunctionCode20150331v2",
          #"{"functionName":"transfer-worker","s3Bucket":"${slug}-artifacts-${account}","s3Key":"${new 12 key}.zip","publish":true}"#,
          response:
            #"{"functionName":"transfer-worker","version":"${number 10 300}","codeSha256":"${new 32 code}"}"#),
      ]),
    Lane(
      "codebuild-images", in: "codebuild", by: .codeBuild, .steady(1...3, hours: 5...19),
      [
        Call(
          "logs", "CreateLogStream",
          #"{"logGroupName":"/aws/codebuild/${slug}-image","logStreamName":"${new uuid build}"}"#),
        Call("ecr", "GetAuthorizationToken"),
        Call(
          "ecr", "InitiateLayerUpload", #"{"repositoryName":"${slug}/base"}"#,
          response: #"{"uploadId":"${new uuid upload}","partSize":20971520}"#),
        Call(
          "ecr", "PutImage", #"{"repositoryName":"${slug}/base","imageTag":"build-${number 1000 9999}"}"#,
          response: #"{"image":{"registryId":"${account}","repositoryName":"${slug}/base"}}"#),
      ]),
    Lane(
      "load-balancer-controller", in: "eks", by: .loadBalancerController, .steady(3...5),
      [
        Call(
          "sts", "AssumeRoleWithWebIdentity",
          #"{"roleArn":"arn:aws:iam::${account}:role/${slug}-eks-AmazonEKSLoadBalancerControllerRole-${own suffix lbc}","roleSessionName":"${session}"}"#,
          response:
            #"{"subjectFromWebIdentityToken":"system:serviceaccount:kube-system:aws-load-balancer-controller","audience":"sts.amazonaws.com","credentials":{"accessKeyId":"${new ASIA session}","sessionToken":"${token}","expiration":"${later 3600}"},"provider":"arn:aws:iam::${account}:oidc-provider/oidc.eks.${region}.amazonaws.com/id/${own 32 oidc}"}"#
        ).by(.controllerToken),
        Call("elasticloadbalancing", "DescribeTargetGroups", #"{"names":["k8s-shop-${own word shop}"]}"#),
        Call(
          "ec2", "DescribeSecurityGroups",
          #"{"securityGroupSet":{},"securityGroupIdSet":{},"filterSet":{"items":[{"name":"vpc-id","valueSet":{"items":[{"value":"${own vpc main}"}]}}]}}"#
        ),
        .ingress(
          "AuthorizeSecurityGroupIngress", group: "${pool sg nodes 5}", cidr: "10.0.${number 0 31}.0/24",
          port: "${number 30000 32767}", description: "elbv2.k8s.aws/targetGroupBinding=shared"),
        .ingress(
          "RevokeSecurityGroupIngress", group: "${pool sg nodes 5}", cidr: "10.0.${number 0 31}.0/24",
          port: "${number 30000 32767 old}"),
        Call(
          "elasticloadbalancing", "RegisterTargets",
          #"{"targetGroupArn":"arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/k8s-shop-${own word shop}/${own 16 group}","targets":[{"id":"10.0.${number 0 31 target}.${number 4 250}","port":8080}]}"#
        ),
      ]),
  ]
}
