extension Lane {
  /// Injected operations that open or share something.
  static let exposureStories: [Lane] = [
    Lane(
      "route-to-internet", in: "content-platform-prod", region: "ap-southeast-1",
      by: Principal.administrator.from(.address("203.0.113.140")),
      .fixed(hours: 3...3, days: .firstReviewDay),
      judgement: .abnormal(
        "internet_exposure", ["high"], new: ["event", "source"],
        "A single-sign-on administrator adds a default route to an internet gateway from a corporate egress that nobody used before."
      ),
      [.routeToInternet]),
    Lane(
      "public-bucket-policy", in: "content-platform-prod", by: .administrator,
      .fixed(hours: 13...13, days: .firstReviewDay),
      judgement: .abnormal(
        "data_exposure", ["high", "critical"], new: ["event"],
        "An administrator gives everybody read access to a bucket."),
      [.publicBucketPolicy]),
    Lane(
      "contractor-opens-ssh", in: "file-platform-prod", by: .personalUser,
      .fixed(hours: 18...18, days: .firstReviewDay),
      judgement: .abnormal(
        "internet_exposure", ["high", "critical"], new: ["event"],
        "A personal IAM user opens SSH to the world where only Terraform changes security groups."),
      [
        .ingress(
          "AuthorizeSecurityGroupIngress", group: "${own sg app}", cidr: "0.0.0.0/0", port: "22",
          description: "temporary, remove later")
      ]),
    Lane(
      "snapshot-shared", in: "analytics-platform", by: .buildServer,
      .fixed(hours: 15...15, days: .firstReviewDay),
      judgement: .abnormal(
        "data_exposure", ["high", "critical"], new: ["event"],
        "The build server's role shares a volume snapshot with an account outside the organisation."),
      [.shareSnapshot]),
  ]
}
