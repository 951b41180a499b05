extension Lane {
  /// Injected operations that destroy something, or the record of it.
  static let integrityStories: [Lane] = [
    Lane(
      "administrator-deletes-database", in: "analytics-platform",
      by: Principal.administrator.from(.address("198.18.71.9")),
      .fixed(hours: 21...21, days: .firstReviewDay),
      judgement: .abnormal(
        "data_loss_or_outage", ["high", "critical"], new: ["event", "source"],
        "A single-sign-on administrator deletes a database from an unmanaged address, where only the build server deletes one."
      ),
      [
        Call(
          "rds", "DeleteDBInstance",
          #"{"dBInstanceIdentifier":"analytics-orders","skipFinalSnapshot":true,"deleteAutomatedBackups":true}"#,
          response:
            #"{"dBInstanceIdentifier":"analytics-orders","dBInstanceClass":"db.r6g.2xlarge","engine":"postgres","dBInstanceStatus":"deleting","dBInstanceArn":"arn:aws:rds:${region}:${account}:db:analytics-orders"}"#
        )
      ]),
    Lane(
      "trail-stopped", in: "organization-management", by: .administrator,
      .fixed(hours: 12...12, days: .firstReviewDay),
      judgement: .abnormal(
        "defense_evasion", ["critical"], new: ["event"],
        "An administrator stops the organisation's trail from the head office."),
      [
        Call(
          "cloudtrail", "StopLogging",
          #"{"name":"arn:aws:cloudtrail:us-east-1:${account}:trail/${slug}-org-trail"}"#)
      ]),
    .auditBucketDeleted(by: .administrator),
    Lane(
      "key-deletion-scheduled", in: "regional-workload-prod", by: .administrator,
      .fixed(hours: 16...16, days: .firstReviewDay),
      judgement: .abnormal(
        "data_loss_or_outage", ["high", "critical"], new: ["event"],
        "An administrator schedules a key's deletion with the shortest waiting time."),
      [
        Call(
          "kms", "ScheduleKeyDeletion", #"{"keyId":"${own uuid volumes}","pendingWindowInDays":7}"#,
          response:
            #"{"keyId":"arn:aws:kms:${region}:${account}:key/${own uuid volumes}","keyState":"PendingDeletion","pendingWindowInDays":7}"#
        )
        .on(
          #"[{"accountId":"${account}","type":"AWS::KMS::Key","ARN":"arn:aws:kms:${region}:${account}:key/${own uuid volumes}"}]"#
        )
      ]),
    .recoveryPointsDeleted(in: "data-platform-prod", severities: ["high", "critical"]),
  ]
}
