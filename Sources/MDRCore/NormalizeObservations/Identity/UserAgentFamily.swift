/// The product and channel that a user agent names, without versions.
///
/// It explains and never vouches: anybody can send any user agent.
enum UserAgentFamily {
  private static let products: [(mark: String, family: String)] = [
    ("hashicorp terraform", "terraform"), ("terraform", "terraform"), ("pulumi", "pulumi"),
    ("ansible", "ansible"),
    ("opentofu", "opentofu"), ("cloudshell", "cloudshell"), ("aws-cli", "aws-cli"), ("awscli", "aws-cli"),
    ("signin.amazonaws.com", "console"), ("console.amazonaws.com", "console"), ("console.aws", "console"),
    ("console.ec2", "console"), ("s3console", "console"), ("aws internal", "aws-internal"),
    ("aws-internal", "aws-internal"), ("boto3", "sdk-python"), ("botocore", "sdk-python"),
    ("aws-sdk-go", "sdk-go"),
    ("aws-sdk-java", "sdk-java"), ("aws-sdk-js", "sdk-js"), ("aws-sdk-nodejs", "sdk-js"),
    ("aws-sdk-ruby", "sdk-ruby"),
    ("aws-sdk-php", "sdk-php"), ("aws-sdk-dotnet", "sdk-dotnet"), ("aws-sdk-rust", "sdk-rust"),
    ("aws-sdk-swift", "sdk-swift"), ("aws-sdk-cpp", "sdk-cpp"), ("kubernetes", "kubernetes"),
    ("amazon-ssm-agent", "ssm-agent"), ("mozilla/", "browser"), ("python", "python"), ("curl/", "curl"),
  ]

  private static let marks = ByteMarks(products.map(\.mark))

  static func name(of userAgent: String) -> String {
    guard !userAgent.isEmpty else { return "none" }
    if userAgent.hasSuffix(".amazonaws.com"), !userAgent.hasPrefix("console."),
      !userAgent.hasPrefix("signin.")
    {
      return "service"
    }
    return marks.first(in: userAgent).map { products[$0].family } ?? "other"
  }
}
