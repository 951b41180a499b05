import Foundation

/// What to ask of the accounts, and with whose credentials.
struct InventoryRequest: Sendable {
  var regions: [String]
  var profile: String?
  /// No more calls than this in the whole run; 0 means no limit.
  var maxCalls: Int
  /// In each account and region.
  var callsPerSecond: Int
  /// Whether the ledger tells when each call was made.
  var writesTimes: Bool
}

/// Makes the calls of an inventory, account by account, and goes on where one of them is refused.
struct InventoryCollector {
  private let folder: ArtifactFolder
  private let ledger: CallLedger
  private let console: Console
  private let request: InventoryRequest
  private var session: AccountSession
  private(set) var collection: InventoryCollection
  private(set) var made = 0

  init(
    _ request: InventoryRequest, program: AWSProgram, folder: ArtifactFolder, console: Console
  ) throws(CommandError) {
    self.folder = folder
    self.console = console
    self.request = request
    ledger = try CallLedger(folder.path + "/ledger.jsonl", writesTimes: request.writesTimes)
    session = AccountSession(
      program: program, profile: request.profile, ledger: ledger, callsPerSecond: request.callsPerSecond)
    collection = InventoryCollection(regions: request.regions)
  }

  /// Asks for the organisation once, then in each account and region.
  mutating func run(_ accounts: [CollectedAccount]) throws(CommandError) {
    let own = try session.ownAccount(asking: collection.regions)
    collection.accounts = accounts.isEmpty ? [CollectedAccount(id: own, roleARN: nil)] : accounts
    // The organisation answers the profile's own account, or none of the others.
    let organization = CollectedAccount(id: own, roleARN: nil)
    let administrators = try ask(.organization, of: organization, region: session.identityRegion)
      .flatMap { $0["DelegatedAdministrators"]?.elements.compactMap { $0["Id"]?.string } ?? [] }
    for administrator in administrators.sorted() where administrator.isAccountID {
      try ask(.administrator, of: organization, region: session.identityRegion, subject: administrator)
    }
    for account in collection.accounts {
      if account.roleARN == nil, account.id != own {
        refuse(account, CallFailure(code: "NoRoleGiven"))
      } else if let failure = try session.enter(account) {
        refuse(account, failure)
      } else {
        try ask(account)
      }
    }
    console.endProgress()
  }

  /// Asks an account, each of its regions, the trails at their homes, and those of its buckets that trails deliver to.
  private mutating func ask(_ account: CollectedAccount) throws(CommandError) {
    var answers = try ask(.account, of: account, region: session.identityRegion)
    for region in collection.regions {
      console.progress("\(account.id) \(region): \(made) calls so far")
      let here = try ask(.region, of: account, region: region)
      answers += here
      // A trail is listed wherever it records; its status is asked for at its home.
      let homes = here.trails.filter { $0["HomeRegion"]?.string == region }
      let names = homes.compactMap { $0["TrailARN"]?.string }.filter { $0.hasPrefix("arn:") }
      for (number, trail) in names.enumerated() {
        try ask(.trail, of: account, region: region, subject: trail, suffix: "\(number + 1)")
      }
    }
    // An organisation's trail delivers to a bucket of another account, which lists the trail as well.
    let logs = Set(answers.trails.compactMap { $0["S3BucketName"]?.string })
    let own = answers.flatMap { $0["Buckets"]?.elements.compactMap { $0["Name"]?.string } ?? [] }
    for bucket in own.sorted() where logs.contains(bucket) && LogBucket.isName(bucket) {
      try ask(.bucket, of: account, region: session.identityRegion, subject: bucket)
    }
  }

  /// Makes the calls of a scope; `suffix` tells the files of their answers from those about other subjects, and is the subject
  /// where there is none.
  @discardableResult private mutating func ask(
    _ scope: InventoryCall.Scope, of account: CollectedAccount, region: String, subject: String? = nil,
    suffix: String? = nil
  ) throws(CommandError) -> [JSONValue] {
    var answers: [JSONValue] = []
    for call in InventoryCall.all where call.scope == scope {
      let suffix = (suffix ?? subject).map { "-\($0)" } ?? ""
      let path = "answers/\(account.id)/\(region)/\(call.service)-\(call.operation)\(suffix).json"
      if let answer = try ask(call, of: account, region: region, subject: subject, path: path) {
        answers.append(answer)
      }
    }
    return answers
  }

  /// Makes a call, again where AWS asks for patience, and writes its answer down.
  private mutating func ask(
    _ call: InventoryCall, of account: CollectedAccount, region: String, subject: String?, path: String
  ) throws(CommandError) -> JSONValue? {
    var record = InventoryCollection.Call(
      service: call.service, operation: call.operation, account: account.id, region: region,
      subject: subject, status: .capped)
    defer { collection.calls.append(record) }
    let (ledger, folder, maxCalls) = (ledger, folder, request.maxCalls)
    var made = made
    defer { self.made = made }
    let answer = try session.call(
      call.arguments(region: region, subject: subject), region: region
    ) {
      guard maxCalls == 0 || made < maxCalls else { return false }
      made += 1
      return true
    } read: { answer throws(CommandError) -> Result<JSONValue, CallFailure> in
      // A service without anything to say prints nothing.
      let text = answer.output.contains { $0 > 0x20 } ? answer.output : Array("{}".utf8)
      let result: Result<JSONValue, CallFailure> =
        if !answer.succeeded {
          .failure(CallFailure(diagnostics: answer.diagnostics))
        } else {
          (try? JSONValue(parsing: text)).map { .success($0) }
            ?? .failure(.unreadableAnswer)
        }
      switch result {
      case .success:
        (record.status, record.errorCode, record.path) = (.ok, nil, path)
        try folder.write(path, bytes: text)
      case .failure(let failure):
        (record.status, record.errorCode) = (Self.status(of: failure, call), failure.code)
      }
      try ledger.inventory(record)
      return result
    }
    if case .failure(let failure) = answer {
      // Nothing was asked where the account's credentials had run out before.
      (record.status, record.errorCode) = (Self.status(of: failure, call), failure.code)
    }
    return try? answer?.get()
  }

  private mutating func refuse(_ account: CollectedAccount, _ failure: CallFailure) {
    collection.calls.append(
      InventoryCollection.Call(
        service: "sts", operation: "assume-role", account: account.id, region: session.identityRegion,
        status: failure.kind == .denied ? .denied : .failed, errorCode: failure.code))
  }

  private static func status(of failure: CallFailure, _ call: InventoryCall) -> InventoryCollection.Status {
    if failure.code == call.absent { return .notEnabled }
    return switch failure.kind {
    case .denied: .denied
    case .regionUnavailable: .regionUnavailable
    case .throttled, .transient, .credentials, .other: .failed
    }
  }
}

extension [JSONValue] {
  /// The trails among answers.
  fileprivate var trails: [JSONValue] { flatMap { $0["trailList"]?.elements ?? [] } }
}
