import Foundation

/// Asks LookupEvents query by query, and goes on where one of them is refused.
struct Collector {
  private let request: CollectionRequest
  private let program: AWSProgram
  private let folder: String
  private let ledger: CallLedger
  private let console: Console
  private(set) var collection: EventCollection
  private var pace: CallPace
  /// The region that answers for identities.
  private var identityRegion = ""
  /// When the credentials in use were issued; an assumed role's last an hour.
  private var credentials: (value: AWSCredentials?, issued: ContinuousClock.Instant)

  private static let credentialLife: Duration = .seconds(50 * 60)
  private static let attempts = 6

  init(_ request: CollectionRequest, program: AWSProgram, folder: String, console: Console)
    throws(CommandError)
  {
    self.request = request
    self.program = program
    self.folder = folder
    self.console = console
    ledger = try CallLedger(folder + "/ledger.jsonl", writesTimes: request.writesTimes)
    collection = EventCollection(request: request)
    pace = CallPace(callsPerSecond: request.callsPerSecond)
    credentials = (nil, .now)
  }

  /// Collects from every account, region and event name.
  mutating func run() throws(CommandError) {
    let own = try ownAccount()
    collection.accounts =
      request.accounts.isEmpty ? [CollectedAccount(id: own, roleARN: nil)] : request.accounts
    for account in collection.accounts {
      if account.roleARN == nil, account.id != own {
        fail(account, .failed, CallFailure(code: "NoRoleGiven"))
      } else if let failure = try assumeRole(of: account) {
        fail(account, failure.kind == .denied ? .denied : .failed, failure)
      } else {
        for region in request.regions { try collect(account, region: region) }
      }
    }
  }

  /// Whose credentials these are; without any there is nothing to do.
  private mutating func ownAccount() throws(CommandError) -> String {
    var failure = CallFailure(code: "UnknownFailure")
    // A profile need not name a region, and one that is not enabled can't answer.
    for region in request.regions.filter({ $0 == "us-east-1" })
      + request.regions.filter({ $0 != "us-east-1" })
    {
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
    let profile = request.profile.map { " --profile \($0)" } ?? ""
    throw CommandError(
      .unavailable, "AWS accepts no credentials (\(failure.code))",
      mend: "sign in, for example with: aws sso login\(profile), or name another --profile")
  }

  private var profileArguments: [String] { request.profile.map { ["--profile", $0] } ?? [] }

  /// Takes on the account's role, or goes back to the profile's own credentials.
  private mutating func assumeRole(of account: CollectedAccount) throws(CommandError) -> CallFailure? {
    credentials = (nil, .now)
    guard let role = account.roleARN else { return nil }
    let answer = try program.call(
      [
        "sts", "assume-role", "--region", identityRegion, "--role-arn", role, "--role-session-name",
        "mdr-rainer-collector",
        "--duration-seconds", "3600", "--output", "json",
      ] + profileArguments, credentials: nil)
    let assumed = answer.succeeded ? AWSCredentials(answer: answer.output) : nil
    let failure = assumed == nil ? CallFailure(diagnostics: answer.diagnostics) : nil
    try ledger.identity("AssumeRole", account: account.id, role: role, failure: failure)
    credentials = (assumed, .now)
    return failure
  }

  private mutating func collect(_ account: CollectedAccount, region: String) throws(CommandError) {
    var refusal: (status: EventCollection.Status, failure: CallFailure)?
    for event in request.events {
      var query = EventCollection.Query(account: account.id, region: region, event: event, status: .complete)
      if let refusal {
        // What refused one event name refuses the region; asking on would only fill the ledger.
        query.status = refusal.status
        query.errorCode = refusal.failure.code
      } else {
        console.progress("\(account.id) \(region) \(event): \(collection.eventCount) events so far")
        if let failure = try ask(&query, of: account) {
          query.errorCode = failure.code
          query.status = Self.status(of: failure)
          if query.status == .denied || query.status == .regionUnavailable {
            refusal = (query.status, failure)
          }
        }
      }
      collection.queries.append(query)
    }
    console.endProgress()
  }

  private static func status(of failure: CallFailure) -> EventCollection.Status {
    switch failure.kind {
    case .denied: .denied
    case .regionUnavailable: .regionUnavailable
    case .throttled, .transient, .credentials, .other: .failed
    }
  }

  /// Reads a query page by page; each page is on disk before the next is asked for.
  private mutating func ask(
    _ query: inout EventCollection.Query, of account: CollectedAccount
  ) throws(CommandError) -> CallFailure? {
    var file: AppendedFile?
    var token: String?
    repeat {
      guard request.maxCalls == 0 || collection.calls < request.maxCalls else {
        query.status = .capped
        return nil
      }
      let answer = try page(of: query, account: account, number: query.pages + 1, token: token)
      switch answer {
      case .failure(let failure): return failure
      case .success(let page):
        if !page.entries.isEmpty {
          let open: AppendedFile
          if let file { open = file } else { open = try AppendedFile(folder + "/" + query.path) }
          try open.append(lines: page.entries)
          file = open
        }
        query.pages += 1
        query.events += page.entries.count
        // A service that hands out the same token for ever would never end.
        token = page.nextToken == token ? nil : page.nextToken
      }
    } while token != nil
    return nil
  }

  /// Asks for a page, again where AWS asks for patience or the role's hour is over.
  private mutating func page(
    of query: EventCollection.Query, account: CollectedAccount, number: Int, token: String?
  ) throws(CommandError) -> Result<LookupPage, CallFailure> {
    if account.roleARN != nil, credentials.issued.duration(to: .now) > Self.credentialLife {
      if let failure = try assumeRole(of: account) { return .failure(failure) }
    }
    for attempt in 1... {
      pace.wait(account: query.account, region: query.region)
      collection.calls += 1
      let answer = try program.call(
        Self.arguments(for: query, request: request, token: token)
          + (credentials.value == nil ? profileArguments : []),
        credentials: credentials.value)
      let result: Result<LookupPage, CallFailure> =
        if answer.succeeded {
          LookupPage(answer: answer.output).map { .success($0) }
            ?? .failure(CallFailure(code: "UnreadableAnswer"))
        } else {
          .failure(CallFailure(diagnostics: answer.diagnostics))
        }
      try ledger.lookup(query, request: request, page: number, answer: result)
      let isLast = attempt >= Self.attempts || (request.maxCalls > 0 && collection.calls >= request.maxCalls)
      guard case .failure(let failure) = result, [.throttled, .transient].contains(failure.kind), !isLast
      else {
        return result
      }
      pace.backOff(attempt: attempt)
    }
    return .failure(CallFailure(code: "UnknownFailure"))
  }

  /// The call as the AWS CLI takes it, without profile.
  static func arguments(
    for query: EventCollection.Query, request: CollectionRequest, token: String?
  ) -> [String] {
    [
      "cloudtrail", "lookup-events", "--region", query.region, "--lookup-attributes",
      "AttributeKey=EventName,AttributeValue=\(query.event)", "--start-time", request.since.iso8601,
      "--end-time",
      request.until.iso8601, "--max-results", "50", "--output", "json", "--no-paginate",
    ] + (token.map { ["--next-token", $0] } ?? [])
  }

  private mutating func fail(
    _ account: CollectedAccount, _ status: EventCollection.Status, _ failure: CallFailure
  ) {
    for region in request.regions {
      for event in request.events {
        collection.queries.append(
          EventCollection.Query(
            account: account.id, region: region, event: event, status: status, errorCode: failure.code))
      }
    }
  }
}

/// Keeps calls to one account and region apart, as AWS allows two a second there.
struct CallPace {
  private let interval: Duration
  private var last: [String: ContinuousClock.Instant] = [:]

  init(callsPerSecond: Int) { interval = .seconds(1) / max(1, callsPerSecond) }

  /// Waits until the account and region may be called again.
  mutating func wait(account: String, region: String) {
    let key = account + "/" + region
    if let last = last[key] { Self.sleep(interval - last.duration(to: .now)) }
    last[key] = .now
  }

  /// Waits twice as long after every attempt that was refused.
  func backOff(attempt: Int) { Self.sleep(interval * (1 << min(attempt, 6))) }

  private static func sleep(_ duration: Duration) {
    guard duration > .zero else { return }
    Thread.sleep(forTimeInterval: duration / .seconds(1))
  }
}
