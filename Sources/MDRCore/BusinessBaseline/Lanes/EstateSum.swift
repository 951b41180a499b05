/// What the lanes of an estate, or some of them, add up to.
struct EstateSum: Sendable {
  /// The actors, in the order of account and name.
  private(set) var actors: [ActorModel] = []
  private(set) var established = 0
  private(set) var attempted = 0
  private(set) var observed = 0
  private(set) var approved = 0
  /// Lanes that stand on other accounts.
  private(set) var borrowed = 0
  /// Lanes that hang on one day.
  private(set) var hanging = 0
  private var days: MaturityCalendar
  private let window: ObservedWindow

  /// The sum of no lanes.
  init(_ window: ObservedWindow) {
    self.window = window
    days = MaturityCalendar(window)
  }

  /// The sum of lanes that are sorted by key.
  init(of lanes: ArraySlice<Lane>, window: ObservedWindow) {
    self.init(window)
    var actorDays = days
    var start = lanes.startIndex
    while start < lanes.endIndex {
      var end = start + 1
      while end < lanes.endIndex, lanes[end].isOfActor(of: lanes[start]) { end += 1 }
      lanes[start..<end].forEachRecord { _, lane, chunk in add(lane, in: chunk) }
      var actor = ActorModel(of: lanes[start..<end], lead: lanes[start], days: &actorDays)
      actor.maturity = Maturity(of: actorDays, window: window)
      actors.append(actor)
      days.formUnion(actorDays)
      actorDays.removeAll()
      start = end
    }
  }

  private mutating func add(_ lane: borrowing LaneRecord, in chunk: LaneChunk) {
    switch lane.standing {
    case .established: established += 1
    case .attempted: attempted += 1
    case .observed: observed += 1
    }
    if lane.rarities >= 0, chunk.rarities(of: lane).approval != nil { approved += 1 }
    if lane.peerAccounts > 0 { borrowed += 1 }
    if lane.hangsOnOneDay { hanging += 1 }
  }

  /// Adds the sum of the lanes that follow, which are of other actors.
  mutating func append(_ other: EstateSum) {
    actors += other.actors
    established += other.established
    attempted += other.attempted
    observed += other.observed
    approved += other.approved
    borrowed += other.borrowed
    hanging += other.hanging
    days.formUnion(other.days)
  }

  /// The whole estate's measure: every account's lanes taken together.
  var maturity: Maturity { Maturity(of: days, window: window) }
}

extension Baseline {
  /// What all lanes add up to.
  func sum(jobs: Int = 1) -> EstateSum {
    let pieces = lanePieces
    return ConcurrentMap(jobs: jobs).map(pieces.count) { EstateSum(of: lanes[pieces[$0]], window: window) }
      .reduce(into: EstateSum(window)) { $0.append($1) }
  }
}
