extension Atlas {
  /// The first customer's five alerts.
  static let postStories: [Lane] = [
    Lane(
      "static-key-by-person", in: "shared-tools-prod", by: administrator.from(.address("192.0.2.44")),
      .fixed(hours: 11...11, days: .firstReviewDay),
      judgement: .abnormal(
        "credential_or_privilege_risk", ["critical"], new: ["event", "source"],
        "A named administrator creates a static key from an unmanaged public address, where only the bastion's rotation creates one."
      ),
      [.createAccessKey("bitbucket-pipeline")]),
    .deploymentInNewAccount("deployment-in-new-account"),
    .routeByAdministrator(
      in: "content-platform-prod", by: administrator.from(.address("203.0.113.140")), hour: 3,
      new: ["event", "source"],
      "A single-sign-on administrator adds a default route to an internet gateway from a corporate egress that nobody used before."
    ),
    .grantByStranger(
      "A role that has no place in the account's operating model creates grants again and again, where controllers and services do."
    ),
    Lane(
      "database-deleted-by-scaling", in: "application-prod",
      by: Principal(
        identity: .role(
          "AWSServiceRoleForApplicationAutoScaling_RDSCluster",
          path: "/aws-service-role/rds.application-autoscaling.amazonaws.com/",
          session: "AutoScaling-ManageReplicas"),
        source: .service("rds.application-autoscaling.amazonaws.com"),
        agent: "rds.application-autoscaling.amazonaws.com"),
      .fixed(hours: 22...22, days: .firstReviewDay),
      judgement: .abnormal(
        "data_loss_or_outage", ["high", "critical"], new: ["actor", "event", "source"],
        "The database scaling service deletes an instance in an account whose databases nobody has changed in the window."
      ),
      [.deleteDatabase("application-autoscaling-${new 8 replica}")]),
    .databaseDeleted(
      "database-deleted-from-office", in: "application-prod", by: administrator, hour: 14, new: ["event"],
      database: "orders-archive",
      "An administrator deletes a database without a final snapshot, from the office."),
  ]
}
