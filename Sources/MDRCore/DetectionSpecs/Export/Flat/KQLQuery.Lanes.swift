/// Questions to the baseline, as joins with a table of lanes.
extension KQLQuery {
  private static let (tuple, own) = (LaneDeparture.dimensions, LaneDeparture.columns)
  private static let keys = zip(own, tuple).map { "$left.\($0) == $right.lane_\($1)" }.joined(separator: ", ")

  /// The table of lanes, under names that no column of the events has.
  static let lanes =
    "let lanes = mdr_lanes | project lane_account = account_id, lane_actor = actor, lane_event = event, "
    + "lane_source = source, lane_region = region, observations, standing, status;"

  /// For each tuple, the smallest distance from a lane that vouches for it.
  static let nearest: String = {
    let flags = zip(LaneDeparture.flags, zip(tuple, own)).map { flag, names in
      let isSame = "lane_\(names.0) == \(names.1)"
      // Beside a new event, the region of a service without regions says nothing.
      return names.0 == "region"
        ? "\(flag) = iff(\(isSame) or (region == 'global' and lane_event != stable_event), 0, 1)"
        : "\(flag) = iff(\(isSame), 0, 1)"
    }
    let all = (own + ["succeeded"]).joined(separator: ", ")
    return [
      "let nearest = events", "| distinct \(all)", "| extend pair = 1",
      "| join kind=inner (lanes | extend pair = 1) on pair",
      "| where status == 'approved' or standing == 'established' or (standing == 'attempted' and succeeded == 0)",
      "| extend \(flags.joined(separator: ", "))", "| extend score = \(LaneDeparture.score)",
      "| summarize near_score = min(score) by near_account = account_id, near_actor = actor, near_event = stable_event, "
        + "near_source = source, near_region = region, near_succeeded = succeeded;",
    ].joined(separator: "\n")
  }()

  /// The events, each with the observations of its very lane and its distance from the nearest one.
  static let compared = [
    "events",
    "| join kind=leftouter (lanes | summarize lane_count = sum(observations) by lane_account, lane_actor, lane_event, "
      + "lane_source, lane_region) on \(keys)",
    "| join kind=leftouter nearest on "
      + (zip(own, tuple).map { "$left.\($0) == $right.near_\($1)" } + [
        "$left.succeeded == $right.near_succeeded"
      ])
      .joined(separator: ", "),
    "| extend lane_observations = coalesce(lane_count, 0), departure = coalesce(near_score, \(LaneDeparture.everything))",
  ].joined(separator: "\n")
}
