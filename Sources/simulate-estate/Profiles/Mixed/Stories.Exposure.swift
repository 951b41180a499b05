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
    .publicBucketPolicy(by: .administrator),
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
    .snapshotShared(in: "analytics-platform", by: .buildServer),
  ]
}
