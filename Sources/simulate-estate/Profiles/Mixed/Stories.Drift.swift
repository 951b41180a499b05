extension Lane {
  /// Injected operations that are new rather than dangerous: candidates, not incidents.
  static let driftStories: [Lane] = [
    .newServiceAssumesRoles(
      in: "application-platform-prod", severities: ["medium"], new: ["actor", "source"]),
    .inventoryFromNewAddress,
    .logStreamsFromBeanstalk(in: "application-platform-prod"),
    .dataOperatorFromNewAddress,
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
