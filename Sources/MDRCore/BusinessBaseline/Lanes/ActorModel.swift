/// What was seen of one actor in one account, and how much of its next day the baseline should recognise.
package struct ActorModel: Equatable, Sendable {
  package var account: String
  package var actor: String
  package var archetype: Archetype
  package var observations: Int
  package var lanes: Int
  package var establishedLanes: Int
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  package var families: [BusinessFamily: Int]
  package var maturity: Maturity

  /// Sums up an actor's lanes in one account; `lanes` has at least one.
  init(of lanes: ArraySlice<Lane>, lead: Lane, window: ObservedWindow) {
    account = lead.key.account
    actor = lead.key.actor
    let counts = lanes.reduce(into: [Archetype: Int]()) { $0[$1.archetype, default: 0] += $1.count }
    archetype =
      Archetype.allCases.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) } ?? lead.archetype
    observations = lanes.reduce(0) { $0 + $1.count }
    self.lanes = lanes.count
    establishedLanes = lanes.count { $0.standing == .established }
    firstSeen = lanes.map(\.firstSeen).min() ?? lead.firstSeen
    lastSeen = lanes.map(\.lastSeen).max() ?? lead.lastSeen
    families = lanes.reduce(into: [:]) { $0[$1.family, default: 0] += $1.count }
    maturity = Maturity(of: lanes, window: window)
  }

  /// One line of `actors.jsonl`, without its line break.
  package var json: JSONValue {
    [
      "account_id": .string(account), "actor": .string(actor), "archetype": .string(archetype.rawValue),
      "observations": .number(observations), "lanes": .number(lanes),
      "established_lanes": .number(establishedLanes), "first_seen": .string(firstSeen.iso8601),
      "last_seen": .string(lastSeen.iso8601), "families": .counts(families), "maturity": maturity.json,
    ]
  }
}

extension Baseline {
  /// The actors of some lanes, which are sorted by key: in the order of account and actor.
  func actors(of lanes: ArraySlice<Lane>) -> [ActorModel] {
    var models: [ActorModel] = []
    var rest = lanes
    while let lead = rest.first {
      let own = rest.prefix { $0.key.account == lead.key.account && $0.key.actor == lead.key.actor }
      models.append(ActorModel(of: own, lead: lead, window: window))
      rest = rest.dropFirst(own.count)
    }
    return models
  }

  /// The whole estate's measure: every account's lanes taken together.
  package var maturity: Maturity { Maturity(of: lanes, window: window) }

  /// Measures each account's lanes, and says which accounts can tell what is new in them.
  ///
  /// An account can once it was seen for long enough and, on the middle one of its days, shows little that no
  /// other day did. The middle day and not the average, so that nobody makes an account thin with a busy week.
  mutating func measureMaturity(jobs: Int = 1) {
    let measured = self
    let maturities = ConcurrentMap(jobs: jobs).map(accounts.count) { index in
      Maturity(of: measured.lanes.lanes(of: measured.accounts[index].id), window: measured.window)
    }
    for (index, maturity) in maturities.enumerated() {
      accounts[index].maturity = maturity
      accounts[index].isMature =
        window.end.day - accounts[index].firstSeen.day + 1 >= thresholds.matureDays
        && maturity.typicalUnseen <= thresholds.thinUnseenPercent * 10
    }
  }
}
