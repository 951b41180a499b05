/// Calls of which a lane vouches only for what it was made on again and again.
///
/// Who reads other secrets than ever with a workload's own credentials, from its own place, departs in nothing of the tuple.
struct SettledResources: Sendable {
  /// What the reviewed table says of some calls.
  struct Row: Sendable {
    fileprivate var events: EventPatterns
    /// The target that says what a call is made on.
    var target: String
    /// Calls that a lane needs to be settled.
    fileprivate var least: Int
    /// The share of the next calls that may name something that the lane never had, in percent, as estimated.
    fileprivate var unseenPercent: Int
    /// How many new ones in one operation are a reach and no errand.
    var many: Int
    var why: String

    /// Such as `role` for `role_arn`.
    var noun: String { SettledResources.noun(of: target) }
  }

  private let rows: [Row]

  init() {
    rows = Content.table("business-baseline/references/settled-resources.tsv").compactMap { row in
      guard let events = row["events"], let target = row["target"],
        let least = row["least"].flatMap(Int.init),
        let unseenPercent = row["unseen_percent"].flatMap(Int.init),
        let many = row["many"].flatMap(Int.init), let why = row["why"]
      else { return nil }
      return Row(
        events: EventPatterns(events), target: target, least: least, unseenPercent: unseenPercent, many: many,
        why: why)
    }
  }

  /// What a target is called, such as `role` for `role_arn`.
  static func noun(of target: String) -> String {
    (target.hasSuffix("_arn") ? String(target.dropLast(4)) : target).replacing("_", with: " ")
  }

  /// The row by which an observation's lane vouches for it; `nil` where what it was made on says little.
  ///
  /// Of critical outcomes all resources count anyway. AWS's own services call on what they were set up for: setting them
  /// up is what is told.
  func row(for observation: Observation) -> Row? {
    guard observation.outcome == .success, observation.overrides.isEmpty,
      observation.identity.type != .awsService
    else { return nil }
    return row(of: observation.event)
  }

  /// The first row that fits an event such as `sts.amazonaws.com:AssumeRole`.
  func row(of event: String) -> Row? {
    let parts = event.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    return rows.first { $0.events.fit(parts[0], parts[1]) }
  }
}

extension Lane {
  /// What an observation was made on that the lane never named, where what it named is settled; sorted.
  func newResources(
    of observation: Observation, _ row: SettledResources.Row, _ patterns: ResourcePattern
  ) -> [String] {
    guard let values = observation.targets[row.target], targets.omittedValues == 0, count >= row.least else {
      return []
    }
    let known = targets.counts
    let new = values.filter { value in
      patterns.text(of: value, target: row.target).map { known[$0] == nil } ?? false
    }
    guard !new.isEmpty else { return [] }
    // Good and Turing: the share of what will be new is that of what was seen once.
    let own = known.filter { $0.key.hasPrefix(row.target + "=") }
    let once = own.reduce(0) { $0 + ($1.value == 1 ? 1 : 0) }
    return own.isEmpty || once * 100 > count * row.unseenPercent ? [] : new.sorted()
  }
}
