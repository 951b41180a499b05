/// Asks LookupEvents query by query, and goes on where one of them is refused.
struct Collector {
  private let request: CollectionRequest
  private let folder: String
  private let ledger: CallLedger
  private let console: Console
  private(set) var collection: EventCollection
  private var session: AccountSession

  init(_ request: CollectionRequest, program: AWSProgram, folder: String, console: Console)
    throws(CommandError)
  {
    self.request = request
    self.folder = folder
    self.console = console
    ledger = try CallLedger(folder + "/ledger.jsonl", writesTimes: request.writesTimes)
    collection = EventCollection(request: request)
    session = AccountSession(
      program: program, profile: request.profile, ledger: ledger, callsPerSecond: request.callsPerSecond)
  }

  /// Collects from every account, region and event name.
  mutating func run() throws(CommandError) {
    let own = try session.ownAccount(asking: request.regions)
    collection.identityRegion = session.identityRegion
    collection.accounts =
      request.accounts.isEmpty ? [CollectedAccount(id: own, roleARN: nil)] : request.accounts
    for account in collection.accounts {
      if account.roleARN == nil, account.id != own {
        fail(account, .failed, CallFailure(code: "NoRoleGiven"))
      } else if let failure = try session.enter(account) {
        fail(account, failure.kind == .denied ? .denied : .failed, failure)
      } else {
        for region in request.regions { try collect(account, region: region) }
      }
    }
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
        if let failure = try ask(&query) {
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
  private mutating func ask(_ query: inout EventCollection.Query) throws(CommandError) -> CallFailure? {
    var file: AppendedFile?
    var (token, tokens): (String?, Set<String>) = (nil, [])
    repeat {
      switch try page(of: query, number: query.pages + 1, token: token) {
      case nil:
        query.status = .capped
        return nil
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
        token = page.nextToken
        // A service that hands out the same token for ever would never end, and what lies behind it can't be asked for.
        if let token, !tokens.insert(token).inserted { return CallFailure(code: "RepeatedToken") }
      }
    } while token != nil
    return nil
  }

  /// Asks for a page, again where AWS asks for patience or the role's hour is over.
  private mutating func page(
    of query: EventCollection.Query, number: Int, token: String?
  ) throws(CommandError) -> Result<LookupPage, CallFailure>? {
    let (request, ledger) = (request, ledger)
    var calls = collection.calls
    defer { collection.calls = calls }
    return try session.call(
      Self.arguments(for: query, request: request, token: token), region: query.region
    ) {
      guard request.maxCalls == 0 || calls < request.maxCalls else { return false }
      calls += 1
      return true
    } read: { answer throws(CommandError) in
      let result: Result<LookupPage, CallFailure> =
        if answer.succeeded {
          LookupPage(answer: answer.output).map { .success($0) } ?? .failure(.unreadableAnswer)
        } else {
          .failure(CallFailure(diagnostics: answer.diagnostics))
        }
      try ledger.lookup(query, request: request, page: number, answer: result)
      return result
    }
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
