import Testing

@testable import MDRCore

@Suite struct HourCoverageTests {
  private static func coverage(_ times: [String], account: String = "111122223333") throws -> (
    HourCoverage, InputAccounting
  ) {
    var tally = LineTally()
    for (index, time) in times.enumerated() {
      let observation = try CanonicalisationTests.observation(
        #""recipientAccountId":"\#(account)","eventTime":"\#(time)""#)
      var batch = LineBatch()
      batch.places = [.init(account: observation.accountID, region: observation.awsRegion)]
      batch.lines = [
        .init(
          event: EventKey(id: EventDigest("\(index)"), call: CallMark(observation)),
          seconds: observation.eventTime.seconds, end: 0, place: 0, shared: -1)
      ]
      tally.add(batch) { _ in }
    }
    return (tally.hours, tally.accounting(files: 1))
  }

  private static func page(_ times: [String], account: String = "111122223333") throws -> String {
    let (hours, accounting) = try coverage(times, account: account)
    var places = RejectPlaces()
    var counted = accounting
    for index in 0..<5 {
      let reject = InputAccounting.Reject(file: "a|b.json", index: index, offset: 0, reason: "no event")
      counted.count(reject)
      places.add(reject)
    }
    return ObservationsDocument(
      accounting: counted, hours: hours, places: places, copiesAcrossAccounts: 0
    ).document.rendered
  }

  @Test func `hours with events, and the gaps between them`() throws {
    let times = [
      "2026-01-01T00:10:00Z", "2026-01-01T00:50:00Z", "2026-01-01T05:00:00Z", "2026-01-03T06:00:00Z",
      "2026-01-03T07:00:00Z", "2026-01-10T00:00:00Z",
    ]
    let (hours, _) = try Self.coverage(times)
    #expect(
      hours.json == [
        "111122223333": [
          "us-east-1": [
            "first_hour": "2026-01-01 00:00", "last_hour": "2026-01-10 00:00", "hours_with_events": 5,
            "hours": 217, "gaps_of_a_day": 2,
          ]
        ]
      ])
    let page = try Self.page(times)
    #expect(page.contains("| 5 of 217 | 2026-01-01 06:00 (48 h), 2026-01-03 08:00 (160 h) |"), "\(page)")
  }

  @Test func `many gaps are counted, the longest listed`() throws {
    let page = try Self.page((1...9).map { "2026-0\($0)-01T00:00:00Z" })
    #expect(page.contains("5 shorter ones"))
  }

  @Test func `one hour has no gap, an event without a time no hour`() throws {
    #expect(try Self.page(["2026-01-01T00:00:00Z"]).contains("| 1 of 1 | none |"))
    #expect(try Self.coverage(["never"]).0.json == [:])
  }

  @Test func `where rejects stand is shown for the first of each reason`() throws {
    let page = try Self.page(["2026-01-01T00:00:00Z"])
    let shown = (0..<3).map { "`a⟨U+007C⟩b.json` record \($0)" }.joined(separator: ", ")
    #expect(page.contains("| no event | 5 | \(shown), 2 more |"), "\(page)")
  }

  @Test func `a hostile account stays in its cell`() throws {
    let page = try Self.page(["2026-01-01T00:00:00Z"], account: #"1 | # x\n## forged <b>"#)
    #expect(!page.contains("\n## forged"))
    #expect(!page.contains("<b>") || page.contains("`"))
  }
}
