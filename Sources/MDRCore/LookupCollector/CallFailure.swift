/// Why a call was refused, from what the AWS CLI prints.
struct CallFailure: Error, Equatable, Sendable {
  /// What to do about it.
  enum Kind: Equatable {
    /// Too many calls: wait and try again.
    case throttled
    /// The service or the network faltered: try again.
    case transient
    /// Not permitted.
    case denied
    /// The region is not enabled for the account, or does not exist.
    case regionUnavailable
    /// Credentials are missing or have run out.
    case credentials
    case other
  }

  /// AWS's code, such as `AccessDeniedException`.
  let code: String
  let kind: Kind

  init(code: String) {
    self.code = code
    kind = Self.kind(of: code)
  }

  /// Reads the CLI's diagnostics; only the code is kept, the rest names principals and requests.
  init(diagnostics: String) {
    let known: [(phrase: String, code: String)] = [
      ("Unable to locate credentials", "NoCredentials"), ("could not be found", "NoSuchProfile"),
      ("Error loading SSO Token", "ExpiredSSOToken"),
      ("SSO session associated with this profile", "ExpiredSSOToken"),
      ("Token has expired", "ExpiredSSOToken"), ("Partial credentials", "NoCredentials"),
      ("must specify a region", "NoRegion"),
      ("Could not connect to the endpoint URL", "EndpointConnectionError"),
      ("Connect timeout", "ConnectTimeoutError"), ("Read timeout", "ReadTimeoutError"),
      ("Connection was closed", "ConnectionClosedError"),
    ]
    if let code = Self.reportedCode(in: diagnostics) {
      self.init(code: code)
    } else {
      self.init(code: known.first { diagnostics.contains($0.phrase) }?.code ?? "UnknownFailure")
    }
  }

  /// The code in "An error occurred (CODE) when calling the … operation".
  private static func reportedCode(in text: String) -> String? {
    guard let start = text.firstRange(of: "An error occurred (")?.upperBound else { return nil }
    let code = text[start...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }
    return code.isEmpty || code.count > 80 ? nil : String(code)
  }

  private static func kind(of code: String) -> Kind {
    switch code {
    case "ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded",
      "RequestThrottled", "SlowDown", "PriorRequestNotComplete":
      .throttled
    case "InternalFailure", "InternalServerError", "InternalServiceError", "ServiceUnavailable",
      "ServiceUnavailableException", "RequestTimeout", "ConnectTimeoutError", "ReadTimeoutError",
      "ConnectionClosedError":
      .transient
    case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError": .denied
    case "UnrecognizedClientException", "InvalidClientTokenId", "OptInRequired", "AuthFailure",
      "EndpointConnectionError":
      .regionUnavailable
    case "NoCredentials", "NoSuchProfile", "ExpiredSSOToken", "ExpiredToken", "ExpiredTokenException",
      "RequestExpired", "SignatureDoesNotMatch":
      .credentials
    default: .other
    }
  }
}
