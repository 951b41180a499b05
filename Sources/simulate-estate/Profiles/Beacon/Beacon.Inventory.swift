extension Beacon {
  /// Reads of what there is; most of the volume.
  static let inventory: [Lane] = [
    Lane(
      "network-inventory", in: "network", by: .inventoryRole, .share(2_600, days: .every), Call.networkReads),
    Lane(
      "asset-inventory", in: "any", by: assetInventory, .share(6_000, days: .every),
      [
        Call("ec2", "DescribeInstances", #"{"instancesSet":{},"filterSet":{}}"#),
        Call("ec2", "DescribeVolumes", #"{"volumeSet":{},"filterSet":{}}"#),
        Call("ec2", "DescribeSecurityGroups", #"{"securityGroupSet":{},"filterSet":{}}"#),
        Call("ec2", "DescribeSubnets", #"{"subnetSet":{},"filterSet":{}}"#),
        Call("ec2", "DescribeVpcs", #"{"vpcSet":{},"filterSet":{}}"#),
        Call("ec2", "DescribeNetworkInterfaces", #"{"networkInterfaceIdSet":{},"filterSet":{}}"#),
        Call("elasticloadbalancing", "DescribeLoadBalancers", #"{"pageSize":400}"#),
        Call("elasticloadbalancing", "DescribeTargetGroups", #"{"pageSize":400}"#),
      ]),
    Lane(
      "database-inventory", in: "any", by: assetInventory, .share(3_000, days: .every),
      [
        Call("rds", "DescribeDBInstances", #"{"maxRecords":100}"#),
        Call("rds", "DescribeDBClusters", #"{"maxRecords":100}"#),
      ]),
    Lane(
      "database-tags", in: "any", by: assetInventory, .share(2_000, days: .every),
      [
        Call(
          "rds", "ListTagsForResource",
          #"{"resourceName":"arn:aws:rds:${region}:${account}:db:${pool word database 8}"}"#)
      ]),
    Lane(
      "database-snapshots", in: "workload", by: assetInventory, .share(470, days: .every),
      [Call("rds", "DescribeDBSnapshots", #"{"maxRecords":100}"#)]),
    Lane(
      "bucket-inventory", in: "any", by: assetInventory, .share(4_000, days: .every),
      [
        Call("s3", "GetBucketLocation", #"{"bucketName":"${slug}-${pool word bucket 12}","location":""}"#),
        Call("s3", "GetBucketTagging", #"{"bucketName":"${slug}-${pool word bucket 12}","tagging":""}"#),
      ]),
    Lane(
      "bucket-lists", in: "any", by: assetInventory, .share(3_000, days: .every), [Call("s3", "ListBuckets")]),
    Lane(
      "function-inventory", in: "any", by: assetInventory, .share(4_000, days: .every),
      [Call("lambda", "ListFunctions20150331")]),
    Lane(
      "tag-inventory", in: "any", by: assetInventory, .share(7_105, days: .every),
      [Call("tagging", "GetResources", #"{"resourcesPerPage":100}"#)]),
    Lane(
      "stack-inventory", in: "any", by: assetInventory, .share(529, days: .every),
      [Call("cloudformation", "DescribeStacks")]),
    Lane(
      "instance-status", in: "workload", by: collector, .share(5_416, days: .every),
      [Call("ec2", "DescribeInstanceStatus", #"{"instancesSet":{},"includeAllInstances":true}"#)]),
  ]

  /// Checks, quotas and monitoring.
  static let governance: [Lane] = [
    Lane(
      "trusted-advisor", in: "any", by: .trustedAdvisor, .share(3_200, days: .every),
      [
        Call("ec2", "DescribeAddresses", #"{"publicIpsSet":{},"filterSet":{},"allocationIdsSet":{}}"#),
        Call("ec2", "DescribeReservedInstances", #"{"filterSet":{}}"#),
        Call("servicequotas", "ListServiceQuotas", #"{"serviceCode":"ec2"}"#),
        Call("support", "DescribeTrustedAdvisorChecks", #"{"language":"en"}"#),
      ]),
    Lane(
      "config-reads", in: "any", by: .config, .share(4_000, days: .every),
      [
        .assumeRole(
          "aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
          by: .service("config.amazonaws.com"), session: "AWSConfig-Describe"),
        Call("ec2", "DescribeNatGateways", #"{"DescribeNatGatewaysRequest":{"MaxResults":100}}"#),
        Call("ec2", "DescribeRouteTables", #"{"routeTableIdSet":{},"filterSet":{}}"#),
        Call("config", "PutEvaluations", #"{"evaluations":[],"testMode":false}"#),
      ]),
    Lane(
      "quota-monitor", in: "any", by: quotaMonitor, .share(5_000, days: .every),
      [
        Call("servicequotas", "ListServices"),
        Call("servicequotas", "GetServiceQuota", #"{"serviceCode":"lambda","quotaCode":"L-B99A9384"}"#),
        Call(
          "servicequotas", "GetAWSDefaultServiceQuota", #"{"serviceCode":"vpc","quotaCode":"L-F678F1CE"}"#),
      ]),
    Lane(
      "config-aggregation", in: "any", by: collector, .share(4_000, days: .every),
      [
        Call("config", "SelectResourceConfig", #"{"expression":"SELECT resourceId","limit":100}"#),
        Call("config", "DescribeComplianceByConfigRule"),
        Call("config", "BatchGetResourceConfig", #"{"resourceKeys":[]}"#),
      ]),
    Lane(
      "health", in: "any", by: collector, .share(4_000, days: .every),
      [
        Call("health", "DescribeEvents", #"{"filter":{},"maxResults":100}"#),
        Call("support", "DescribeTrustedAdvisorCheckSummaries", #"{"checkIds":[]}"#),
      ]),
    Lane(
      "alarms", in: "any", by: collector, .share(3_000, days: .every),
      [Call("monitoring", "DescribeAlarms", #"{"maxRecords":100}"#)]),
    Lane(
      "log-groups", in: "any", by: collector, .share(3_962, days: .every),
      [Call("logs", "DescribeLogGroups", #"{"limit":50}"#)]),
    Lane(
      "posture", in: "any", by: collector, .share(2_000, days: .every),
      [
        Call("cloudtrail", "DescribeTrails"),
        Call("guardduty", "ListFindings", #"{"detectorId":"${own 32 detector}"}"#),
        Call("securityhub", "GetFindings", #"{"MaxResults":100}"#),
      ]),
    Lane("roles", in: "any", by: collector, .share(2_400, days: .every), [Call("iam", "ListRoles")]),
  ]
}
