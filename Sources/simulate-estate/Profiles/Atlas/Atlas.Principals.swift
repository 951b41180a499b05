extension Atlas {
  // MARK: Deployment automation

  static let cdk = Principal(
    identity: .role("cdk-hnb659fds-cfn-exec-role-${account}-${region}", session: "AWSCloudFormation"),
    source: .service("cloudformation.amazonaws.com"), agent: "cloudformation.amazonaws.com")
  static let deployer = Principal(
    identity: .role("${slug}-deploy-role", session: "AWSCodePipeline-${new 12 run}"),
    source: .service("codepipeline.amazonaws.com"), agent: "codepipeline.amazonaws.com")
  /// Terraform as it was until the pipelines were reorganised, and since.
  static let oldTerraform = Principal(
    identity: .role("${slug}-jenkins-terraform", session: "aws-go-sdk-${stamp}"), source: .nat,
    agent: Principal.terraform.agent)
  static let newTerraform = Principal(
    identity: .role("${slug}-terraform-apply-${own suffix apply}", session: "run-${new 12 run}"),
    source: .nat,
    agent: Principal.terraform.agent)
  static let jenkins = Principal(
    identity: .role("${slug}-jenkins-build-role", session: "${own i operations-host}", delivery: "2.0"),
    source: .host("operations-host"),
    agent: "aws-sdk-java/2.29.${number 1 40} Linux/5.10 OpenJDK_64-Bit_Server_VM/17 jenkins-ec2-plugin")
  static let teamCity = Principal(
    identity: .role("${slug}-teamcity-server", session: "${own i operations-host}", delivery: "2.0"),
    source: .host("operations-host"), agent: "aws-sdk-java/1.12.${number 600 780} Linux/5.15 teamcity")

  // MARK: Controllers and services

  static let volumeController = Principal(
    identity: .role("${slug}-eks-AmazonEKS_EBS_CSI_DriverRole", session: "${stamp}"),
    source: .service("ec2.amazonaws.com"), agent: "ec2.amazonaws.com")
  static let transitController = Principal(
    identity: .role("${slug}-transit-network-controller", session: "reconcile-${new 8 run}"), source: .nat,
    agent: "aws-sdk-go-v2/1.32.5 os/linux lang/go#1.23.3")
  static let identityCentre = Principal(
    identity: .role(
      "AWSServiceRoleForSSO", path: "/aws-service-role/sso.amazonaws.com/", session: "SSO-PROVISIONER"),
    source: .service("sso.amazonaws.com"), agent: "sso.amazonaws.com")
  static let scanner = Principal(
    identity: .role("${slug}-security-audit-scanner", session: "scan-${new 12 run}"), source: .nat,
    agent: "Boto3/1.35.${number 1 90} md/Botocore#1.35.${number 1 90} ua/2.0 os/linux lang/python#3.12.7",
    home: "security-tooling")

  // MARK: People

  static let administrator = Principal.resident(
    "AWS-Admin", "platform.admin-${own 4 admin}", from: "hq-egress")
  static let engineer = Principal.resident(
    "AWS-Engineer", "engineer-${own 4 engineer}", from: "branch-egress")
  static let support = Principal.resident("AWS-Support", "support-${own 4 support}", from: "hq-egress")
  /// Someone who came with an acquisition, before single sign-on.
  static let consoleUser = Principal(
    identity: .user("console.user-${own 4 user}"), source: .corporate("branch-egress"),
    agent: Principal.browser, mfa: true)
}
