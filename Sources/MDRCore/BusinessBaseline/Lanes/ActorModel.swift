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
  private var familyCounts = FewCounts<BusinessFamily>()
  package var maturity = Maturity()

  package var families: [BusinessFamily: Int] { familyCounts.dictionary }

  /// Sums up an actor's lanes in one account, but for its maturity; `lanes` has at least one.
  init(of lanes: ArraySlice<Lane>, lead: Lane, days: inout MaturityCalendar) {
    account = lead.key.account
    actor = lead.key.actor
    var archetypes = FewCounts<Archetype>()
    var families = FewCounts<BusinessFamily>()
    var (count, established) = (0, 0)
    var (first, last) = (lead.firstSeen, lead.lastSeen)
    lanes.forEachRecord { _, lane, _ in
      let total = lane.counts.total
      archetypes.add(lane.archetype, total)
      families.add(lane.family, total)
      count += total
      if lane.standing == .established { established += 1 }
      first = min(first, lane.firstSeen)
      last = max(last, lane.lastSeen)
      days.add(lane.days)
    }
    familyCounts = families
    (observations, establishedLanes) = (count, established)
    (firstSeen, lastSeen) = (first, last)
    self.lanes = lanes.count
    archetype = Archetype.allCases.max { archetypes[$0] < archetypes[$1] } ?? lead.archetype
  }

  /// Appends the actor's line of `actors.jsonl`, without its line break; keys are sorted.
  func append(to output: inout JSONOutput) {
    // Keys, numbers, times and names of cases take less than half of what is added.
    let longest = JSONCursor.longest(account) + JSONCursor.longest(actor) + Maturity.longestText + 4_096
    output.write(atMost: longest) { write(to: &$0) }
  }

  private func write(to output: inout JSONCursor) {
    output.write(#"{"account_id":"#, account)
    output.write(#","actor":"#, actor)
    output.write(#","archetype":"#, archetype.rawValue)
    output.write(#","established_lanes":"#, establishedLanes)
    output.write(#","families":"#, familyCounts)
    output.write(#","first_seen":"#, firstSeen)
    output.write(#","lanes":"#, lanes)
    output.write(#","last_seen":"#, lastSeen)
    output.write(#","maturity":"#)
    maturity.write(to: &output)
    output.write(#","observations":"#, observations)
    output.write("}")
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
  /// Lanes that are worked on at once, at least.
  private static let pieceSize = 1_024

  /// The lanes in pieces that part no actor's.
  var lanePieces: [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = 0
    while start < lanes.count {
      var end = min(lanes.count, start + Self.pieceSize)
      while end < lanes.count, lanes[end].isOfActor(of: lanes[end - 1]) { end += 1 }
      pieces.append(start..<end)
      start = end
    }
    return pieces
  }

  /// Measures each account's lanes, and says which accounts can tell what is new in them.
  ///
  /// An account can once it was seen for long enough and, on the middle one of its days, shows little that no
  /// other day did. The middle day and not the average, so that nobody makes an account thin with a busy week.
  /// Days that lie far from all others become a caveat.
  mutating func measureMaturity(jobs: Int = 1) {
    let measured = self
    let establishment = Establishment(thresholds: thresholds, window: window)
    let calendars = ConcurrentMap(jobs: jobs).map(accounts.count) { index in
      let lanes = measured.lanes.lanes(of: measured.accounts[index].id)
      let calendar = MaturityCalendar(
        of: lanes, measured.window, joining: WanderingActors(of: lanes, establishment))
      return (days: calendar.seenDays, maturity: Maturity(of: calendar, window: measured.window))
    }
    let days = Set(calendars.lazy.flatMap(\.days))
    if let strays = StrayDays(among: days, in: window, atLeast: thresholds.matureDays) {
      caveats.append(strays.caveat(window))
    }
    for (index, maturity) in calendars.lazy.map(\.maturity).enumerated() {
      accounts[index].maturity = maturity
      accounts[index].isMature =
        window.end.day - accounts[index].firstSeen.day + 1 >= thresholds.matureDays
        && maturity.typicalUnseen <= thresholds.thinUnseenPercent * 10
    }
  }
}
