import Testing

@testable import MDRCore

@Suite struct CadenceTests {
  static func cadence(_ times: [Timestamp]) -> Cadence? {
    Cadence(slots: Set(times.map { HourSlot($0) }).sorted(), thresholds: .reviewed)
  }

  @Test func `a rotation on the first of three months is monthly`() {
    let cadence = Self.cadence([0, 31, 59].map { Sample.time(day: $0, hour: 4) })
    #expect(
      cadence
        == Cadence(
          period: .monthly, jitterHours: 0, runs: 3, missed: 0, offBeat: 0, usualHour: 4, usualDay: 1))
    #expect(cadence?.description == "monthly on day 1 at 04:00 UTC; 3 runs")
  }

  @Test func `a rotation of some hours with a day's jitter is monthly`() {
    let times = [0, 30, 62].flatMap { day in [4, 5, 7].map { Sample.time(day: day, hour: $0) } }
    #expect(Self.cadence(times)?.period == .monthly)
    #expect(Self.cadence(times)?.jitterHours ?? 99 <= 24)
  }

  @Test func `a weekly job that misses a week stays weekly`() {
    let cadence = Self.cadence([1, 8, 15, 29, 36, 43, 50, 57, 64].map { Sample.time(day: $0, hour: 22) })
    #expect(cadence?.period == .weekly)
    #expect(cadence?.missed == 1)
    #expect(cadence?.description == "weekly on Friday at 22:00 UTC; 9 runs, 1 missed")
  }

  @Test func `a nightly job is daily`() {
    let cadence = Self.cadence((0..<30).map { Sample.time(day: $0, hour: 2 + $0 % 2) })
    #expect(cadence?.period == .daily)
    #expect(cadence?.runs == 30)
    #expect(cadence?.description.hasPrefix("nightly at 02:00 UTC") == true)
  }

  @Test func `work from Monday to Friday keeps to weekdays`() {
    // 2026-01-01 was a Thursday.
    let days = (0..<40).filter { ![2, 3].contains($0 % 7) }
    let times = days.flatMap { day in (8..<17).map { Sample.time(day: day, hour: $0) } }
    #expect(Self.cadence(times)?.period == .weekdays)
  }

  @Test func `a job of every hour is hourly`() {
    #expect(Self.cadence((0..<96).map { Sample.time(day: 0, hour: $0) })?.period == .hourly)
  }

  @Test(arguments: [[3, 11, 34, 52, 80], [0, 1, 5, 30, 31, 60], [5], [], [0, 45, 89]])
  func `scattered days have no beat`(days: [Int]) {
    #expect(Self.cadence(days.map { Sample.time(day: $0) }) == nil)
  }

  @Test func `a run is due on its beat and not between`() {
    let monthly = Cadence(period: .monthly, jitterHours: 0, runs: 3, missed: 0, offBeat: 0)
    let last = Sample.time(day: 59, hour: 4)
    #expect(monthly.isDue(at: Sample.time(day: 90, hour: 4), after: last))
    #expect(monthly.isDue(at: Sample.time(day: 59, hour: 6), after: last))
    #expect(!monthly.isDue(at: Sample.time(day: 74), after: last))
    let nightly = Cadence(period: .daily, jitterHours: 0, runs: 30, missed: 0, offBeat: 0)
    #expect(nightly.isDue(at: Sample.time(day: 60, hour: 5), after: last))
  }

  @Test func `a beat is overdue once a run should long have come`() {
    let monthly = Cadence(period: .monthly, jitterHours: 0, runs: 3, missed: 0, offBeat: 0)
    let last = Sample.time(day: 10)
    #expect(!monthly.isOverdue(at: Sample.time(day: 40), after: last))
    #expect(monthly.isOverdue(at: Sample.time(day: 55), after: last))
    let weekdays = Cadence(period: .weekdays, jitterHours: 0, runs: 30, missed: 0, offBeat: 0)
    #expect(!weekdays.isOverdue(at: Sample.time(day: 13), after: last), "a weekend lies between")
    #expect(weekdays.isOverdue(at: Sample.time(day: 15), after: last))
  }
}
