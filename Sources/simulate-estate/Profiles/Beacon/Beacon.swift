extension Profile {
  /// A small estate that services run: 6 accounts full of inventory, keys, managed instances and monitoring.
  static let beacon = Profile(
    name: "beacon",
    slugs: ["lantern", "harrier", "topaz", "fjord", "maple", "solstice", "cirrus", "ember"],
    accounts: Beacon.accounts, workloadTraits: ["any", "people", "workload", "application"],
    networks: CorporateNetwork.offices,
    managementAccount: "organization-management",
    rotationRoles: [],
    partners: [],
    crownJewels: ["arn:aws:s3:::${slug}-warehouse-archive", "arn:aws:s3:::${slug}-org-cloudtrail-logs"],
    lanes: Beacon.inventory + Beacon.governance + Beacon.sessions + Beacon.applications + Beacon.data
      + Beacon.people,
    stories: Beacon.postStories + Beacon.contrastStories,
    volume: 357_233)
}

/// The accounts, lanes and stories of the second customer.
enum Beacon {
  static let accounts = [
    AccountPlan(
      "organization-management", "organization, trail and identity centre", traits: ["any", "people"], size: 2
    ),
    AccountPlan(
      "app-prod", "the customer-facing application",
      traits: ["any", "people", "workload", "application", "scaling", "backup"], size: 6),
    AccountPlan(
      "application-prod", "back-office applications and their databases",
      traits: ["any", "people", "workload", "application", "scaling", "backup"], size: 5),
    AccountPlan(
      "data-platform-prod", "data platform: Redshift, Glue, backups",
      traits: ["any", "people", "workload", "data", "backup"], size: 4),
    AccountPlan(
      "network-shared-services", "transit network and Direct Connect",
      traits: ["any", "people", "workload", "network"], size: 3),
    AccountPlan(
      "monitoring-shared-services", "monitoring and inventory", traits: ["any", "people", "monitoring"],
      size: 3),
  ]

  // MARK: Principals

  static let assetInventory = Principal(
    identity: .role("${slug}-asset-inventory-role", session: "inventory-${new 12 run}"), source: .nat,
    agent: "Boto3/1.35.${number 1 90} md/Botocore#1.35.${number 1 90} ua/2.0 os/linux lang/python#3.12.7",
    home: "monitoring-shared-services")
  static let collector = Principal(
    identity: .role("${slug}-monitoring-collector", session: "collect-${new 12 run}"), source: .nat,
    agent: "aws-sdk-go-v2/1.32.${number 0 9} os/linux lang/go#1.23.3", home: "monitoring-shared-services")
  static let quotaMonitor = Principal(
    identity: .role("QuotaMonitor-HandlerRole-${monthly suffix quota}", session: "QuotaMonitor-Handler"),
    source: .nat,
    agent: "aws-sdk-nodejs/3.6${number 10 99}.0 os/linux/5.10 lang/js exec-env/AWS_Lambda_nodejs20.x")
  static let containerTask = Principal(
    identity: .role("${slug}-container-task-role", session: "${new 32 task}"), source: .nat,
    agent: "aws-sdk-java/2.29.${number 1 40} Linux/5.10 OpenJDK_64-Bit_Server_VM/21 exec-env/AWS_ECS_FARGATE")
  static let administrator = Principal.resident(
    "AWS-Admin", "platform.admin-${own 4 admin}", from: "hq-egress")
}
