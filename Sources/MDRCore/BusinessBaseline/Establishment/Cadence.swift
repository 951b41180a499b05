/// The beat of a lane: how regularly its runs come back.
package struct Cadence: Equatable, Sendable {
  /// The beats that are looked for.
  package enum Period: String, Sendable, CaseIterable {
    case hourly
    case daily
    /// Monday to Friday.
    case weekdays
    case weekly
    case monthly
  }

  package var period: Period
  /// How far runs stray from the beat: the median distance in hours.
  package var jitterHours: Int
  /// Runs seen; calls that follow each other closely are one run.
  package var runs: Int
  /// Beats on which no run came.
  package var missed: Int
  /// Runs between the beats.
  package var offBeat: Int
  /// The hour of the day, in UTC, at which most runs begin; `nil` for hourly beats.
  package var usualHour: Int?
  /// The day on which most runs begin: of the week, Monday is 0, or of the month, from 1.
  package var usualDay: Int?

  package init(
    period: Period, jitterHours: Int, runs: Int, missed: Int, offBeat: Int, usualHour: Int? = nil,
    usualDay: Int? = nil
  ) {
    self.usualHour = usualHour
    self.usualDay = usualDay
    self.period = period
    self.jitterHours = jitterHours
    self.runs = runs
    self.missed = missed
    self.offBeat = offBeat
  }

  /// Finds the beat in sorted hours, from the longest period to the shortest; `nil` where there is none.
  init?(slots: [HourSlot], thresholds: EstablishmentThresholds) {
    guard slots.count >= thresholds.cadenceRuns else { return nil }
    for beat in Beat.all {
      if let cadence = beat.cadence(of: slots, thresholds: thresholds) {
        self = cadence
        return
      }
    }
    return nil
  }

  /// The name for people, such as "monthly, within 5 hours".
  package var title: String {
    jitterHours == 0 ? period.rawValue : "\(period.rawValue), within \(jitterHours) h"
  }
}

/// One period to look for: its length, how far a run may stray, and what counts as one run.
private struct Beat {
  let period: Cadence.Period
  /// The length of the period in hours, shortest and longest: months differ.
  let length: ClosedRange<Int>
  let tolerance: Int
  /// Calls less than this many hours apart belong to one run.
  let runGap: Int
  /// A run that lasts longer than this isn't one of this beat: five working days in a row are not a weekly job.
  let longestRun: Int

  static let all = [
    Beat(period: .monthly, length: 28 * 24...31 * 24, tolerance: 3 * 24, runGap: 72, longestRun: 96),
    Beat(period: .weekly, length: 168...168, tolerance: 12, runGap: 36, longestRun: 48),
    Beat(period: .weekdays, length: 24...24, tolerance: 3, runGap: 14, longestRun: 24),
    Beat(period: .daily, length: 24...24, tolerance: 3, runGap: 14, longestRun: 24),
    Beat(period: .hourly, length: 1...1, tolerance: 0, runGap: 1, longestRun: 1),
  ]

  func cadence(of slots: [HourSlot], thresholds: EstablishmentThresholds) -> Cadence? {
    let least = max(leastRuns, thresholds.cadenceRuns)
    guard slots.count >= least else { return nil }
    return withUnsafeTemporaryAllocation(of: HourSlot.self, capacity: slots.count) { room in
      let count = putRunStarts(slots, in: room)
      guard count >= least else { return nil }
      return cadence(ofRuns: UnsafeBufferPointer(rebasing: room[..<count]), thresholds: thresholds)
    }
  }

  private func cadence(
    ofRuns starts: UnsafeBufferPointer<HourSlot>, thresholds: EstablishmentThresholds
  ) -> Cadence? {
    let gaps = starts.count - 1
    // Missed beats and runs between the beats both stand against it.
    func agrees(_ part: Int, of whole: Int) -> Bool {
      part * 100 >= whole * thresholds.cadenceAgreementPercent
    }
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: gaps) { strays in
      var onBeat = 0
      var missed = 0
      for index in 0..<gaps {
        let gap = Int(starts[index + 1].hours - starts[index].hours)
        let beats = beats(from: starts[index], gap: gap)
        let stray = stray(gap, beats: beats, from: starts[index])
        guard beats > 0, stray <= tolerance else { continue }
        strays.initializeElement(at: onBeat, to: stray)
        onBeat += 1
        missed += beats - 1
      }
      guard onBeat > 0, agrees(onBeat, of: gaps), agrees(onBeat, of: onBeat + missed) else { return nil }
      let sorted = strays[..<onBeat].sorted()
      return Cadence(
        period: period, jitterHours: sorted[onBeat / 2], runs: starts.count, missed: missed,
        offBeat: gaps - onBeat, usualHour: period == .hourly ? nil : Self.most(starts.map(\.hourOfDay)),
        usualDay: usualDay(starts))
    }
  }

  private func usualDay(_ starts: UnsafeBufferPointer<HourSlot>) -> Int? {
    switch period {
    case .weekly: Self.most(starts.map { (($0.day + 3) % 7 + 7) % 7 })
    case .monthly:
      Self.most(starts.compactMap { Int(Timestamp.startOfDay($0.day).date.suffix(2)) })
    case .hourly, .daily, .weekdays: nil
    }
  }

  /// The most frequent value, the smallest of equals.
  private static func most(_ values: [Int]) -> Int? {
    Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +).min {
      (-$0.value, $0.key) < (-$1.value, $1.key)
    }?.key
  }

  /// Hours after which a run should have come, however far it strays.
  var longestSilence: Int {
    // A weekend lies between two weekdays.
    (period == .weekdays ? 3 * 24 : length.upperBound) + max(tolerance, 1) + longestRun
  }

  /// Whether a run is due at a slot: either the last run is still going on, or whole beats lie between, within the
  /// tolerance.
  func isDue(_ slot: HourSlot, after last: HourSlot) -> Bool {
    let gap = Int(slot.hours - last.hours)
    if gap < runGap { return true }
    let count = beats(from: last, gap: gap)
    // The last call seen ended a run, so the next may come earlier by a run's length.
    return count > 0 && stray(gap, beats: count, from: last) <= tolerance + longestRun / 2
  }

  /// A beat of hours or days is easily met by chance; it has to go on for longer.
  private var leastRuns: Int {
    switch period {
    case .monthly, .weekly: 3
    case .weekdays, .daily: 5
    case .hourly: 48
    }
  }

  /// Writes the starts of runs into `room`, which has space for every slot; returns how many there are, or 0 if a run
  /// lasts too long.
  private func putRunStarts(_ slots: [HourSlot], in room: UnsafeMutableBufferPointer<HourSlot>) -> Int {
    var count = 0
    var previous = slots[0]
    for slot in slots {
      if count == 0 || Int(slot.hours - previous.hours) >= runGap {
        room.initializeElement(at: count, to: slot)
        count += 1
      }
      if Int(slot.hours - room[count - 1].hours) > longestRun { return 0 }
      previous = slot
    }
    return count
  }

  /// How many beats lie in a gap, to the nearest.
  private func beats(from start: HourSlot, gap: Int) -> Int {
    if period == .weekdays {
      let days = (gap + 12) / 24
      guard days > 0 else { return 0 }
      return (1...days).count { Self.isWeekday(start.day + $0) }
    }
    let middle = (length.lowerBound + length.upperBound) / 2
    return (gap + middle / 2) / middle
  }

  private func stray(_ gap: Int, beats: Int, from start: HourSlot) -> Int {
    if period == .weekdays {
      let days = (gap + 12) / 24
      let isOnWeekday = Self.isWeekday(start.day) && Self.isWeekday(start.day + days)
      return isOnWeekday ? abs(gap - days * 24) : .max
    }
    let shortest = length.lowerBound * beats
    let longest = length.upperBound * beats
    return gap < shortest ? shortest - gap : max(0, gap - longest)
  }

  /// 1970-01-01 was a Thursday.
  private static func isWeekday(_ day: Int) -> Bool {
    let dayOfWeek = ((day + 3) % 7 + 7) % 7
    return dayOfWeek < 5
  }
}

extension Cadence {
  /// Whether a run is due at a time, counted from the last one seen; the tolerance is the beat's own.
  package func isDue(at time: Timestamp, after last: Timestamp) -> Bool {
    guard let beat = Beat.all.first(where: { $0.period == period }) else { return false }
    return beat.isDue(HourSlot(time), after: HourSlot(last))
  }

  /// Whether no run came for longer than the beat allows, at a time after the last one seen.
  package func isOverdue(at time: Timestamp, after last: Timestamp) -> Bool {
    guard let beat = Beat.all.first(where: { $0.period == period }) else { return false }
    return Int(HourSlot(time).hours - HourSlot(last).hours) > beat.longestSilence
  }

  /// The beat with its usual moment and its misses, such as "monthly on day 1 at 04:00 UTC; 3 runs, 1 missed".
  package var description: String {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    var words = period == .daily && usualHour.map { $0 < 6 || $0 >= 20 } == true ? "nightly" : period.rawValue
    if let usualDay { words += period == .weekly ? " on \(days[usualDay % 7])" : " on day \(usualDay)" }
    if let usualHour { words += " at \(usualHour < 10 ? "0" : "")\(usualHour):00 UTC" }
    if jitterHours > 0 { words += ", within \(jitterHours) h" }
    words += "; \(runs) runs"
    if missed > 0 { words += ", \(missed) missed" }
    if offBeat > 0 { words += ", \(offBeat) off the beat" }
    return words
  }
}
