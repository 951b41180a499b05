extension Profile {
  /// A customer with a bit of everything: automation in some accounts, services in others, people in all.
  static let mixed = Profile(
    name: "mixed",
    slugs: ["harbour", "cedar", "lumen", "quarry", "tidewater", "basalt", "meadow", "orchard"],
    accounts: [
      AccountPlan(
        "organization-management", "organization, trail and identity centre",
        traits: ["any", "people", "management"]),
      AccountPlan(
        "shared-tools-prod", "shared tools: pipelines, bastion, build images",
        traits: ["any", "people", "managed", "compute", "bastion", "codebuild", "serverless"]),
      AccountPlan(
        "analytics-platform", "analytics, non-production databases refreshed every night",
        region: "ap-south-1",
        traits: ["any", "people", "managed", "compute", "refresh", "serverless"]),
      AccountPlan(
        "application-platform-prod", "application platform on EKS",
        traits: ["any", "people", "managed", "compute", "eks", "serverless", "backup"]),
      AccountPlan(
        "content-platform-prod", "content delivery",
        traits: ["any", "people", "managed", "compute", "content", "terraform", "serverless"]),
      AccountPlan(
        "regional-workload-prod", "regional workload", region: "eu-west-2",
        traits: ["any", "people", "managed", "compute", "serverless"]),
      AccountPlan(
        "data-platform-prod", "data platform: Redshift, Glue, backups",
        traits: ["any", "people", "managed", "compute", "data", "serverless", "backup", "partner"]),
      AccountPlan(
        "network-shared-services", "transit network and Direct Connect",
        traits: ["any", "people", "managed", "network"]),
      AccountPlan(
        "market-data-prod", "market data, stopped outside business hours",
        traits: ["any", "people", "managed", "compute", "scheduled", "serverless"]),
      AccountPlan(
        "file-platform-prod", "file transfer, an acquired business unit's account",
        traits: ["any", "people", "managed", "terraform", "legacy", "serverless"]),
      AccountPlan(
        "newly-onboarded-app-prod", "application, being onboarded", traits: ["any", "people"],
        openedDaysAgo: 24),
    ],
    workloadTraits: ["any", "people", "managed", "compute", "serverless"],
    networks: CorporateNetwork.offices,
    managementAccount: "organization-management",
    rotationRoles: ["${slug}-bastion-role"],
    partners: ["monitoring-partner"],
    crownJewels: ["arn:aws:s3:::${slug}-ledger-archive", "arn:aws:s3:::${slug}-org-cloudtrail-logs"],
    lanes: Lane.deployment + Lane.operations + Lane.people + Lane.services + Lane.data,
    stories: Lane.identityStories + Lane.exposureStories + Lane.integrityStories + Lane.driftStories)
}
