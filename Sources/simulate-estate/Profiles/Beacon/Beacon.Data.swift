extension Beacon {
  /// The data platform and the backups.
  static let data: [Lane] = [
    Lane(
      "data-pipeline", in: "data", by: .dataPipeline, .share(1_100, days: .every),
      [
        .assumeRole(
          "service-role/${slug}-data-pipeline-role", by: .service("glue.amazonaws.com"),
          session: "GlueJobRunnerSession"),
        Call("glue", "GetTable", #"{"databaseName":"curated","name":"orders"}"#),
        Call.dataOperatorSession[1], Call.dataOperatorSession[2],
        Call(
          "logs", "CreateLogStream",
          #"{"logGroupName":"/aws-glue/jobs/output","logStreamName":"jr_${new 64 run}"}"#),
      ]),
    Lane(
      "data-jobs", in: "data", by: .dataPipeline, .share(2_606, days: .every),
      [Call("glue", "GetJobRuns", #"{"jobName":"${pick orders|carts|ledger}-curation"}"#)]),
    Lane("data-keys", in: "data", by: .dataPipeline, .share(6_000, days: .every), [decrypt("warehouse")]),
    Lane(
      "data-operator-queries", in: "data", by: .dataOperator, .fixed(hours: 7...16, days: .weekdays),
      Call.dataOperatorSession),
    Lane(
      "backup-jobs", in: "backup", by: .backup, .share(600, hours: 3...4, days: .every),
      [
        .assumeRole(
          "service-role/AWSBackupDefaultServiceRole", by: .service("backup.amazonaws.com"),
          session: "AWSBackup-${account}")
      ] + Call.backupJob),
    Lane(
      "backup-database-snapshots", in: "backup", by: .backup, .share(200, hours: 3...4, days: .every),
      [
        Call(
          "rds", "CreateDBSnapshot",
          #"{"dBSnapshotIdentifier":"awsbackup:job-${new uuid backup}","dBInstanceIdentifier":"orders"}"#,
          response: #"{"dBSnapshotIdentifier":"awsbackup:job-${new uuid backup}","status":"creating"}"#)
      ]),
  ]

  /// A few people.
  static let people: [Lane] = [
    Lane(
      "administrator-sign-in", in: "people", by: administrator, .fixed(hours: 7...16, days: .weekly(on: 3)),
      [
        .samlSignIn(
          "aws-reserved/sso.amazonaws.com/AWSReservedSSO_AWS-Admin_${own 16 AWS-Admin}",
          provider: "AWSSSO_${own 16 provider}_DO_NOT_DELETE"
        ), .consoleLogin,
      ])
  ]
}
