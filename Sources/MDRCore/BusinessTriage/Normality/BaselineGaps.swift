/// The gaps of a baseline: there, "never seen" may mean "never read".
struct BaselineGaps: Sendable {
  /// Gaps of one account and region, by both.
  private var placed: [String: [CollectionGap]] = [:]
  private var elsewhere: [CollectionGap] = []

  /// Reads a baseline's caveats; files delivered after its cut-off lack nothing of it.
  init(_ caveats: [String], cutOff: Timestamp?) {
    for gap in caveats.compactMap(CollectionGap.init(caveat:)) {
      switch gap.scope {
      case .delivery(_, _, let delivered)
      where cutOff.map({ delivered.adding(-CollectionGap.reach) >= $0 }) == true:
        continue
      case .delivery(let account, let region, _), .query(let account, let region, _):
        placed[Self.key(account, region), default: []].append(gap)
      case .onlyAsked: elsewhere.append(gap)
      }
    }
  }

  /// The first gap among the records that would have shown an observation's lane.
  func gap(touching observation: Observation) -> CollectionGap? {
    if placed.isEmpty, elsewhere.isEmpty { return nil }
    let near = placed[Self.key(observation.accountID, observation.awsRegion)] ?? []
    return (near + elsewhere).first { $0.touches(observation) }
  }

  private static func key(_ account: String, _ region: String) -> String { account + " " + region }
}
