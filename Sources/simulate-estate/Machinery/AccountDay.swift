import MDRCore

/// What one account logs on one day: every lane that is due, rendered and put in order of time.
struct AccountDay {
  /// One region's events, in order of time.
  struct RegionLog {
    let region: String
    let records: JSONOutput
    /// Where each record lies, and when it happened.
    var entries: [(time: Timestamp, range: Range<Int>)]
  }

  private(set) var labels: [Label] = []
  private var logs: [String: RegionLog] = [:]

  private let estate: Estate
  private let account: Account
  private let day: Int
  private let scale: Int
  private let renderer: EventRenderer

  init(estate: Estate, account: Account, day: Int, scale: Int) {
    self.estate = estate
    self.account = account
    self.day = day
    self.scale = scale
    renderer = EventRenderer(estate: estate, account: account)
    var outputs: [String: JSONOutput] = [:]
    guard account.exists(on: day) else { return }
    for (index, lane) in estate.profile.lanes.enumerated()
    where account.traits.contains(lane.trait) && lane.exists(on: day) {
      let scheduled = estate.schedule?.runs(lane: index, account: account, day: day)
      run(lane, isStory: false, scheduled: scheduled, into: &outputs)
    }
    for lane in estate.profile.stories where lane.trait == account.name {
      run(lane, isStory: true, into: &outputs)
    }
    for region in entries.keys {
      var sorted = entries[region] ?? []
      // Records lie in the order they were made, which settles ties.
      sorted.sort { ($0.time, $0.range.lowerBound) < ($1.time, $1.range.lowerBound) }
      logs[region] = RegionLog(region: region, records: outputs[region] ?? JSONOutput(), entries: sorted)
    }
    entries = [:]
  }

  private var entries: [String: [(time: Timestamp, range: Range<Int>)]] = [:]

  /// The day's logs by region.
  var regionLogs: [RegionLog] { logs.keys.sorted().compactMap { logs[$0] } }

  private mutating func run(
    _ lane: Lane, isStory: Bool, scheduled: Int? = nil, into outputs: inout [String: JSONOutput]
  ) {
    var random = SeededGenerator(seed: estate.seed, lane.name, account.id, "\(day)")
    let runs = scheduled ?? lane.rhythm.runs(on: day, scale: scale, random: &random)
    guard runs > 0 else { return }
    var eventIDs: [[UInt8]] = []
    let seconds = (lane.rhythm.hours.upperBound - lane.rhythm.hours.lowerBound + 1) * 3_600
    for _ in 0..<runs {
      let start = Timestamp.startOfDay(day).adding(
        lane.rhythm.hours.lowerBound * 3_600 + random.below(seconds))
      var scene = Scene(
        estate: estate, account: account, region: lane.region ?? account.region, time: start,
        random: SeededGenerator(seed: random.next()))
      play(lane, isStory: isStory, scene: &scene, eventIDs: &eventIDs, into: &outputs)
    }
    if estate.calendar.isReview(day) {
      labels.append(
        Label(lane: lane, account: account, day: day, isStory: isStory, eventIDs: eventIDs))
    }
  }

  private mutating func play(
    _ lane: Lane, isStory: Bool, scene: inout Scene, eventIDs: inout [[UInt8]],
    into outputs: inout [String: JSONOutput]
  ) {
    let endOfDay = Timestamp.startOfDay(day + 1).adding(-1)
    var opened = scene.time.adding(-scene.random.number(in: 0...240))
    if case .role(_, _, let session, _) = lane.principal.identity { scene.session = scene.text(session) }
    for _ in 0..<scene.random.number(in: lane.repeats) {
      scene.beginRepetition()
      for call in lane.calls {
        scene.time = min(scene.time.adding(scene.random.number(in: call.gap)), endOfDay)
        let region = EventRenderer.region(of: call, in: scene.region)
        let start = outputs[region]?.count ?? 0
        let failure =
          call.error ?? (isStory ? nil : refusal(of: call, by: lane.principal, random: &scene.random))
        if call.name.hasPrefix("AssumeRole") { opened = scene.time }
        let id = renderer.render(
          call, by: lane.principal, opened: min(opened, scene.time), in: &scene, failure: failure,
          into: &outputs[region, default: JSONOutput(reserving: 64 * 1_024)])
        entries[region, default: []].append((scene.time, start..<(outputs[region]?.count ?? start)))
        if estate.calendar.isReview(day) { eventIDs.append(id) }
      }
    }
  }

  /// One read in a hundred and fifty is refused, as permissions lag behind what people try.
  private func refusal(
    of call: Call, by principal: Principal, random: inout SeededGenerator
  ) -> Call.Failure? {
    guard case .role = principal.identity, call.isReadOnly, call.service != "sts", call.via == nil,
      random.below(150) == 0
    else { return nil }
    return Call.Failure(
      code: "AccessDenied",
      message: Template(
        "User is not authorized to perform: \(call.service):\(call.name) because no identity-based policy allows the action"
      ))
  }
}

extension Rhythm {
  /// How often a lane runs on a day.
  func runs(on day: Int, scale: Int, random: inout SeededGenerator) -> Int {
    let weekday = EstateCalendar.weekday(day)
    let isWeekend = weekday == 0 || weekday == 6
    let count = random.number(in: runs) * (grows ? scale : 1)
    switch days {
    case .every: return count
    case .quietWeekends: return isWeekend ? (count + 2) / 3 : count
    case .weekdays: return isWeekend ? 0 : count
    case .someWeekdays(let percent):
      // Always in the review window, so that a seed never changes what is there to judge.
      return !isWeekend && (random.chance(percent: percent) || day >= EstateCalendar.cutOff) ? count : 0
    case .weekly(let chosen): return weekday == chosen ? count : 0
    case .monthly(let chosen):
      return Timestamp.startOfDay(day).date.hasSuffix(chosen < 10 ? "-0\(chosen)" : "-\(chosen)") ? count : 0
    case .firstReviewDay: return day == EstateCalendar.cutOff ? count : 0
    case .everyReviewDay: return day >= EstateCalendar.cutOff ? count : 0
    case .reviewDay(let number): return day == EstateCalendar.cutOff + number - 1 ? count : 0
    }
  }
}
