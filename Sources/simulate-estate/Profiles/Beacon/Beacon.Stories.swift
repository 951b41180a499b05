extension Beacon {
  /// The second customer's six alerts.
  static let postStories: [Lane] = [
    .newServiceAssumesRoles(in: "app-prod", severities: ["medium"], new: ["actor", "source"]),
    .inventoryFromNewAddress,
    Lane(
      "grant-by-stranger", in: "application-prod", by: .stranger(through: "rds.amazonaws.com"),
      .fixed(hours: 9...15, days: .firstReviewDay), repeats: 2...2,
      judgement: .abnormal(
        "data_access_storage", ["high"], new: ["actor", "source"],
        "A role that nobody knows creates grants through the database service, where keys are used all day and hardly ever administered."
      ),
      [.strangersGrant]),
    .logStreamsFromBeanstalk(in: "app-prod"),
    .recoveryPointsDeleted(in: "app-prod", severities: ["high"]),
    .dataOperatorFromNewAddress,
  ]

  /// What is daily business at the first customer and stands out here, and what is critical anywhere.
  static let contrastStories: [Lane] = [
    Lane(
      "roles-by-new-deployment", in: "app-prod", by: .stackSets,
      .fixed(hours: 11...11, days: .firstReviewDay), repeats: 2...2,
      judgement: .abnormal(
        "credential_or_privilege_risk", ["high"], new: ["actor", "event", "source"],
        "A deployment role that this customer never had creates roles and attaches policies."),
      Call.stackSetsRole),
    .routeByAdministrator(
      in: "network-shared-services", by: administrator, hour: 15, new: ["event"],
      "An administrator adds a default route to an internet gateway in the transit account."),
    .databaseDeleted(
      "database-deleted-by-administrator", in: "application-prod", by: administrator, hour: 14,
      new: ["event"], database: "back-office", "An administrator deletes a database without a final snapshot."
    ),
    .rootConsoleLogin(
      new: ["actor"], "The root user signs in with MFA from the head office: break-glass at best."),
    .trailStopped(in: "monitoring-shared-services", by: administrator),
    Lane(
      "snapshot-deleted-by-administrator", in: "data-platform-prod", by: administrator,
      .fixed(hours: 16...16, days: .firstReviewDay),
      judgement: .abnormal(
        "data_loss_or_outage", ["high", "critical"], new: ["event"],
        "An administrator deletes a volume snapshot by hand."),
      [
        Call(
          "ec2", "DeleteSnapshot", #"{"snapshotId":"${new snap manual}"}"#,
          response: #"{"requestId":"${new uuid request}","_return":true}"#)
      ]),
  ]
}
