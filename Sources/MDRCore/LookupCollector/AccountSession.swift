/// The credentials in use, account after account, and the calls that are made with them.
struct AccountSession {
  /// Whose credentials the next call is made with.
  private enum Holder {
    case profile
    /// A role of the account, which lasts an hour from when it was taken.
    case role(AWSCredentials, issued: ContinuousClock.Instant)
    /// Nobody's: the account gave none or they ran out, and a call would be answered for another account.
    case nobody(CallFailure)
  }

  private let program: AWSProgram
  private let profile: String?
  private let ledger: CallLedger
  private var pace: CallPace
  /// The region that answers for identities.
  private(set) var identityRegion = ""
  private var account: CollectedAccount?
  private var holder = Holder.profile

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
      failure = answer.succeeded ? .unreadableAnswer : CallFailure(diagnostics: answer.diagnostics)
      try ledger.identity("GetCallerIdentity", account: nil, role: nil, failure: failure)
      if failure.kind != .regionUnavailable { break }
    }
    throw failure.beforeAnyAnswer(profile: profile, regions: regions)
  }

  /// Takes on the account's role, or goes back to the profile's own credentials.
  mutating func enter(_ account: CollectedAccount) throws(CommandError) -> CallFailure? {
    self.account = account
    holder = .profile
    guard let role = account.roleARN else { return nil }
    var failure: CallFailure?
    for attempt in 1...Self.attempts {
      if attempt > 1 { pace.backOff(attempt: attempt - 1) }
      failure = try assume(role, of: account.id)
      guard let failure, [.throttled, .transient].contains(failure.kind) else { break }
    }
    return failure
  }

  private mutating func assume(_ role: String, of id: String) throws(CommandError) -> CallFailure? {
    let answer = try program.call(
      [
        "sts", "assume-role", "--region", identityRegion, "--role-arn", role, "--role-session-name",
        "mdr-rainer-collector", "--duration-seconds", "3600", "--output", "json",
      ] + profileArguments, credentials: nil)
    var failure: CallFailure?
    if answer.succeeded, let taken = AWSCredentials(answer: answer.output) {
      holder = .role(taken, issued: .now)
    } else {
      let reason = answer.succeeded ? .unreadableAnswer : CallFailure(diagnostics: answer.diagnostics)
      failure = reason
      holder = .nobody(reason)
    }
    try ledger.identity("AssumeRole", account: id, role: role, failure: failure)
    return failure
  }

  /// Makes a call, again where AWS asks for patience or a role's hour is over, as long as `mayCall` has calls left to give.
  ///
  /// `read` makes something of each answer and notes it; gives what it made of the last one, and `nil` where no call was
  /// left to make. Where the account's credentials ran out nothing is asked, and what refused them is the answer.
  mutating func call<Answer>(
    _ arguments: [String], region: String, mayCall: () -> Bool,
    read: (AWSProgram.Answer) throws(CommandError) -> Result<Answer, CallFailure>
  ) throws(CommandError) -> Result<Answer, CallFailure>? {
    var last: Result<Answer, CallFailure>?
    var mayRenew = true
    if case .role(_, let issued) = holder, issued.duration(to: .now) > Self.credentialLife { try renew() }
    for attempt in 1...Self.attempts {
      if case .nobody(let failure) = holder { return .failure(failure) }
      guard mayCall() else { break }
      if attempt > 1 { pace.backOff(attempt: attempt - 1) }
      pace.wait(account: account?.id ?? "", region: region)
      let result = try read(try make(arguments))
      guard case .failure(let failure) = result else { return result }
      last = result
      switch failure.kind {
      case .throttled, .transient: continue
      case .credentials:
        if case .role = holder, mayRenew {
          mayRenew = false
          try renew()
        } else {
          holder = .nobody(failure)
        }
      case .denied, .regionUnavailable, .other: return result
      }
    }
    return last
  }

  private func make(_ arguments: [String]) throws(CommandError) -> AWSProgram.Answer {
    if case .role(let credentials, _) = holder {
      return try program.call(arguments, credentials: credentials)
    }
    return try program.call(arguments + profileArguments, credentials: nil)
  }

  /// Takes the role on again.
  private mutating func renew() throws(CommandError) {
    if let account { _ = try enter(account) }
  }
}
