extension Outcome {
  static let denialWords = [
    "AccessDenied", "Unauthorized", "NotAuthorized", "Forbidden", "AuthorizationError",
    "OperationNotPermitted",
    "InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClient", "ExpiredToken", "AuthFailure",
  ]

  /// What became of a call, from its error and, for console sign-ins, from the response.
  init(errorCode: String?, hasMessage: Bool, signIn: String?) {
    if signIn == "Failure" {
      self = .failed
    } else if let errorCode {
      self = Self.denialWords.contains { errorCode.contains($0) } ? .denied : .failed
    } else if hasMessage {
      self = .failed
    } else {
      self = .success
    }
  }
}
