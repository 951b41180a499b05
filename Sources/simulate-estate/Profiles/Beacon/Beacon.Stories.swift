extension Beacon {
  /// The second customer's six alerts.
  static let postStories: [Lane] = [
    .newServiceAssumesRoles(in: "app-prod", severities: ["medium"], new: ["actor", "source"]),
    Lane(
      "inventory-from-new-address", in: "network-shared-services",
      by: Principal.inventoryRole.from(.address("10.20.9.88")),
      .fixed(hours: 9...9, days: .firstReviewDay), repeats: 5...5,
      judgement: .unknown(
        "network_visibility_or_exposure_context", new: ["source"],
        "The inventory role reads the transit and Direct Connect topology from a private address that it never used."
      ),
      Array(networkReads.prefix(3))),
    Lane(
      "grant-by-stranger", in: "application-prod", by: .stranger(through: "rds.amazonaws.com"),
      .fixed(hours: 9...15, days: .firstReviewDay), repeats: 2...2,
      judgement: .abnormal(
        "data_access_storage", ["high"], new: ["actor", "source"],
        "A role that nobody knows creates grants through the database service, where keys are used all day and hardly ever administered."
      ),
      [.strangersGrant]),
    Lane(
      "log-streams-from-beanstalk", in: "app-prod",
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
      "recovery-points-deleted", in: "app-prod", by: .backup,
      .fixed(hours: 5...5, days: .firstReviewDay),
      judgement: .abnormal(
        "data_loss_or_outage", ["high"], new: ["event"],
        "The backup role, which only ever creates, deletes a database snapshot, a volume snapshot and a recovery point."
      ),
      Call.recoveryPointDeletion),
    Lane(
      "data-operator-from-new-address", in: "data-platform-prod",
      by: Principal.dataOperator.from(.address("198.18.33.61")),
      .fixed(hours: 20...20, days: .firstReviewDay),
      judgement: .unknown(
        "operational_change_risk", new: ["source"],
        "A data operator signs in and queries the warehouse from an address outside the corporate networks."),
      [Call.dataOperatorSession[0].by(Principal.identityProvider.from(.address("198.18.33.61")))]
        + Call.dataOperatorSession.dropFirst()),
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
