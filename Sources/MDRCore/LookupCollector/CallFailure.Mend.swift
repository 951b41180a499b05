extension CallFailure {
  /// What to tell where not even the caller's identity was answered.
  func beforeAnyAnswer(profile: String?, regions: [String]) -> CommandError {
    let option = profile.map { " --profile \($0)" } ?? ""
    let (message, mend) = words(profile: profile, option: option, regions: regions)
    return CommandError(.unavailable, message, mend: mend)
  }

  private func words(profile: String?, option: String, regions: [String]) -> (message: String, mend: String) {
    switch code {
    case "NoCredentials":
      (
        "the AWS CLI finds no credentials (\(code))",
        "sign in, for example with: aws sso login\(option), or name another --profile"
      )
    case "ExpiredSSOToken", "ExpiredToken", "ExpiredTokenException", "RequestExpired":
      (
        "the credentials have run out (\(code))",
        "sign in again, for example with: aws sso login\(option), or name another --profile"
      )
    case "ExpiredLogin":
      ("the credentials have run out (\(code))", "sign in again with: aws login\(option)")
    case "NoSuchProfile":
      (
        "the AWS CLI knows no profile \(profile ?? "of the name in AWS_PROFILE") (\(code))",
        "name one that ~/.aws/config has, with --profile NAME"
      )
    case "BrokenProfile", "ConfigParseError", "CredentialRetrievalError":
      (
        "the AWS CLI gets no credentials from what is configured (\(code))",
        "mend ~/.aws/config until this answers: aws sts get-caller-identity\(option)"
      )
    case "MFARequired":
      (
        "the profile asks for an MFA code (\(code))",
        "enter it once in a terminal, where the AWS CLI keeps the session: aws sts get-caller-identity\(option)"
      )
    case "EndpointConnectionError", "ConnectTimeoutError", "ReadTimeoutError", "ConnectionClosedError":
      (
        "no endpoint of AWS could be reached (\(code)) for \(regions.joined(separator: ", "))",
        "check the network, that --regions are names of regions, and AWS_ENDPOINT_URL where it is set"
      )
    case "ProxyConnectionError":
      ("the proxy can't be reached (\(code))", "check HTTPS_PROXY and NO_PROXY")
    case "SSLError":
      (
        "the certificate of AWS's endpoint is not accepted (\(code))",
        "name the certificates of your network in AWS_CA_BUNDLE"
      )
    case "InvalidRegion":
      ("no region is called so (\(code)): \(regions.joined(separator: ", "))", "write --regions us-east-1")
    case "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch", "AuthFailure":
      (
        "AWS accepts no credentials (\(code))",
        "sign in, for example with: aws sso login\(option), or name another --profile"
      )
    default:
      (
        "AWS did not say whose credentials these are (\(code))",
        "see why with: aws sts get-caller-identity --region \(regions.first ?? "us-east-1")\(option)"
      )
    }
  }
}
