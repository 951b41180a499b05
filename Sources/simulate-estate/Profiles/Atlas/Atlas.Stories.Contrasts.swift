extension Atlas {
  /// The other halves of the posts' pairs: the same events, by others, elsewhere or at another time.
  static let contrastStories: [Lane] = [
    .databaseDeleted(
      "database-deleted-by-new-administrator", in: "analytics-platform",
      by: administrator.from(.address("198.18.71.9")), hour: 21, new: ["event", "source"],
      database: "staging-orders",
      "A single-sign-on administrator deletes a database from an unmanaged address, where only the build server deletes one."
    ),
    Lane(
      "key-rotation-off-its-day", in: "application-platform-prod", by: .bastion,
      .fixed(hours: 4...4, days: .firstReviewDay),
      judgement: .abnormal(
        "credential_or_privilege_risk", ["high", "critical"], new: ["cadence"],
        "The bastion that rotates a key on the fifteenth creates one on the first."),
      [.createAccessKey("bitbucket-pipeline")]),
    Lane(
      "key-rotation-of-another-user", in: "shared-tools-prod", by: .bastion,
      .fixed(hours: 5...5, days: .firstReviewDay),
      judgement: .abnormal(
        "credential_or_privilege_risk", ["high", "critical"], new: ["resource"],
        "On its day the bastion creates a key for a user whom it never rotated."),
      [.createAccessKey("release-manager")]),
    Lane(
      "another-database-deleted", in: "analytics-platform", by: .buildServer,
      .fixed(hours: 1...1, days: .firstReviewDay),
      judgement: .abnormal(
        "data_loss_or_outage", ["high", "critical"], new: ["resource"],
        "In the hour of the refresh the build server deletes a database that is not the one it refreshes."),
      [.deleteDatabase("analytics-warehouse")]),
    Lane(
      "key-by-build-server", in: "shared-tools-prod", by: jenkins,
      .fixed(hours: 13...13, days: .firstReviewDay),
      judgement: .abnormal(
        "credential_or_privilege_risk", ["high", "critical"], new: ["event"],
        "The build server's role creates a static key, where only the bastion's rotation creates one."),
      [.createAccessKey("bitbucket-pipeline")]),
    .rootConsoleLogin(
      new: ["actor", "source"],
      "The root user signs in to the management account with MFA from the head office: break-glass at best."),
    .deploymentInKnownAccount("deployment-in-known-account"),
    Lane(
      "agents-in-new-region", in: "shared-tools-prod", region: "eu-north-1", by: jenkins,
      .fixed(hours: 12...12, days: .firstReviewDay),
      judgement: .abnormal(
        "unauthorized_infrastructure", ["medium", "high"], new: ["region"],
        "The build server starts machines in a region where nothing of this customer has ever run."),
      [.runInstances("c6i.xlarge")]),
    Lane(
      "role-by-hand", in: "pricing-prod", by: administrator,
      .fixed(hours: 15...15, days: .firstReviewDay),
      judgement: .unknown(
        "credential_or_privilege_risk", new: ["event"],
        "An administrator creates a role by hand, where deployment makes them."),
      [
        .createRole("pricing-export"),
        .attachRolePolicy(
          "pricing-export", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
      ]),
    .newServiceAssumesRoles(
      in: "application-platform-prod", severities: ["low", "medium"], new: ["actor", "event", "source"]),
  ]

  /// Outcomes that stay critical in a customer full of automation.
  static let otherStories: [Lane] = [
    .publicBucketPolicy(by: administrator),
    .trailStopped(in: "application-prod", by: administrator),
    .auditBucketDeleted(by: administrator),
    .contractorMakesAdministrator(new: ["actor", "event", "source"]),
    .snapshotShared(in: "data-platform-prod", by: jenkins),
  ]
}
