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

  /// AWS's code, such as `AccessDeniedException`; the CLI's own failures have the names that it gives them.
  let code: String
  let kind: Kind

  /// The CLI ended well and printed something else than an answer.
  static let unreadableAnswer = CallFailure(code: "UnreadableAnswer")

  init(code: String) {
    self.code = code
    kind = Self.kind(of: code)
  }

  /// Reads the CLI's diagnostics; only the code is kept, the rest names principals and requests.
  init(diagnostics: String) {
    // What AWS says comes first: its messages may hold any words.
    let code =
      Self.code(in: diagnostics, before: ") when calling")
      ?? Self.known.first { diagnostics.contains($0.phrase) }?.code
      ?? Self.code(in: diagnostics, before: ")")
    self.init(code: code ?? "UnknownFailure")
  }

  /// What the CLI itself prints, in version 1 and 2, when no service answered.
  private static let known: [(phrase: String, code: String)] = [
    ("Unable to locate credentials", "NoCredentials"), ("Partial credentials", "NoCredentials"),
    ("The config profile (", "NoSuchProfile"), ("The source_profile", "BrokenProfile"),
    ("The specified sso-session does not exist", "BrokenProfile"),
    ("Error loading SSO Token", "ExpiredSSOToken"),
    ("SSO session associated with this profile", "ExpiredSSOToken"),
    ("Token has expired", "ExpiredSSOToken"), ("Error when retrieving token from sso", "ExpiredSSOToken"),
    ("reauthenticate using 'aws login'", "ExpiredLogin"), ("Enter MFA code", "MFARequired"),
    ("Error when retrieving credentials from", "CredentialRetrievalError"),
    ("must specify a region", "NoRegion"), ("Provided region_name", "InvalidRegion"),
    ("Could not connect to the endpoint URL", "EndpointConnectionError"),
    ("Failed to connect to proxy URL", "ProxyConnectionError"), ("SSL validation failed", "SSLError"),
    ("Connect timeout", "ConnectTimeoutError"), ("Read timeout", "ReadTimeoutError"),
    ("Connection was closed", "ConnectionClosedError"), ("Unable to parse config file", "ConfigParseError"),
    ("Invalid choice", "UnknownToCLI"), ("Unknown options", "UnknownToCLI"),
  ]

  /// The code in "An error occurred (CODE) when calling the … operation", up to what follows it.
  private static func code(in text: String, before end: String) -> String? {
    guard let start = text.firstRange(of: "An error occurred (")?.upperBound else { return nil }
    let code = text[start...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }
    return code.isEmpty || code.count > 80 || !text[code.endIndex...].hasPrefix(end) ? nil : String(code)
  }

  private static func kind(of code: String) -> Kind {
    switch code {
    case "ThrottlingException", "Throttling", "ThrottledException", "TooManyRequestsException",
      "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "SlowDown",
      "PriorRequestNotComplete", "BandwidthLimitExceeded", "EC2ThrottledException", "429":
      .throttled
    case "InternalFailure", "InternalError", "InternalServerError", "InternalServerException",
      "InternalServiceError", "ServiceUnavailable", "ServiceUnavailableException", "RequestTimeout",
      "RequestTimeoutException", "ConnectTimeoutError", "ReadTimeoutError", "ConnectionClosedError",
      // An answer that isn't the service's own has its status for a code.
      "500", "502", "503", "504":
      .transient
    case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedException",
      "AuthorizationError", "403":
      .denied
    case "UnrecognizedClientException", "InvalidClientTokenId", "OptInRequired", "AuthFailure",
      "EndpointConnectionError", "InvalidRegion":
      .regionUnavailable
    case "NoCredentials", "NoSuchProfile", "BrokenProfile", "ExpiredSSOToken", "ExpiredLogin",
      "ExpiredToken", "ExpiredTokenException", "RequestExpired", "SignatureDoesNotMatch", "MFARequired",
      "CredentialRetrievalError":
      .credentials
    default: .other
    }
  }
}
