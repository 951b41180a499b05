extension Lane {
  /// Injected operations that are new rather than dangerous: candidates, not incidents.
  static let driftStories: [Lane] = [
    Lane(
      "new-service-assumes-roles", in: "application-platform-prod",
      by: .service("compute-optimizer.amazonaws.com"),
      .fixed(hours: 8...8, days: .firstReviewDay), repeats: 12...12,
      judgement: .unknown(
        "operational_change_risk", new: ["actor", "source"],
        "Compute Optimizer, which nobody was seen to enable, assumes a role in a burst."),
      [
        .assumeRole(
          "aws-service-role/compute-optimizer.amazonaws.com/AWSServiceRoleForComputeOptimizer",
          by: .service("compute-optimizer.amazonaws.com"), session: "compute-optimizer")
      ]),
    Lane(
      "inventory-from-new-address", in: "network-shared-services",
      by: Principal.inventoryRole.from(.address("10.20.9.88")),
      .fixed(hours: 9...9, days: .firstReviewDay), repeats: 5...5,
      judgement: .unknown(
        "network_visibility_or_exposure_context", new: ["source"],
        "The inventory role reads the transit and Direct Connect topology from a private address that it never used."
      ),
      [
        Call(
          "ec2", "DescribeTransitGatewayAttachments",
          #"{"DescribeTransitGatewayAttachmentsRequest":{"MaxResults":200}}"#),
        Call(
          "directconnect", "DescribeDirectConnectGatewayAttachments",
          #"{"directConnectGatewayId":"${own uuid dxgw}"}"#),
        Call("directconnect", "DescribeVirtualInterfaces"),
      ]),
    Lane(
      "log-streams-from-beanstalk", in: "application-platform-prod",
      by: Principal.application.from(.service("elasticbeanstalk.amazonaws.com")),
      .fixed(hours: 10...10, days: .firstReviewDay), repeats: 40...40,
      judgement: .unknown(
        "observability_or_operational_change", new: ["source"],
        "Elastic Beanstalk creates log streams in a burst with the application's role: a new environment or something else."
      ),
      [
        Call(
          "logs", "CreateLogStream",
          #"{"logGroupName":"/aws/elasticbeanstalk/shop-blue/var/log/web.stdout.log","logStreamName":"${new i stream}"}"#
        )
      ]),
    Lane(
      "data-operator-from-new-address", in: "data-platform-prod",
      by: Principal.dataOperator.from(.address("198.18.33.61")),
      .fixed(hours: 20...20, days: .firstReviewDay),
      judgement: .unknown(
        "operational_change_risk", new: ["source"],
        "A data operator signs in and queries the warehouse from an address outside the corporate networks."),
      [Call.dataOperatorSession[0].by(Principal.identityProvider.from(.address("198.18.33.61")))]
        + Call.dataOperatorSession.dropFirst()),
    Lane(
      "change-in-young-account", in: "newly-onboarded-app-prod", by: .support,
      .fixed(hours: 15...15, days: .firstReviewDay),
      judgement: .unknown(
        "operational_change_risk", ["low", "medium"], new: ["event"],
        "A support session changes a function's settings in an account whose baseline is three weeks thin."),
      [
        Call(
          "lambda", "UpdateFunctionConfiguration20150331v2",
          #"{"functionName":"intake","timeout":60,"environment":{}}"#,
          response: #"{"functionName":"intake","timeout":60,"lastUpdateStatus":"InProgress"}"#)
      ]),
  ]
}
