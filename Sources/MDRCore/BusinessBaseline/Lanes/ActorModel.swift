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
    var archetypes = FewCounts<Archetype>()
    var families = FewCounts<BusinessFamily>()
    (observations, establishedLanes) = (0, 0)
    (firstSeen, lastSeen) = (lead.firstSeen, lead.lastSeen)
    for lane in lanes {
      archetypes.add(lane.archetype, lane.count)
      families.add(lane.family, lane.count)
      observations += lane.count
      if lane.standing == .established { establishedLanes += 1 }
      firstSeen = min(firstSeen, lane.firstSeen)
      lastSeen = max(lastSeen, lane.lastSeen)
    }
    self.lanes = lanes.count
    archetype = Archetype.allCases.max { archetypes[$0] < archetypes[$1] } ?? lead.archetype
    self.families = families.dictionary
    maturity = Maturity(of: lanes, window: window)
  }

  /// Appends the actor's line of `actors.jsonl`, without its line break; keys are sorted.
  func append(to output: inout JSONOutput) {
    output.append(#"{"account_id":"#, account)
    output.append(#","actor":"#, actor)
    output.append(#","archetype":"#, archetype.rawValue)
    output.append(#","established_lanes":"#, establishedLanes)
    output.append(#","families":"#, families)
    output.append(#","first_seen":"#, firstSeen)
    output.append(#","lanes":"#, lanes)
    output.append(#","last_seen":"#, lastSeen)
    output.append(raw: #","maturity":"#)
    maturity.append(to: &output)
    output.append(#","observations":"#, observations)
    output.append(raw: "}")
  }

  /// The actor's line as a value.
  package var json: JSONValue {
    var output = JSONOutput()
    append(to: &output)
    return (try? JSONValue(parsing: output.finished())) ?? .null
  }
}

extension [ActorModel] {
  /// The actors of one account, in actors sorted by account.
  func actors(of account: String) -> ArraySlice<ActorModel> {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if self[middle].account < account { low = middle + 1 } else { high = middle }
    }
    return self[low...].prefix { $0.account == account }
  }
}

extension Baseline {
  /// The actors of all accounts, in the order of account and name.
  func actors(jobs: Int = 1) -> [ActorModel] {
    let pieces = lanePieces
    return ConcurrentMap(jobs: jobs).map(pieces.count) { actors(of: lanes[pieces[$0]]) }.flatMap(\.self)
  }

  /// The actors of some lanes, which are sorted by key.
  private func actors(of lanes: ArraySlice<Lane>) -> [ActorModel] {
    var models: [ActorModel] = []
    var start = lanes.startIndex
    while start < lanes.endIndex {
      let lead = lanes[start]
      var end = start + 1
      while end < lanes.endIndex, lanes[end].key.actor == lead.key.actor,
        lanes[end].key.account == lead.key.account
      {
        end += 1
      }
      models.append(ActorModel(of: lanes[start..<end], lead: lead, window: window))
      start = end
    }
    return models
  }

  /// Lanes that are worked on at once, at least.
  private static let pieceSize = 1_024

  /// The lanes in pieces that part no actor's.
  var lanePieces: [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = 0
    while start < lanes.count {
      var end = min(lanes.count, start + Self.pieceSize)
      while end < lanes.count, lanes[end].key.actor == lanes[end - 1].key.actor,
        lanes[end].key.account == lanes[end - 1].key.account
      {
        end += 1
      }
      pieces.append(start..<end)
      start = end
    }
    return pieces
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
