/// Stories that both customers have, which is what makes them contrasts: the same calls, in another place.
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
}
