extension TupleTest {
  /// The test on the columns `lane_observations` and `departure`, with the target's way to write a list.
  func condition(
    and: String = "AND", or: String = "OR", inList: (_ column: String, _ numbers: String) -> String
  ) -> String {
    switch self {
    case .below(let count): return "lane_observations < \(count)"
    case .new(let dimension):
      let list = inList(
        "departure", LaneDeparture.scores(with: dimension).map(String.init).joined(separator: ", "))
      guard dimension == .region else { return list }
      // A service without regions has no region in common with anything.
      return
        "(\(list) \(or) (\(inList("departure", "\(LaneDeparture.regionOnly)")) \(and) \(inList("region", "'global'"))))"
    }
  }
}

/// How far an event's tuple lies from a lane, as one number that grows in the order in which this engine ranks departures.
///
/// The digits, from the left: how many dimensions differ; whether the actor (2) and the event (1) do; whether the account
/// does; whether the source doesn't; whether the region doesn't.
enum LaneDeparture {
  /// The dimensions of a tuple, as columns that compare an event with a lane begin.
  static let dimensions = ["account", "actor", "event", "source", "region"]
  /// The event's own columns for these dimensions.
  static let columns = ["account_id", "actor", "stable_event", "source", "region"]
  /// The flags are columns of 0 and 1 by these names, in the order of a tuple.
  static let flags = ["new_account", "new_actor", "new_event", "new_source", "new_region"]
  /// No lane has anything in common with the event.
  static let everything = 53100
  /// Only the region is the same.
  static let regionOnly = 43101

  /// The number as an expression over the flags, in terms that all targets read alike.
  static let score =
    "(new_account + new_actor + new_event + new_source + new_region) * 10000 + (2 * new_actor + new_event) * 1000"
    + " + new_account * 100 + (1 - new_source) * 10 + (1 - new_region)"

  /// The numbers of all departures that have the dimension, nearest first.
  static func scores(with dimension: Dimension) -> [Int] {
    TupleDimensions.projections.filter { $0.dimensions.contains(dimension) }.map(score).sorted()
  }

  /// The number of a departure.
  static func score(of departure: TupleDimensions) -> Int {
    func flag(_ one: TupleDimensions) -> Int { departure.contains(one) ? 1 : 0 }
    let identity = 2 * flag(.actor) + flag(.event)
    return departure.count * 10000 + identity * 1000 + flag(.account) * 100 + (1 - flag(.source)) * 10
      + (1 - flag(.region))
  }

  /// What holds for every target with a table of lanes.
  static let notes = [
    "mdr_lanes: the lanes of business-baseline (lanes.jsonl), built without --inventory, with its columns account_id,",
    "actor, event, source, region, observations, standing and status. Keep the records of the baseline's window out of the",
    "query. An approval counts for as long as it stands in the table.",
  ]
}
