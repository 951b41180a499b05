extension Outcome {
  static let denialWords = [
    "AccessDenied", "Unauthorized", "NotAuthorized", "Forbidden", "AuthorizationError",
    "OperationNotPermitted",
    "InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClient", "ExpiredToken", "AuthFailure",
  ]

  /// The same words in any case, as a quick first look: an error without any of them is no denial, and most are not.
  private static let denialMarks = ByteMarks(denialWords)

  private static func isDenial(_ errorCode: String) -> Bool {
    denialMarks.areIn(errorCode) && denialWords.contains { errorCode.contains($0) }
  }

  /// What became of a call, from its error and, for console sign-ins, from the response.
  init(errorCode: String?, hasMessage: Bool, signIn: String?) {
    if signIn == "Failure" {
      self = .failed
    } else if let errorCode {
      self = Self.isDenial(errorCode) ? .denied : .failed
    } else if hasMessage {
      self = .failed
    } else {
      self = .success
    }
  }
}
