/// The credentials in use, account after account, and the calls that are made with them.
struct AccountSession {
  private let program: AWSProgram
  private let profile: String?
  private let ledger: CallLedger
  private var pace: CallPace
  /// The region that answers for identities.
  private(set) var identityRegion = ""
  /// When the credentials in use were issued; an assumed role's last an hour.
  private var credentials: (value: AWSCredentials?, issued: ContinuousClock.Instant) = (nil, .now)

  /// How often a call is made at most, while AWS asks for patience.
  private static let attempts = 6
  private static let credentialLife: Duration = .seconds(50 * 60)

  init(program: AWSProgram, profile: String?, ledger: CallLedger, callsPerSecond: Int) {
    self.program = program
    self.profile = profile
    self.ledger = ledger
    pace = CallPace(callsPerSecond: callsPerSecond)
  }

  private var profileArguments: [String] { profile.map { ["--profile", $0] } ?? [] }

  /// Whose credentials these are; without any there is nothing to do.
  mutating func ownAccount(asking regions: [String]) throws(CommandError) -> String {
    var failure = CallFailure(code: "UnknownFailure")
    // A profile need not name a region, and one that is not enabled can't answer.
    for region in regions.filter({ $0 == "us-east-1" }) + regions.filter({ $0 != "us-east-1" }) {
      let answer = try program.call(
        ["sts", "get-caller-identity", "--region", region, "--output", "json"] + profileArguments,
        credentials: nil)
      if answer.succeeded, let id = (try? JSONValue(parsing: answer.output))?["Account"]?.string,
        id.isAccountID
      {
        try ledger.identity("GetCallerIdentity", account: id, role: nil, failure: nil)
        identityRegion = region
        return id
      }
      failure = CallFailure(diagnostics: answer.diagnostics)
      try ledger.identity("GetCallerIdentity", account: nil, role: nil, failure: failure)
      if failure.kind != .regionUnavailable { break }
    }
    let profile = profile.map { " --profile \($0)" } ?? ""
    throw CommandError(
      .unavailable, "AWS accepts no credentials (\(failure.code))",
      mend: "sign in, for example with: aws sso login\(profile), or name another --profile")
  }

  /// Takes on the account's role, or goes back to the profile's own credentials.
  mutating func assumeRole(of account: CollectedAccount) throws(CommandError) -> CallFailure? {
    credentials = (nil, .now)
    guard let role = account.roleARN else { return nil }
    let answer = try program.call(
      [
        "sts", "assume-role", "--region", identityRegion, "--role-arn", role, "--role-session-name",
        "mdr-rainer-collector", "--duration-seconds", "3600", "--output", "json",
      ] + profileArguments, credentials: nil)
    let assumed = answer.succeeded ? AWSCredentials(answer: answer.output) : nil
    let failure = assumed == nil ? CallFailure(diagnostics: answer.diagnostics) : nil
    try ledger.identity("AssumeRole", account: account.id, role: role, failure: failure)
    credentials = (assumed, .now)
    return failure
  }

  /// Takes the role on again before its hour is over.
  mutating func renew(for account: CollectedAccount) throws(CommandError) -> CallFailure? {
    guard account.roleARN != nil, credentials.issued.duration(to: .now) > Self.credentialLife else {
      return nil
    }
    return try assumeRole(of: account)
  }

  /// Makes a call, again where AWS asks for patience, as long as `mayCall` has calls left to give.
  ///
  /// `read` makes something of each answer and notes it; gives what it made of the last one, and `nil` where no call was
  /// left to make.
  mutating func call<Answer>(
    _ arguments: [String], account: String, region: String, mayCall: () -> Bool,
    read: (AWSProgram.Answer) throws(CommandError) -> Result<Answer, CallFailure>
  ) throws(CommandError) -> Result<Answer, CallFailure>? {
    var last: Result<Answer, CallFailure>?
    for attempt in 1...Self.attempts {
      guard mayCall() else { break }
      if attempt > 1 { pace.backOff(attempt: attempt - 1) }
      pace.wait(account: account, region: region)
      let result = try read(
        try program.call(
          arguments + (credentials.value == nil ? profileArguments : []), credentials: credentials.value))
      guard case .failure(let failure) = result, [.throttled, .transient].contains(failure.kind) else {
        return result
      }
      last = result
    }
    return last
  }
}
