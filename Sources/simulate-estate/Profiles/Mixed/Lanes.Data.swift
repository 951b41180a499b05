extension Lane {
  /// The data platform: pipelines by day and night, a few people with queries.
  static let data: [Lane] = [
    Lane(
      "data-pipeline", in: "data", by: .dataPipeline, .steady(2...4, days: .every),
      [
        .assumeRole(
          "service-role/${slug}-data-pipeline-role", by: .service("glue.amazonaws.com"),
          session: "GlueJobRunnerSession"),
        Call("glue", "GetTable", #"{"databaseName":"curated","name":"orders"}"#),
        Call(
          "redshift-data", "ExecuteStatement",
          #"{"clusterIdentifier":"${slug}-warehouse","database":"analytics","sql":"HIDDEN_DUE_TO_SECURITY_REASONS"}"#,
          response:
            #"{"id":"${new uuid statement}","clusterIdentifier":"${slug}-warehouse","database":"analytics"}"#),
        Call("redshift-data", "GetStatementResult", #"{"id":"${new uuid statement}"}"#),
        Call(
          "logs", "CreateLogStream",
          #"{"logGroupName":"/aws-glue/jobs/output","logStreamName":"jr_${new 64 run}"}"#),
      ]),
    Lane(
      "data-operator-queries", in: "data", by: .dataOperator, .fixed(1...2, hours: 7...16, days: .weekdays),
      Call.dataOperatorSession),
  ]
}

extension Call {
  /// A person signs in through the identity provider and queries the warehouse.
  static let dataOperatorSession: [Call] = [
    .samlSignIn("${slug}-data-operator", provider: "corporate"),
    Call(
      "redshift-data", "ExecuteStatement",
      #"{"clusterIdentifier":"${slug}-warehouse","database":"analytics","sql":"HIDDEN_DUE_TO_SECURITY_REASONS"}"#,
      response:
        #"{"id":"${new uuid statement}","clusterIdentifier":"${slug}-warehouse","database":"analytics"}"#
    ).after(30...200),
    Call("redshift-data", "GetStatementResult", #"{"id":"${new uuid statement}"}"#).after(5...30),
  ]
}
