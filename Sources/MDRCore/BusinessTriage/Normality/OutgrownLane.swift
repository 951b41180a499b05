/// A lane that was called more often on one day of the review than on all days of the baseline together.
///
/// No count for each day is needed to be sure: a day that exceeds the sum exceeds the busiest day, however the calls were
/// spread.
struct OutgrownLane: Equatable, Sendable {
  var key: LaneKey
  /// Counted from 1970-01-01.
  var day: Int
  /// Successful calls on that day.
  var count: Int
  /// Successful calls in the baseline.
  var known: Int
  /// Days of the baseline on which the lane was seen.
  var knownDays: Int
  var severity: Severity
  /// What so many calls could be for.
  var why: String

  /// The day, from its first second to its last.
  var times: ClosedRange<Timestamp> {
    Timestamp.startOfDay(day)...Timestamp.startOfDay(day).adding(86_399)
  }

  /// What happened, with the numbers that say so.
  var sentence: String {
    let event = String(key.event.drop { $0 != ":" }.dropFirst())
    return
      "More than ever in a known lane: \(code: event) succeeded \(count.times) on \(Timestamp.startOfDay(day).date), by this actor from \(code: key.source); on all \(knownDays.of("day")) of the baseline together it did so \(known.times). \(why)"
  }
}

/// From how many calls a day on a known lane is looked at, by what they are.
struct VolumeTable: Sendable {
  struct Row: Sendable {
    var events: EventPatterns
    /// Calls on one day below which no lane is outgrown.
    var least: Int
    var severity: Severity
    var why: String
  }

  private let rows: [Row]

  init() {
    rows = Content.table("business-triage/references/volumes.tsv").compactMap { row in
      guard let events = row["events"], let least = row["least"].flatMap(Int.init),
        let severity = row["severity"].flatMap(Severity.init(rawValue:)), let why = row["why"]
      else { return nil }
      return Row(events: EventPatterns(events), least: least, severity: severity, why: why)
    }
  }

  /// The first row that fits an event such as `s3.amazonaws.com:GetObject`; `nil` where so many calls say little.
  func row(of event: String) -> Row? {
    let parts = event.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    return rows.first { $0.events.fit(parts[0], parts[1]) }
  }
}

extension ReviewEvents {
  /// The established lanes that were outgrown from a moment on, by lane and day.
  func outgrownLanes(since: Timestamp?, _ index: BaselineIndex) -> [OutgrownLane] {
    struct Slot: Hashable {
      var lane: LaneKey
      var day: Int
    }
    let table = VolumeTable()
    let lanes = calls.map { call in candidate(call, table, index) }
    var counts: [Slot: Int] = [:]
    for position in 0..<entries.count {
      let entry = entries[position]
      guard let lane = lanes[Int(entry.key.call)], entry.first.isKnown,
        since.map({ entry.first >= $0 }) ?? true
      else { continue }
      counts[Slot(lane: lane, day: HourSlot(entry.first).day), default: 0] += Int(entry.count)
    }
    return counts.compactMap { slot, count -> OutgrownLane? in
      guard let row = table.row(of: slot.lane.event), let lane = index.lane(slot.lane), count >= row.least,
        count > lane.counts.success
      else { return nil }
      return OutgrownLane(
        key: slot.lane, day: slot.day, count: count, known: lane.counts.success, knownDays: lane.days.count,
        severity: row.severity, why: row.why)
    }.sorted { ($0.day, $0.key) < ($1.day, $1.key) }
  }

  /// The lane of a call that went well, where it is established and its calls are looked at.
  private func candidate(_ call: Call, _ table: VolumeTable, _ index: BaselineIndex) -> LaneKey? {
    guard call.outcome == .success, table.row(of: names[call.event]) != nil else { return nil }
    let key = LaneKey(
      account: names[call.account], actor: names[call.actor], event: names[call.event],
      source: names[call.source], region: names[call.region])
    return index.lane(key)?.standing == .established ? key : nil
  }
}
