/// Stories that several customers have: the same calls in another place, which is what makes them comparable.
extension Lane {
  static func newServiceAssumesRoles(in account: String, severities: [String], new: [String]) -> Lane {
    Lane(
      "new-service-assumes-roles", in: account, by: .service("compute-optimizer.amazonaws.com"),
      .fixed(hours: 8...8, days: .firstReviewDay), repeats: 12...12,
      judgement: .unknown(
        "operational_change_risk", severities, new: new,
        "Compute Optimizer, which nobody was seen to enable, assumes a role in a burst."),
      [
        .assumeRole(
          "aws-service-role/compute-optimizer.amazonaws.com/AWSServiceRoleForComputeOptimizer",
          by: .service("compute-optimizer.amazonaws.com"), session: "compute-optimizer")
      ])
  }

  static func rootConsoleLogin(new: [String], _ story: String) -> Lane {
    Lane(
      "root-console-login", in: "organization-management", by: .root,
      .fixed(hours: 7...7, days: .firstReviewDay),
      judgement: .abnormal("credential_or_privilege_risk", ["high", "critical"], new: new, story),
      [.rootSignIn])
  }

  static func trailStopped(in account: String, by administrator: Principal) -> Lane {
    Lane(
      "trail-stopped", in: account, by: administrator, .fixed(hours: 12...12, days: .firstReviewDay),
      judgement: .abnormal(
        "defense_evasion", ["critical"], new: ["event"], "An administrator stops a trail."),
      [
        Call(
          "cloudtrail", "StopLogging",
          #"{"name":"arn:aws:cloudtrail:us-east-1:${account}:trail/${slug}-application-trail"}"#)
      ])
  }

  static func routeByAdministrator(
    in account: String, by administrator: Principal, hour: Int, new: [String], _ story: String
  ) -> Lane {
    Lane(
      "route-by-administrator", in: account, by: administrator,
      .fixed(hours: hour...hour, days: .firstReviewDay),
      judgement: .abnormal("internet_exposure", ["high"], new: new, story), [.routeToInternet])
  }

  /// Grants that a role without a place in the account makes every day of the review.
  static func grantByStranger(_ story: String) -> Lane {
    Lane(
      "grant-by-stranger", in: "regional-workload-prod",
      by: .stranger(through: "ec2-frontend-api.amazonaws.com"),
      .fixed(2...2, hours: 9...15, days: .everyReviewDay), repeats: 3...3,
      judgement: .abnormal("credential_or_privilege_risk", ["high"], new: ["actor", "source"], story),
      [.strangersGrant.after(60...900)])
  }

  /// A database that an administrator deletes by hand.
  static func databaseDeleted(
    _ name: String, in account: String, by administrator: Principal, hour: Int, new: [String],
    database: String, _ story: String
  ) -> Lane {
    Lane(
      name, in: account, by: administrator, .fixed(hours: hour...hour, days: .firstReviewDay),
      judgement: .abnormal("data_loss_or_outage", ["high", "critical"], new: new, story),
      [.deleteDatabase(database)])
  }

  static var inventoryFromNewAddress: Lane {
    Lane(
      "inventory-from-new-address", in: "network-shared-services",
      by: Principal.inventoryRole.from(.address("10.20.9.88")),
      .fixed(hours: 9...9, days: .firstReviewDay), repeats: 5...5,
      judgement: .unknown(
        "network_visibility_or_exposure_context", new: ["source"],
        "The inventory role reads the transit and Direct Connect topology from a private address that it never used."
      ),
      Array(Call.networkReads.prefix(3)))
  }

  static func logStreamsFromBeanstalk(in account: String) -> Lane {
    Lane(
      "log-streams-from-beanstalk", in: account,
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
      ])
  }

  static var dataOperatorFromNewAddress: Lane {
    Lane(
      "data-operator-from-new-address", in: "data-platform-prod",
      by: Principal.dataOperator.from(.address("198.18.33.61")),
      .fixed(hours: 20...20, days: .firstReviewDay),
      judgement: .unknown(
        "operational_change_risk", new: ["source"],
        "A data operator signs in and queries the warehouse from an address outside the corporate networks."),
      [Call.dataOperatorSession[0].by(Principal.identityProvider.from(.address("198.18.33.61")))]
        + Call.dataOperatorSession.dropFirst())
  }

  static func recoveryPointsDeleted(in account: String, severities: [String]) -> Lane {
    Lane(
      "recovery-points-deleted", in: account, by: .backup,
      .fixed(hours: 5...5, days: .firstReviewDay),
      judgement: .abnormal(
        "data_loss_or_outage", severities, new: ["event"],
        "The backup role, which only ever creates, deletes a database snapshot, a volume snapshot and a recovery point."
      ),
      Call.recoveryPointDeletion)
  }

  static func auditBucketDeleted(by administrator: Principal) -> Lane {
    Lane(
      "audit-bucket-deleted", in: "market-data-prod", by: administrator,
      .fixed(hours: 14...14, days: .firstReviewDay),
      judgement: .abnormal(
        "defense_evasion", ["high", "critical"], new: ["event"],
        "An administrator deletes a bucket whose name says that it holds CloudTrail logs."),
      [.deleteBucket("${slug}-market-data-cloudtrail-logs")])
  }

  static func publicBucketPolicy(by administrator: Principal) -> Lane {
    Lane(
      "public-bucket-policy", in: "content-platform-prod", by: administrator,
      .fixed(hours: 13...13, days: .firstReviewDay),
      judgement: .abnormal(
        "data_exposure", ["high", "critical"], new: ["event"],
        "An administrator gives everybody read access to a bucket."),
      [.publicBucketPolicy])
  }

  static func contractorMakesAdministrator(new: [String]) -> Lane {
    Lane(
      "contractor-admin-user", in: "file-platform-prod", by: .personalUser,
      .fixed(hours: 19...19, days: .firstReviewDay),
      judgement: .abnormal(
        "credential_or_privilege_risk", ["critical"], new: new,
        "A personal IAM user with a static key creates a user and makes it administrator, from an unmanaged network."
      ),
      Call.administratorUser)
  }

  static func snapshotShared(in account: String, by builder: Principal) -> Lane {
    Lane(
      "snapshot-shared", in: account, by: builder,
      .fixed(hours: 15...15, days: .firstReviewDay),
      judgement: .abnormal(
        "data_exposure", ["high", "critical"], new: ["event"],
        "The build server's role shares a volume snapshot with an account outside the organisation."),
      [.shareSnapshot])
  }

  static func deploymentInNewAccount(_ name: String) -> Lane {
    Lane(
      name, in: "newly-onboarded-app-prod", by: .stackSets,
      .fixed(hours: 10...10, days: .firstReviewDay), repeats: 4...4,
      judgement: .abnormal(
        "credential_or_privilege_risk", ["high"], new: ["account"],
        "The stack set's role creates roles and policies in an account where it has never worked."),
      Call.stackSetsRole)
  }

  static func deploymentInKnownAccount(_ name: String) -> Lane {
    Lane(
      name, in: "application-platform-prod", by: .stackSets,
      .fixed(hours: 10...10, days: .firstReviewDay), repeats: 4...4,
      judgement: Judgement(
        position: .normalLowRisk, severities: ["informational", "low"], risk: "credential_or_privilege_risk",
        story: "The same burst by the same role, in an account where it works every week."),
      Call.stackSetsRole)
  }
}
