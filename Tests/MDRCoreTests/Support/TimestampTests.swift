import Testing

@testable import MDRCore

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2026-01-31", "2026-01-31T00:00:00Z"),
    ("2022-02-08 09:23:37+11:00", "2022-02-07T22:23:37Z"),
    ("2025-01-21 16:39:10.000000000", "2025-01-21T16:39:10Z"),
    ("2025-01-21T16:39:10.379877250Z", "2025-01-21T16:39:10Z"),
    ("2024-02-29T23:59:60Z", "2024-02-29T23:59:59Z"),
    ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
    ("2026-01-31T06:00", "2026-01-31T06:00:00Z"),
  ])
  func `reads the times that logs carry`(text: String, expected: String) {
    #expect(Timestamp(parsing: text)?.iso8601 == expected)
  }

  @Test(arguments: ["yesterday-ish", "", "2026-13-01", "2026-02-30", "2026-01-31T25:00:00Z", "2026-01-31Tx"])
  func `refuses what is no time`(text: String) {
    #expect(Timestamp(parsing: text) == nil)
  }

  @Test func `days and dates agree over four centuries`() {
    for day in stride(from: -80_000, to: 80_000, by: 17) {
      let time = Timestamp.startOfDay(day)
      #expect(time.day == day)
      #expect(Timestamp(parsing: time.iso8601) == time)
    }
  }
}
