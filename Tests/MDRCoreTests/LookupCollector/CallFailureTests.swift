import Testing

@testable import MDRCore

/// Words that AWS CLI 1.46 printed on loopback; those of version 2 are from its sources and its guide.
@Suite struct `Failures of the AWS CLI` {
  @Test(
    arguments: [
      (
        "\nAn error occurred (AccessDeniedException) when calling the LookupEvents operation: User: x is not authorized",
        "AccessDeniedException", .denied
      ),
      (
        "\nAn error occurred (ThrottlingException) when calling the LookupEvents operation (reached max retries: 0): Rate exceeded",
        "ThrottlingException", .throttled
      ),
      (
        "\nAn error occurred (503) when calling the LookupEvents operation (reached max retries: 0): <html>",
        "503",
        .transient
      ),
      (
        "\nAn error occurred (UnrecognizedClientException) when calling the LookupEvents operation: The security token included in the request is invalid.",
        "UnrecognizedClientException", .regionUnavailable
      ),
      (
        "\nUnable to locate credentials. You can configure credentials by running \"aws configure\".",
        "NoCredentials", .credentials
      ),
      ("\nThe config profile (nope) could not be found\n", "NoSuchProfile", .credentials),
      (
        "\nThe source_profile \"gone\" referenced in the profile \"chain\" does not exist.", "BrokenProfile",
        .credentials
      ),
      ("\nThe specified sso-session does not exist: \"gone\"", "BrokenProfile", .credentials),
      (
        "\nError loading SSO Token: Token for https://example.awsapps.com/start does not exist",
        "ExpiredSSOToken", .credentials
      ),
      (
        "\nThe SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.",
        "ExpiredSSOToken", .credentials
      ),
      (
        "Warning: Password input may be echoed.\nEnter MFA code for arn:aws:iam::111122223333:mfa/x: \n",
        "MFARequired", .credentials
      ),
      (
        "\nError when retrieving credentials from custom-process: \n", "CredentialRetrievalError",
        .credentials
      ),
      (
        "\nCould not connect to the endpoint URL: \"http://127.0.0.1:9/\"\n", "EndpointConnectionError",
        .regionUnavailable
      ),
      (
        "\nProvided region_name 'us-east-1-' doesn't match a supported format.\n", "InvalidRegion",
        .regionUnavailable
      ),
      ("\nFailed to connect to proxy URL: \"http://127.0.0.1:9\"\n", "ProxyConnectionError", .other),
      (
        "\nSSL validation failed for https://127.0.0.1:9/ [SSL: WRONG_VERSION_NUMBER]\n", "SSLError", .other
      ),
      (
        "aws: error: argument command: Invalid choice, valid choices are:\n", "UnknownToCLI", .other
      ),
      // Version 2 names its own failures too.
      (
        "\naws: [ERROR]: An error occurred (NoCredentials): Unable to locate credentials. You can configure credentials by running \"aws login\".",
        "NoCredentials", .credentials
      ),
      (
        "\naws: [ERROR]: An error occurred (ParamValidation): Parameter validation failed:",
        "ParamValidation",
        .other
      ),
      (
        "\naws: [ERROR]: An error occurred (AccessDenied) when calling the AssumeRole operation: no\n\nAdditional error details:\nType: Sender",
        "AccessDenied", .denied
      ),
      (
        "\naws: [ERROR]: Your session has expired. Please reauthenticate using 'aws login'.", "ExpiredLogin",
        .credentials
      ),
      // What AWS says may quote anything.
      (
        "\nAn error occurred (ValidationException) when calling the LookupEvents operation: Unable to locate credentials",
        "ValidationException", .other
      ),
      ("", "UnknownFailure", .other),
      ("An error occurred (<b>) when calling", "UnknownFailure", .other),
    ] as [(String, String, CallFailure.Kind)])
  func `are known by their words`(diagnostics: String, code: String, kind: CallFailure.Kind) {
    let failure = CallFailure(diagnostics: diagnostics)
    #expect(failure.code == code)
    #expect(failure.kind == kind)
  }

  @Test(arguments: [
    ("NoCredentials", "aws sso login --profile hub"), ("ExpiredSSOToken", "aws sso login --profile hub"),
    ("ExpiredLogin", "aws login --profile hub"), ("NoSuchProfile", "~/.aws/config"),
    ("EndpointConnectionError", "names of regions"), ("ProxyConnectionError", "HTTPS_PROXY"),
    ("SSLError", "AWS_CA_BUNDLE"), ("MFARequired", "in a terminal"), ("InvalidRegion", "--regions us-east-1"),
    ("UnknownFailure", "aws sts get-caller-identity --region eu-west-1 --profile hub"),
  ])
  func `before any answer name the mend`(code: String, mend: String) {
    let error = CallFailure(code: code).beforeAnyAnswer(profile: "hub", regions: ["eu-west-1"])
    #expect(error.code == .unavailable)
    #expect("\(error)".contains(mend), "\(error)")
    #expect("\(error)".contains(code))
  }
}
