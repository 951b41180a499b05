extension Profile {
  /// A large estate that automation runs: 78 accounts, roles and policies made and removed by deployment all day.
  static let atlas = Profile(
    name: "atlas",
    slugs: ["granite", "juniper", "mistral", "cobalt", "saffron", "delta", "willow", "onyx"],
    accounts: Atlas.accounts, workloadTraits: ["any", "people", "managed", "cdk"],
    networks: CorporateNetwork.offices,
    managementAccount: "organization-management",
    rotationRoles: ["${slug}-bastion-role"],
    partners: [],
    crownJewels: ["arn:aws:s3:::${slug}-ledger-archive", "arn:aws:s3:::${slug}-org-cloudtrail-logs"],
    lanes: Atlas.deployment + Atlas.agents + Atlas.identity + Atlas.people + Atlas.perimeter + Atlas.storage
      + Atlas.operations,
    stories: Atlas.postStories + Atlas.contrastStories + Atlas.otherStories,
    volume: 42_258)
}

/// The accounts, lanes and stories of the first customer.
enum Atlas {
  /// Fourteen accounts that the posts speak of, and sixteen products in four stages each.
  static let accounts: [AccountPlan] =
    [
      AccountPlan(
        "organization-management", "organization, trail and identity centre",
        traits: ["any", "people", "management", "security"], size: 4),
      AccountPlan("log-archive", "log archive of the organization", traits: ["any", "security"], size: 2),
      AccountPlan("security-tooling", "security tooling", traits: ["any", "people", "security"], size: 3),
      AccountPlan(
        "shared-tools-prod", "shared tools: pipelines, bastion, build images",
        traits: ["any", "people", "prod", "managed", "jenkins", "bastion", "cdk", "sso"], size: 4),
      AccountPlan(
        "network-shared-services", "transit network and Direct Connect",
        traits: ["any", "people", "prod", "managed", "network", "sso"], size: 3),
      AccountPlan(
        "content-platform-prod", "content delivery on EKS", region: "ap-southeast-1",
        traits: ["any", "people", "prod", "managed", "eks", "terraform", "edge", "sso", "asg"], size: 4),
      AccountPlan(
        "regional-workload-prod", "regional workload on encrypted volumes", region: "eu-west-2",
        traits: ["any", "people", "prod", "managed", "eks", "cdk", "sso", "asg"], size: 4),
      AccountPlan(
        "application-prod", "the main application and its databases",
        traits: ["any", "people", "prod", "managed", "cdk", "asg", "database", "backup", "sso"], size: 4),
      AccountPlan(
        "application-platform-prod", "application platform: Jenkins, EKS, functions",
        traits: [
          "any", "people", "prod", "managed", "jenkins", "eks", "cdk", "ssm", "serverless", "sso",
          "mid-month",
        ],
        size: 4),
      AccountPlan(
        "data-platform-prod", "data platform: builds, EKS, databases, backups",
        traits: ["any", "people", "prod", "managed", "jenkins", "eks", "asg", "database", "backup", "sso"],
        size: 4),
      AccountPlan(
        "market-data-prod", "market data, stopped outside business hours",
        traits: ["any", "people", "prod", "managed", "teamcity", "scheduled", "backup", "sso"], size: 4),
      AccountPlan(
        "file-platform-prod", "file transfer, an acquired business unit's account",
        traits: ["any", "people", "prod", "managed", "terraform", "edge", "legacy", "sso"], size: 4),
      AccountPlan(
        "analytics-platform", "analytics, non-production databases refreshed on working days",
        region: "ap-south-1",
        traits: ["any", "people", "prod", "managed", "refresh", "asg", "sso"], size: 4),
      AccountPlan(
        "newly-onboarded-app-prod", "application, being onboarded", traits: ["any", "people"],
        openedDaysAgo: 9, size: 4),
    ]
    + products.enumerated().flatMap { index, product in stages.map { plan(of: product, index, in: $0) } }

  private static let products = [
    "billing", "booking", "catalog", "checkout", "claims", "delivery", "loyalty", "mobile", "notifications",
    "orders", "partners", "pricing", "profiles", "search", "shipping", "storefront",
  ]
  private static let stages = ["dev", "test", "staging", "prod"]

  /// One product's account: its team decides on the tools, the stage on what runs.
  private static func plan(of product: String, _ index: Int, in stage: String) -> AccountPlan {
    var traits: Set<String> = ["any", "people", "managed", index % 2 == 0 ? "cdk" : "terraform"]
    switch stage {
    case "dev": traits.formUnion(["scheduled", index % 2 == 0 ? "jenkins" : "teamcity"])
    case "test": traits.insert("scheduled")
    case "staging": traits.formUnion(["ssm", "sso"])
    default:
      traits.formUnion(["prod", "ssm", "sso", "asg"])
      if index % 3 == 0 { traits.insert("eks") }
      if index % 4 == 0 { traits.insert("backup") }
      if index % 5 == 0 { traits.insert("serverless") }
    }
    // Only what serves others has rules that change.
    if index % 2 == 1, ["staging", "prod"].contains(stage) { traits.insert("edge") }
    // The last product came with an acquisition, one stage after the other.
    let opened = product == "storefront" ? 56 + 6 * (stages.firstIndex(of: stage) ?? 0) : nil
    return AccountPlan(
      "\(product)-\(stage)", "\(product), \(stage)",
      region: index % 7 == 6 ? "eu-west-1" : "us-east-1", traits: traits, openedDaysAgo: opened,
      size: ["dev": 3, "test": 2, "staging": 3, "prod": 4][stage] ?? 1)
  }
}
