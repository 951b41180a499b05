import Testing

@testable import MDRCore

@Suite struct ReviewWindowTests {
  private func baseline(cutOff: Timestamp?) throws -> Baseline {
    var builder = BaselineBuilder(until: cutOff, crownJewels: [])
    let observations = try ExampleObservations.daily(from: "2026-01-01", days: 10)
    for observation in observations { builder.add(observation) }
    return try #require(builder.baseline(approvals: [], caveats: []))
  }

  private func time(_ text: String) throws -> Timestamp { try #require(Timestamp(parsing: text)) }

  @Test func `the review begins at the cut-off, or later if asked`() throws {
    let baseline = try baseline(cutOff: time("2026-01-08"))
    #expect(ReviewWindow(since: nil, baseline: baseline, inventory: nil).start == (try time("2026-01-08")))
    let later = ReviewWindow(since: try time("2026-01-09"), baseline: baseline, inventory: nil)
    #expect(later.start == (try time("2026-01-09")))
    #expect(later.caveats.isEmpty)
  }

  @Test func `no event is reviewed against lanes that it helped to make`() throws {
    let cut = ReviewWindow(
      since: try time("2026-01-03"), baseline: try baseline(cutOff: time("2026-01-08")), inventory: nil)
    #expect(cut.start == (try time("2026-01-08")))
    #expect(cut.caveats.count == 1)
    let whole = ReviewWindow(since: nil, baseline: try baseline(cutOff: nil), inventory: nil)
    #expect(whole.start == (try time("2026-01-10T06:00:01Z")))
  }

  @Test func `an inventory that only one side has is a caveat`() throws {
    var inventory = Inventory()
    let added = inventory.add(["corporate_networks": [["name": "hq", "cidrs": ["203.0.113.0/24"]]]])
    #expect(added)
    let window = ReviewWindow(since: nil, baseline: try baseline(cutOff: nil), inventory: inventory)
    #expect(window.caveats.count == 1)
  }
}

/// Observations made from records, as the tools make them.
enum ExampleObservations {
  /// One read a day at six in the morning.
  static func daily(from date: String, days: Int) throws -> [Observation] {
    let runner = try ExampleRunner()
    let start = try #require(Timestamp(parsing: date))
    return (0..<days).compactMap { day in
      runner.observation(
        """
        {"eventVersion":"1.08","eventID":"e\(day)","eventTime":"\(start.adding(day * 86_400 + 6 * 3_600).iso8601)",
        "eventName":"DescribeInstances","eventSource":"ec2.amazonaws.com","awsRegion":"eu-west-1","readOnly":true,
        "recipientAccountId":"111122223333","sourceIPAddress":"198.51.100.7",
        "userIdentity":{"type":"IAMUser","userName":"reader","accountId":"111122223333","arn":"arn:aws:iam::111122223333:user/reader"}}
        """)
    }
  }
}
