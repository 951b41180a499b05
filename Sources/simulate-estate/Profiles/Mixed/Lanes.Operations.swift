extension Lane {
  /// Rotation, schedules, integrations and inventory.
  static let operations: [Lane] = [
    Lane(
      "pipeline-key-rotation", in: "bastion", by: .bastion, .fixed(hours: 4...4, days: .monthly(on: 1)),
      judgement: .residual(
        "credential_or_privilege_risk", severities: ["high", "critical"],
        "The bastion replaces the pipeline user's access key on the first of the month: creates one, deactivates the old one, deletes it."
      ),
      Call.keyRotation),
    Lane(
      "bastion-maintenance", in: "bastion", by: .bastion, .fixed(1...2, hours: 5...18, days: .weekdays),
      [
        Call("sts", "GetCallerIdentity"),
        Call("ec2", "DescribeInstances", #"{"instancesSet":{},"filterSet":{}}"#),
        Call("ssm", "DescribeInstanceInformation", #"{"maxResults":50}"#),
        Call("iam", "ListUsers"),
      ]),
    Lane(
      "office-hours-start", in: "scheduled", by: .scheduler, .fixed(hours: 6...6, days: .weekdays),
      repeats: 3...5,
      [.instanceChange("StartInstances", "${pool i desk 5}")]),
    Lane(
      "office-hours-stop", in: "scheduled", by: .scheduler, .fixed(hours: 20...20, days: .weekdays),
      repeats: 3...5,
      [.instanceChange("StopInstances", "${pool i desk 5}")]),
    Lane(
      "legacy-integration", in: "legacy", by: .legacyIntegration, .steady(1...3, days: .every),
      [
        Call("s3", "ListBuckets"),
        Call(
          "s3", "GetBucketLocation",
          #"{"bucketName":"${slug}-file-drop","Host":"s3.amazonaws.com","location":""}"#),
        Call("sqs", "GetQueueUrl", #"{"queueName":"file-drop"}"#),
      ]),
    Lane(
      "contractor-reads", in: "legacy", by: .personalUser,
      .fixed(hours: 9...18, days: .someWeekdays(percent: 35)),
      [
        Call("sts", "GetCallerIdentity"),
        Call("s3", "ListBuckets"),
        Call("ec2", "DescribeInstances", #"{"instancesSet":{},"filterSet":{}}"#),
      ]),
    Lane(
      "network-inventory", in: "network", by: .inventoryRole, .steady(2...3, days: .every),
      Call.networkReads),
    Lane(
      "partner-monitoring", in: "partner", by: .monitoringPartner, .fixed(1...2, hours: 0...22, days: .every),
      [
        .assumeRole("monitoring-partner-readonly", by: .monitoringPartner, session: "collector-${number 1 4}")
      ]),
  ]
}
