import Foundation

/// Makes the calls of an inventory, account by account, and goes on where one of them is refused.
struct InventoryCollector {
  private let folder: ArtifactFolder
  private let ledger: CallLedger
  private let console: Console
  private let maxCalls: Int
  private var session: AccountSession
  private(set) var collection: InventoryCollection
  private(set) var made = 0

  init(
    regions: [String], profile: String?, program: AWSProgram, callsPerSecond: Int, maxCalls: Int,
    writesTimes: Bool, folder: ArtifactFolder, console: Console
  ) throws(CommandError) {
    self.folder = folder
    self.console = console
    self.maxCalls = maxCalls
    ledger = try CallLedger(folder.path + "/ledger.jsonl", writesTimes: writesTimes)
    session = AccountSession(
      program: program, profile: profile, ledger: ledger, callsPerSecond: callsPerSecond)
    collection = InventoryCollection(regions: regions)
  }

  /// Asks for the organisation once, then in each account and region.
  mutating func run(_ accounts: [CollectedAccount]) throws(CommandError) {
    let own = try session.ownAccount(asking: collection.regions)
    collection.accounts = accounts.isEmpty ? [CollectedAccount(id: own, roleARN: nil)] : accounts
    // The organisation answers the profile's own account, or none of the others.
    try ask(.organization, of: CollectedAccount(id: own, roleARN: nil), region: session.identityRegion)
    for account in collection.accounts {
      if account.roleARN == nil, account.id != own {
        refuse(account, CallFailure(code: "NoRoleGiven"))
      } else if let failure = try session.enter(account) {
        refuse(account, failure)
      } else {
        try ask(.account, of: account, region: session.identityRegion)
        for region in collection.regions {
          console.progress("\(account.id) \(region): \(made) calls so far")
          try ask(.region, of: account, region: region)
        }
      }
    }
    console.endProgress()
  }

  private mutating func ask(
    _ scope: InventoryCall.Scope, of account: CollectedAccount, region: String
  ) throws(CommandError) {
    for call in InventoryCall.all where call.scope == scope {
      let answer = try ask(call, of: account, region: region, trail: nil, number: 0)
      guard call.operation == "describe-trails", let answer else { continue }
      // A trail is listed wherever it records; its status is asked for at its home.
      let homes = answer["trailList"]?.elements.filter { $0["HomeRegion"]?.string == region } ?? []
      let names = homes.compactMap { $0["TrailARN"]?.string }.filter { $0.hasPrefix("arn:") }
      for (number, trail) in names.enumerated() {
        for call in InventoryCall.all where call.scope == .trail {
          _ = try ask(call, of: account, region: region, trail: trail, number: number + 1)
        }
      }
    }
  }

  /// Makes a call, again where AWS asks for patience, and writes its answer down.
  private mutating func ask(
    _ call: InventoryCall, of account: CollectedAccount, region: String, trail: String?, number: Int
  ) throws(CommandError) -> JSONValue? {
    var record = InventoryCollection.Call(
      service: call.service, operation: call.operation, account: account.id, region: region, status: .capped)
    defer { collection.calls.append(record) }
    let (ledger, folder, maxCalls) = (ledger, folder, maxCalls)
    var made = made
    defer { self.made = made }
    let answer = try session.call(
      call.arguments(region: region, trail: trail), region: region
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
        let suffix = number > 0 ? "-\(number)" : ""
        let path = "answers/\(account.id)/\(region)/\(call.service)-\(call.operation)\(suffix).json"
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
