/// A set of the five dimensions of a lane.
package struct TupleDimensions: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let account = TupleDimensions(rawValue: 1)
  package static let actor = TupleDimensions(rawValue: 2)
  package static let event = TupleDimensions(rawValue: 4)
  package static let source = TupleDimensions(rawValue: 8)
  package static let region = TupleDimensions(rawValue: 16)
  package static let all = TupleDimensions(rawValue: 31)

  private static let named: [(TupleDimensions, Dimension)] = [
    (.account, .account), (.actor, .actor), (.event, .event), (.source, .source), (.region, .region),
  ]

  /// The dimensions, in the order of the tuple.
  package var dimensions: [Dimension] { Self.named.filter { contains($0.0) }.map(\.1) }

  package var count: Int { rawValue.nonzeroBitCount }

  /// Such as `actor×event`.
  package var name: String { Self.names[Int(rawValue & 31)] }

  /// Such as `actor and event`, for people.
  package var words: String { dimensions.map(\.rawValue).joinedInWords }

  private static let names = (0...31).map { set in
    TupleDimensions(rawValue: set).dimensions.map(\.rawValue).joined(separator: "×")
  }

  /// All sets of at least one dimension: what an operation can have in common with lanes.
  package static let projections = (1...31).map { TupleDimensions(rawValue: $0) }

  /// The sets of dimensions that can be new, from the nearest departure to the farthest.
  ///
  /// Fewer new dimensions are nearer. Among as many, those that leave actor and event known come first (the
  /// same job, elsewhere), then those that leave the actor known (the same hands at another job), then the
  /// event, then neither; then those within the account; then a new source before a new region before a new
  /// event, since sources change most and what an actor does changes least.
  package static let departures: [TupleDimensions] = (0...30).map { TupleDimensions(rawValue: $0) }
    .sorted { $0.farness.lexicographicallyPrecedes($1.farness) }

  private var farness: [Int] {
    [
      count,
      contains(.actor) ? (contains(.event) ? 3 : 2) : (contains(.event) ? 1 : 0),
      contains(.account) ? 1 : 0,
      contains(.source) ? 0 : 1,
      contains(.region) ? 0 : 1,
    ]
  }
}
