extension Principal {
  // MARK: Deployment automation

  static let stackSets = Principal(
    identity: .role("stacksets-exec-${estate 32 stacksets}", session: "${new uuid}"),
    source: .service("cloudformation.amazonaws.com"), agent: "cloudformation.amazonaws.com")
  static let selfManagedStackSets = Principal(
    identity: .role("AWSCloudFormationStackSetExecutionRole", session: "${new uuid}"),
    source: .service("cloudformation.amazonaws.com"), agent: "cloudformation.amazonaws.com")
  static let buildServer = Principal(
    identity: .role(
      "${slug}-devops-analytics-build-server-role", session: "${own i operations-host}", delivery: "2.0"),
    source: .host("operations-host"),
    agent:
      "aws-cli/2.${number 15 22}.${number 0 20} md/awscrt#0.23.4 ua/2.0 os/linux#5.10 md/arch#x86_64 lang/python#3.12 md/prompt#off"
  )
  static let terraform = Principal(
    identity: .role("${slug}-terraform-deploy", session: "aws-go-sdk-${stamp}"), source: .nat,
    agent:
      "APN/1.0 HashiCorp/1.0 Terraform/1.9.${number 0 8} terraform-provider-aws/5.${number 60 90}.0 aws-sdk-go-v2/1.32.5 os/linux lang/go#1.23.3"
  )
  /// The shared pipeline, which takes on the deployment role of other accounts.
  static let pipeline = Principal(
    identity: .role("${slug}-pipeline-runner", session: "AWSCodeBuild-${new uuid pipeline}"), source: .nat,
    agent: "aws-sdk-go-v2/1.32.5 os/linux lang/go#1.23.3", home: "shared-tools-prod")
  static let codeBuild = Principal(
    identity: .role(
      "codebuild-${slug}-image-service-role", path: "/service-role/", session: "AWSCodeBuild-${new uuid}"),
    source: .nat, agent: "aws-sdk-java/2.29.${number 1 40} Linux/4.14 OpenJDK_64-Bit_Server_VM/21")

  // MARK: Controllers and applications

  static let loadBalancerController = Principal(
    identity: .role("${slug}-eks-AmazonEKSLoadBalancerControllerRole-${own suffix lbc}", session: "${stamp}"),
    source: .nat,
    agent: "elbv2.k8s.aws/v2.${number 7 11}.0 aws-sdk-go-v2/1.30.${number 1 9} os/linux lang/go#1.22.8")
  static let controllerToken = Principal(
    identity: .webIdentity(subject: "system:serviceaccount:kube-system:aws-load-balancer-controller"),
    source: .nat, agent: "elbv2.k8s.aws/v2.9.0 aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.8")
  static let application = Principal(
    identity: .role("${slug}-web-application-role", session: "${monthlypool i web 40}", delivery: "2.0"),
    source: .nat,
    agent:
      "Boto3/1.35.${number 1 90} md/Botocore#1.35.${number 1 90} ua/2.0 os/linux#6.1 lang/python#3.11.${number 4 9}"
  )
  static let managedInstance = Principal(
    identity: .role("${slug}-managed-instance-role", session: "${monthlypool i web 40}", delivery: "2.0"),
    source: .nat,
    agent: "aws-sdk-go/1.55.5 (go1.22.${number 1 9}; linux; amd64) amazon-ssm-agent/3.3.${number 400 999}.0")
  static let function = Principal(
    identity: .role(
      "orders-api-OrdersFunctionRole-${monthly suffix orders}",
      session: "orders-api-OrdersFunction-${monthly suffix function}"),
    source: .nat,
    agent:
      "aws-sdk-nodejs/3.6${number 10 99}.0 os/linux/5.10 lang/js md/nodejs/20.18.0 exec-env/AWS_Lambda_nodejs20.x"
  )

  // MARK: AWS services

  static let autoScaling = serviceLinked("AutoScaling", "autoscaling.amazonaws.com", session: "AutoScaling")
  static let config = serviceLinked("Config", "config.amazonaws.com", session: "AWSConfig-Describe")
  static let securityHub = serviceLinked("SecurityHub", "securityhub.amazonaws.com", session: "securityhub")
  static let trustedAdvisor = serviceLinked(
    "TrustedAdvisor", "trustedadvisor.amazonaws.com", session: "TrustedAdvisor_${account}_${new uuid}")
  static let quickSetup = Principal(
    identity: .role("AWS-QuickSetup-HostMgmtRole-us-east-1-${own word quicksetup}", session: "${new uuid}"),
    source: .service("ssm.amazonaws.com"), agent: "ssm.amazonaws.com")
  static let backup = Principal(
    identity: .role("AWSBackupDefaultServiceRole", path: "/service-role/", session: "AWSBackup-${account}"),
    source: .service("backup.amazonaws.com"), agent: "backup.amazonaws.com")
  static let scheduler = Principal(
    identity: .role(
      "${slug}-office-hours-SchedulerRole-${own suffix scheduler}", session: "${slug}-office-hours-scheduler"),
    source: .nat,
    agent:
      "Boto3/1.34.145 md/Botocore#1.34.145 ua/2.0 os/linux#5.10 lang/python#3.12.6 exec-env/AWS_Lambda_python3.12"
  )

  // MARK: Operations and data

  static let bastion = Principal(
    identity: .role("${slug}-bastion-role", session: "${own i operations-host}", delivery: "2.0"),
    source: .host("operations-host"),
    agent:
      "aws-cli/2.17.${number 1 60} md/awscrt#0.21.2 ua/2.0 os/linux#5.10 lang/python#3.11.9 md/command#iam")
  static let legacyIntegration = Principal(
    identity: .user("${slug}-legacy-sync"), source: .nat,
    agent: "aws-sdk-php/3.281.${number 1 9} OS/Linux#4.18 lang/php#7.4.33")
  static let personalUser = Principal(
    identity: .user("ops.contractor-1"), source: .address("198.18.20.${pick 31|32|33}"),
    agent: "aws-cli/1.32.${number 1 9} Python/3.8.10 Darwin/22.6.0 botocore/1.34.2")
  static let inventoryRole = Principal(
    identity: .role(
      "${slug}-network-inventory-role", session: "botocore-session-17${number 10000000 99999999}"),
    source: .address("10.20.4.17"),
    agent: "Boto3/1.33.13 md/Botocore#1.33.13 ua/2.0 os/linux#5.15 lang/python#3.10.12")
  static let dataOperator = Principal(
    identity: .role("${slug}-data-operator", session: "data.operator-${pick 1|2|3}@example.com"),
    source: .corporate("hq-egress"),
    agent: "aws-sdk-java/1.12.${number 600 780} Linux/6.1 OpenJDK_64-Bit_Server_VM/17 vendor/Redshift_QEV2")
  static let dataPipeline = Principal(
    identity: .role("${slug}-data-pipeline-role", path: "/service-role/", session: "GlueJobRunnerSession"),
    source: .nat,
    agent: "Boto3/1.26.${number 1 165} Python/3.10.2 Linux/5.10 exec-env/AWS_Glue Botocore/1.29.165")
  static let monitoringPartner = Principal(
    identity: .outsider("monitoring-partner"), source: .address("198.18.60.12"),
    agent: "Boto3/1.34.100 Python/3.11.8 Linux/5.15")

  // MARK: People

  static let administrator = singleSignOn(
    "AWS-Admin", "platform.admin-${pick 1|2|3}@example.com", from: "hq-egress")
  static let reader = singleSignOn(
    "AWS-ReadOnly", "engineer-${number 1 3}@example.com", from: "branch-egress")
  static let support = singleSignOn("AWS-Support", "support-${pick 1|2}@example.com", from: "hq-egress")
  static let identityProvider = Principal(
    identity: .saml(provider: "sso"), source: .corporate("hq-egress"),
    agent: "AWS Signin, aws-internal/3 aws-sdk-java/2.29.6 Linux/5.10")
  static let portalUser = Principal(
    identity: .identityCentre("${pool uuid person 6}"), source: .corporate("branch-egress"), agent: browser)
  static let root = Principal(
    identity: .root, source: .corporate("hq-egress"), agent: browser, mfa: true)

  static let browser: Template =
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/13${number 0 4}.0.0.0 Safari/537.36"

  static func service(_ name: String) -> Principal {
    Principal(identity: .service(name), source: .service(name), agent: Template(name))
  }

  private static func serviceLinked(_ name: String, _ service: String, session: Template) -> Principal {
    Principal(
      identity: .role(
        Template("AWSServiceRoleFor\(name)"), path: "/aws-service-role/\(service)/", session: session),
      source: .service(service), agent: Template(service))
  }

  private static func singleSignOn(_ set: String, _ session: Template, from network: String) -> Principal {
    Principal(
      identity: .role(
        Template("AWSReservedSSO_\(set)_${own 16 \(set)}"), path: "/aws-reserved/sso.amazonaws.com/",
        session: session),
      source: .corporate(network), agent: browser)
  }

  /// Somebody who looks after one account, with a session name of the account's own.
  static func resident(_ set: String, _ session: String, from network: String) -> Principal {
    Principal(
      identity: .role(
        Template("AWSReservedSSO_\(set)_${own 16 \(set)}"), path: "/aws-reserved/sso.amazonaws.com/",
        session: Template("\(session)@example.com")),
      source: .corporate(network), agent: browser, mfa: true)
  }
}
