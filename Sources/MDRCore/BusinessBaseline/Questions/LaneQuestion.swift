/// "Has this actor ever done this, from where, how often?", asked of a baseline in any of the five dimensions.
package struct LaneQuestion: Sendable {
  package let asked: [AskedDimension]

  /// What lanes that agree with the question on some dimensions add up to.
  package struct Tally: Equatable, Sendable {
    package var observations = 0
    package var lanes = 0
    package var established = 0
    package var first: Timestamp?
    package var last: Timestamp?

    mutating func add(_ lane: Lane) {
      observations += lane.count
      lanes += 1
      if lane.standing == .established { established += 1 }
      first = min(first ?? lane.firstSeen, lane.firstSeen)
      last = max(last ?? lane.lastSeen, lane.lastSeen)
    }
  }

  /// A lane near the question, and where it departs from it.
  package struct Neighbour: Equatable, Sendable {
    package var lane: Lane
    package var departure: TupleDimensions
  }

  /// What the baseline has to say.
  package struct Answer: Equatable, Sendable {
    /// For every subset of the asked dimensions, the fullest first.
    package var subsets: [(dimensions: TupleDimensions, tally: Tally)]
    /// Lanes that agree on all asked dimensions, the busiest first, up to the limit.
    package var lanes: [Lane]
    /// The nearest of the others.
    package var nearest: [Neighbour]
    /// Distinct days of the agreeing lanes.
    package var days: Int

    /// The lanes that agree on everything asked.
    package var whole: Tally { subsets.first?.tally ?? Tally() }

    package static func == (one: Answer, other: Answer) -> Bool {
      one.lanes == other.lanes && one.nearest == other.nearest && one.days == other.days
        && one.subsets.map(\.dimensions) == other.subsets.map(\.dimensions)
        && one.subsets.map(\.tally) == other.subsets.map(\.tally)
    }
  }

  /// Reads the texts of a question against the values that a baseline knows.
  package init(_ texts: [Dimension: String], of baseline: Baseline) throws(CommandError) {
    let names = Dictionary(
      baseline.accounts.compactMap { account in account.name.map { (account.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    var asked: [AskedDimension] = []
    for dimension in TupleDimensions.all.dimensions {
      guard let text = texts[dimension] else { continue }
      let known = Set(baseline.lanes.lazy.map { $0.key[dimension] })
      asked.append(try AskedDimension(dimension, text, among: known, names: names))
    }
    guard !asked.isEmpty else {
      throw CommandError.usage(
        "nothing is asked", mend: "give one or more of --account, --actor, --event, --source and --region")
    }
    self.asked = asked
  }

  /// The dimensions that the question names.
  package var dimensions: TupleDimensions {
    asked.reduce(into: []) { $0.formUnion(TupleDimensions($1.dimension)) }
  }

  /// Answers from the lanes of a baseline, with at most `limit` lanes of each kind.
  package func answer(from baseline: Baseline, limit: Int = 10) -> Answer {
    let whole = dimensions
    let subsets = TupleDimensions.projections.filter { $0.isSubset(of: whole) }
      .sorted { ($1.count, $0.rawValue) < ($0.count, $1.rawValue) }
    var tallies = Array(repeating: Tally(), count: 32)
    let farness = Dictionary(
      TupleDimensions.departures.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var agreeing: [Lane] = []
    var days: Set<Int> = []
    var near: [(rank: Int, lane: Lane, departure: TupleDimensions)] = []
    for lane in baseline.lanes {
      let kept = asked.reduce(into: TupleDimensions()) { kept, dimension in
        if dimension.values.contains(lane.key[dimension.dimension]) {
          kept.formUnion(TupleDimensions(dimension.dimension))
        }
      }
      guard !kept.isEmpty else { continue }
      for subset in subsets where subset.isSubset(of: kept) { tallies[Int(subset.rawValue)].add(lane) }
      if kept == whole {
        agreeing.append(lane)
        days.formUnion(lane.days)
      } else {
        let departure = whole.subtracting(kept)
        near.append((farness[departure] ?? .max, lane, departure))
      }
    }
    let nearest = near.sorted { one, other in
      (one.rank, other.lane.count, one.lane.key) < (other.rank, one.lane.count, other.lane.key)
    }
    return Answer(
      subsets: subsets.map { ($0, tallies[Int($0.rawValue)]) },
      lanes: Array(agreeing.sorted { ($1.count, $0.key) < ($0.count, $1.key) }.prefix(limit)),
      nearest: nearest.prefix(limit).map { Neighbour(lane: $0.lane, departure: $0.departure) },
      days: days.count)
  }
}

extension LaneKey {
  /// The value of one of the tuple's dimensions.
  package subscript(dimension: Dimension) -> String {
    switch dimension {
    case .account: account
    case .actor: actor
    case .event: event
    case .source: source
    case .region: region
    case .resource, .target, .cadence, .person: ""
    }
  }
}

extension TupleDimensions {
  /// The set of one dimension; empty for one that no lane is keyed by.
  init(_ dimension: Dimension) {
    switch dimension {
    case .account: self = .account
    case .actor: self = .actor
    case .event: self = .event
    case .source: self = .source
    case .region: self = .region
    case .resource, .target, .cadence, .person: self = []
    }
  }
}
