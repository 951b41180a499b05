/// An operation that is looked up in two baselines: its name, and the events it consists of.
struct ComparedOperation: Equatable, Sendable {
  var name: String
  /// Globs on service and event name.
  var events: [String]
  /// Globs on other operations that are easily taken for it, and what is said of them, with their count at `{times}`.
  var beside: [String] = []
  var besideWords = ""

  /// The operations of the reviewed table.
  static let reviewed: [ComparedOperation] = Content.table(
    "business-baseline/references/compared-operations.tsv"
  )
  .compactMap { row in
    guard let name = row["operation"], let events = row["events"] else { return nil }
    func globs(_ text: String) -> [String] { text.split(separator: "|").map(String.init) }
    return ComparedOperation(
      name: name, events: globs(events), beside: globs(row["beside"] ?? ""),
      besideWords: row["beside_words"] ?? "")
  }

  func includes(_ event: String) -> Bool { events.contains { Glob($0).matches(event) } }

  func isBeside(_ event: String) -> Bool { beside.contains { Glob($0).matches(event) } }
}

/// What one customer's baseline has of an operation.
struct OperationFacts: Equatable, Sendable {
  var observations = 0
  var lanes = 0
  var established = 0
  var accounts = 0
  var days = 0
  /// Observations by kind of actor.
  var archetypes: [Archetype: Int] = [:]
  var families: [BusinessFamily: Int] = [:]
  var risks: [BusinessRisk: Int] = [:]
  /// Observations that are critical outcomes.
  var overrides = 0
  /// Observations of the operations that are easily taken for it.
  var beside = 0
  var share = Share(0, of: 1)

  init(_ operation: ComparedOperation, in baseline: Baseline) {
    var known: [String: (fits: Bool, isBeside: Bool)] = [:]
    var seenAccounts: Set<String> = []
    var seenDays: Set<Int> = []
    for lane in baseline.lanes {
      let event = lane.key.event
      let (fits, isBeside) = known[event] ?? (operation.includes(event), operation.isBeside(event))
      known[event] = (fits, isBeside)
      if isBeside { beside += lane.count }
      guard fits else { continue }
      observations += lane.count
      lanes += 1
      if lane.standing == .established || lane.approval != nil { established += 1 }
      seenAccounts.insert(lane.key.account)
      seenDays.formUnion(lane.days)
      archetypes[lane.archetype, default: 0] += lane.count
      families[lane.family, default: 0] += lane.count
      risks[lane.risk, default: 0] += lane.count
      overrides += lane.overrides.values.max() ?? 0
    }
    accounts = seenAccounts.count
    days = seenDays.count
    share = Share(observations, of: baseline.observations)
  }

  /// The kind of actor behind most of it, as the reviewed words are keyed.
  var actorKey: String {
    let groups = archetypes.reduce(into: [String: Int]()) { groups, entry in
      let key: String
      switch entry.key {
      case .deploymentAutomation, .buildServer: key = "deployment"
      case _ where entry.key.isHuman: key = "person"
      case .unknown, .externalAccount: key = "mixed"
      default: key = "service"
      }
      groups[key, default: 0] += entry.value
    }
    return groups.first { $0.value * 2 > observations }?.key ?? "mixed"
  }
}
