/// Machines and keys whose calls come from ever other public networks: hosted runners, functions and jobs that run outside
/// the customer's own networks.
///
/// Where every other day brings a network that was never seen, one more says nothing, and no lane of such an actor is seen
/// twice: each run would be new for ever, and the account would look too thin to tell anything. What they do is compared
/// without the network. People are none of them, nor are other accounts: where those come from is worth asking each time.
struct WanderingActors: Sendable {
  private static let thresholds = WanderingThresholds.reviewed

  private var works: [LaneKey: WanderingWork] = [:]
  /// What recurs most of each call of theirs, wherever it is, by account, actor and event.
  private var jobs: [LaneKey: WanderingWork] = [:]
  /// The lane with the most calls of each of them, by account, actor and region, and over all regions.
  private var leads: [LaneKey: Lane] = [:]

  init(_ baseline: Baseline) {
    self.init(
      of: baseline.lanes[...],
      Establishment(thresholds: baseline.thresholds, window: baseline.window))
  }

  /// Looks for them in lanes sorted by key.
  init(of lanes: ArraySlice<Lane>, _ establishment: Establishment) {
    for lanes in Self.candidates(lanes) where Self.wanders(lanes, establishment) {
      for (work, lanes) in Dictionary(grouping: lanes, by: { Self.work($0.key) }) {
        let known = WanderingWork(lanes, establishment)
        works[work] = known
        guard known.recurs, let lead = known.lanes.first else { continue }
        let job = Self.job(work)
        if jobs[job].map({ known.isAhead(of: $0) }) ?? true { jobs[job] = known }
        let place = Self.place(work, in: work.region)
        // Under no region stands what they do most in any.
        for place in [place, Self.place(work)] {
          if leads[place].map({ ($0.count, lead.key) < (lead.count, $0.key) }) ?? true { leads[place] = lead }
        }
      }
    }
  }

  /// The lanes from public networks of each actor that may be one of them.
  ///
  /// An actor's lanes in an account stand next to each other: most are passed over without a look at their names.
  private static func candidates(_ lanes: ArraySlice<Lane>) -> [[Lane]] {
    var found: [[Lane]] = []
    var current: [Int] = []
    var (start, hasPlace) = (lanes.startIndex, false)
    func end() {
      if !hasPlace, current.count >= thresholds.networks, isMachine(lanes[start].key.actor) {
        found.append(current.map { lanes[$0] })
      }
      current.removeAll(keepingCapacity: true)
      hasPlace = false
    }
    lanes.forEachRecord { position, record, _ in
      if !lanes[position].isOfActor(of: lanes[start]) {
        end()
        start = position
      }
      switch record.sourceKind {
      // Whoever has a place of their own besides is out of it elsewhere: that is what a stolen machine's role looks like.
      case .owned, .vpcEndpoint: hasPlace = true
      case let kind where kind.isUnmanaged: current.append(position)
      default: break
      }
    }
    if !lanes.isEmpty { end() }
    return found
  }

  private static func isMachine(_ actor: String) -> Bool {
    ["role:", "web:", "user:"].contains(where: actor.hasPrefix)
  }

  var isEmpty: Bool { works.isEmpty }

  /// What is known of a call, wherever it came from, where its actor wanders.
  func work(of key: LaneKey, from kind: SourceKind) -> WanderingWork? {
    guard !works.isEmpty, kind.isUnmanaged else { return nil }
    return works[Self.work(key)]
  }

  /// What is known of the same call by the same hands in other regions, where their actor wanders.
  func job(of key: LaneKey, from kind: SourceKind) -> WanderingWork? {
    guard !jobs.isEmpty, kind.isUnmanaged else { return nil }
    return jobs[Self.job(key)]
  }

  /// A lane of the same hands, in the same region if they have one there, for what they never did before; `nil` where they
  /// keep to places.
  func lead(of key: LaneKey, from kind: SourceKind) -> Lane? {
    guard !leads.isEmpty, kind.isUnmanaged else { return nil }
    return leads[Self.place(key, in: key.region)] ?? leads[Self.place(key)]
  }

  private static func place(_ key: LaneKey, in region: String = "") -> LaneKey {
    LaneKey(account: key.account, actor: key.actor, event: "", source: "", region: region)
  }

  private static func job(_ key: LaneKey) -> LaneKey {
    LaneKey(account: key.account, actor: key.actor, event: key.event, source: "", region: "")
  }

  /// The tuple without its source.
  static func work(_ key: LaneKey) -> LaneKey {
    LaneKey(account: key.account, actor: key.actor, event: key.event, source: "", region: key.region)
  }

  /// Whether the days of the newer half keep bringing networks that the actor was never seen in.
  ///
  /// The newest days don't count, as they establish nothing either.
  private static func wanders(_ lanes: [Lane], _ establishment: Establishment) -> Bool {
    guard lanes.count >= thresholds.networks, !lanes.contains(where: isPersons) else { return false }
    var first: [String: Int] = [:]
    var days: Set<Int> = []
    for lane in lanes {
      let settled = lane.days.filter { $0 < establishment.quarantineStart }
      guard let earliest = settled.first else { continue }
      first[lane.key.source] = min(first[lane.key.source] ?? .max, earliest)
      days.formUnion(settled)
    }
    let middle = establishment.window.start.day + establishment.window.days / 2
    let newer = days.filter { $0 >= middle }
    guard first.count >= thresholds.networks, newer.count >= thresholds.newerDays else { return false }
    return Set(first.values).intersection(newer).count * 100 >= newer.count * thresholds.newNetworkPercent
  }

  /// Whether a person is behind a lane: a key of an IAM user may be a machine's until somebody signs in with a password.
  private static func isPersons(_ lane: Lane) -> Bool {
    lane.archetype.isHuman && lane.archetype != .iamUser || lane.namesPeople
      || lane.key.event == "signin.amazonaws.com:ConsoleLogin"
  }
}

/// What an actor without a fixed place does again and again, put together from all the networks that it did it from.
struct WanderingWork: Equatable, Sendable {
  /// The lanes of it, the one with the most observations first, ties by key.
  let lanes: [Lane]
  /// Whether ordinary calls recur, whatever the network.
  let recurs: Bool
  /// The classes of critical outcomes that recur.
  let outcomes: Set<OverrideClass>
  /// Days with a call, sorted.
  let days: [Int]
  /// Families of user agents that it was done with.
  private let agents: Set<String>
  /// The key of an IAM user works from anywhere for whoever has it: its network stays worth telling.
  private let isLongLived: Bool

  init(_ lanes: [Lane], _ establishment: Establishment) {
    let done = lanes.filter { $0.counts.success > 0 }
      .sorted { ($1.count, $0.key) < ($0.count, $1.key) }
    let settled = done.filter { ($0.days.first ?? .max) < establishment.quarantineStart }
    self.lanes = done
    days = Set(done.lazy.flatMap(\.days)).sorted()
    agents = Set(settled.lazy.flatMap(\.userAgentFamilies.counts.keys))
    recurs =
      establishment.recurrence(days: days, settledSessions: settled.reduce(0) { $0 + $1.sessions })
      > .none
    isLongLived = lanes.contains { $0.key.actor.hasPrefix("user:") }
    // Only lanes whose every call had the outcome say on which days it came about.
    let classes = Set(done.lazy.flatMap(\.overrides.keys))
    outcomes = classes.filter { outcome in
      let all = done.filter { $0.overrides[outcome] == $0.count && $0.counts.success == $0.count }
      return establishment.criticalOutcomeRecurrence(onDays: Set(all.lazy.flatMap(\.days)).sorted()) > .none
    }
  }

  /// How many networks it came from.
  var networks: Int { Set(lanes.lazy.map(\.key.source)).count }
  var count: Int { lanes.reduce(0) { $0 + $1.count } }

  /// Whether there is more of it than of another; ties by key.
  fileprivate func isAhead(of other: WanderingWork) -> Bool {
    guard let one = lanes.first, let two = other.lanes.first else { return !lanes.isEmpty }
    return (other.count, one.key) < (count, two.key)
  }

  /// In what a call of the same in a region departs where the actor never made it.
  func departuresElsewhere(of observation: Observation) -> TupleDimensions {
    isLongLived || !isKnownProgram(observation) ? [.source, .region] : .region
  }

  /// Whether the baseline can't tell a call of a static key from what the key does elsewhere: whoever has the key may be
  /// anywhere, and so may the job that it was made for.
  func hidesStrangers(_ observation: Observation) -> Bool {
    isLongLived && observation.overrides.isEmpty && recurs && isKnownProgram(observation)
  }

  private func isKnownProgram(_ observation: Observation) -> Bool {
    agents.contains(observation.origin.userAgentFamily)
  }

  /// In what a call from a network that its own lanes don't know departs; `nil` where nothing of it is usual.
  ///
  /// Another program with the same credentials is not the same job: then the network is new as well.
  func departures(of observation: Observation, _ baseline: Baseline) -> [Dimension]? {
    guard recurs || !outcomes.isEmpty, observation.outcome == .success else { return nil }
    let critical = Set(observation.overrides.map(\.overrideClass))
    if isLongLived || !isKnownProgram(observation) || !critical.isSubset(of: outcomes)
      || critical.isEmpty && !recurs
    {
      return [.source]
    }
    let own = lanes.lazy.map {
      $0.departures(
        of: observation, isOnBeat: nil, patterns: ResourcePattern(), thresholds: baseline.thresholds)
    }
    return own.contains(where: \.isEmpty) ? [] : [.resource]
  }
}
