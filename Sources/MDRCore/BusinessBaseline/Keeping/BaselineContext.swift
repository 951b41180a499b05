import Foundation

/// What people and inventories add to observations: names, signatures and retractions.
struct BaselineContext: Sendable {
  /// The file of signatures in the baseline's folder, which people review and may edit.
  static let approvalsName = "approvals.jsonl"

  static let inventoryOption = Option<String?>.optional(
    "--inventory", "DIR",
    help: "AWS CLI output and the customer's own file: accounts, addresses, networks")
  static let approvalsOption = Option<String?>.optional(
    "--approvals", "FILE", help: "signed tuples, one JSON object on each line, beside the baseline's own")
  static let retractionsOption = Option<String?>.optional(
    "--retractions", "FILE", help: "tuples declared bad, as retract writes them, beside the baseline's own")
  static let options = [
    inventoryOption.declaration, approvalsOption.declaration, retractionsOption.declaration,
  ]

  var inventory = Inventory()
  /// Where the inventory was read from, if anywhere.
  private(set) var inventoryFolder: String?
  /// A digest of the inventory's files; `nil` without one.
  var inventoryDigest: String?
  var approvals: [RecordedApproval] = []
  var retractions = Retractions()

  init() {}

  /// Reads what the options name and what the folder of an older baseline holds.
  init(_ arguments: Arguments, baseline: String) throws(CommandError) {
    inventoryFolder = try arguments(Self.inventoryOption)
    if let folder = inventoryFolder {
      inventory = try Inventory.load(from: folder)
      inventoryDigest = SHA256Digest.hex(try FileSums(of: folder).text)
    }
    let own = baseline + "/" + Self.approvalsName
    for path in [
      FileManager.default.fileExists(atPath: own) ? own : nil, try arguments(Self.approvalsOption),
    ] {
      guard let path else { continue }
      for approval in try ApprovalFile.load(path) where !approvals.contains(approval) {
        approvals.append(approval)
      }
    }
    let bad = baseline + "/" + Retractions.fileName
    for path in [
      FileManager.default.fileExists(atPath: bad) ? bad : nil, try arguments(Self.retractionsOption),
    ] {
      guard let path else { continue }
      for entry in try Retractions.load(path).entries { retractions.insert(entry) }
    }
  }

  /// Writes a baseline and, beside it, the files that people review; returns the operating model that the page shows.
  @discardableResult
  func write(
    _ baseline: Baseline, to folder: ArtifactFolder, jobs: Int = 1
  ) throws(CommandError) -> OperatingModel {
    if !approvals.isEmpty {
      try folder.write(Self.approvalsName, approvals.map { $0.json.compactText + "\n" }.joined())
    }
    if !retractions.entries.isEmpty { try folder.write(Retractions.fileName, retractions.text) }
    let model = OperatingModel(baseline, inventory: inventory, jobs: jobs)
    try baseline.write(to: folder, operatingModel: model, jobs: jobs)
    return model
  }
}

/// Observations on their way into a baseline: named after the inventory, without those of retracted tuples.
struct BaselineIntake: Sendable {
  let context: BaselineContext
  private(set) var builder: BaselineBuilder
  private var retracted = 0
  /// Observations before the first day that counts.
  private(set) var tooOld = 0

  init(_ context: BaselineContext, until cutOff: Timestamp?) {
    self.context = context
    builder = BaselineBuilder(until: cutOff, crownJewels: context.inventory.crownJewels)
  }

  /// Counts an observation as it was read.
  mutating func add(_ observation: Observation) {
    let resolved = context.inventory.resolved(observation)
    if context.retractions.cover(resolved.laneKey) {
      retracted += 1
    } else {
      builder.add(resolved)
    }
  }

  /// Counts an observation unless it is older than the window.
  mutating func add(_ observation: Observation, in window: CountedWindow) {
    if window.place(of: observation.eventTime) == .before {
      tooOld += 1
    } else {
      add(observation)
    }
  }

  /// Takes in what threads made of logs.
  mutating func merge(_ parts: [LogLanes], jobs: Int) {
    for part in parts {
      builder.merge(part.others.builder)
      retracted += part.others.retracted
      tooOld += part.others.tooOld
    }
    let merged = builder.merge(parts, retractions: context.retractions, jobs: jobs)
    retracted += merged.retracted
    tooOld += merged.earlier
  }

  /// Counts observations that agree in all but their time and session.
  mutating func add(_ observation: Observation, _ times: LaneTimes) {
    let resolved = context.inventory.resolved(observation)
    if context.retractions.cover(resolved.laneKey) {
      retracted += times.count
    } else {
      builder.add(resolved, times)
    }
  }

  /// The baseline of what was counted, or `nil` when nothing was.
  func baseline(caveats: [String], jobs: Int = 1) -> Baseline? {
    var caveats = caveats + context.inventory.caveats
    if retracted > 0 {
      let tuples = context.retractions.entries.count.of("retracted tuple")
      caveats.append(
        "\(retracted.of("observation")) of \(tuples) count for nothing (\(Retractions.fileName))")
    }
    var baseline = builder.baseline(
      approvals: context.approvals, caveats: caveats, jobs: jobs)
    baseline?.name(accountsAfter: context.inventory)
    return baseline
  }
}

extension RecordedApproval {
  /// One line of a file of approvals, without its line break.
  package var json: JSONValue {
    [
      "account": .string(key.account), "actor": .string(key.actor), "event": .string(key.event),
      "source": .string(key.source), "region": .string(key.region), "owner": .string(approval.owner),
      "ticket": .string(approval.ticket), "reason": .string(approval.reason),
      "expires": .string(approval.expires.iso8601),
    ]
  }
}
