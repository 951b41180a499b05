import Foundation
import Testing

/// The posts' two customers: their sizes, their families, and what tells them apart.
@Suite struct EstateProfileTests {
  /// A small estate of a profile.
  private static func small(_ profile: String, _ options: [String] = []) throws -> SimulatedEstate {
    try SimulatedEstate(["--profile", profile, "--days", "9", "--events", "6000"] + options)
  }

  /// An estate's facts without its logs, which are too many to hold.
  private static func facts(_ options: [String]) throws -> [String: Any] {
    try withTemporaryDirectory { directory in
      let outcome = try Executable("simulate-estate").run(["--output", "estate"] + options, in: directory)
      try #require(outcome.exitCode == 0, "\(outcome.stderr)")
      return try SimulatedEstate.object(
        Array(try Data(contentsOf: directory.appendingPathComponent("estate/estate.json"))))
    }
  }

  @Test(
    "the baseline has exactly as many events as the posts say, or as asked for",
    arguments: [
      (["--profile", "atlas", "--seed", "1"], 42_258, 78),
      (["--profile", "atlas", "--seed", "22"], 42_258, 78),
      (["--profile", "beacon"], 357_233, 6), (["--profile", "atlas", "--events", "100001"], 100_001, 78),
      (["--profile", "beacon", "--events", "7919", "--days", "31"], 7_919, 6),
      (["--profile", "atlas", "--days", "45", "--review-days", "3"], 21_129, 78),
      (["--profile", "atlas", "--accounts", "90", "--scale", "2"], 84_516, 90),
    ])
  func exactVolume(options: [String], events: Int, accounts: Int) throws {
    let facts = try Self.facts(options)
    let reviewed = try #require(facts["review_events"] as? Int)
    #expect((facts["events"] as? Int ?? 0) - reviewed == events)
    #expect((facts["accounts"] as? [Any])?.count == accounts)
    #expect(reviewed > 0)
  }

  @Test("the same seed gives the same bytes, whatever the number of threads", arguments: ["atlas", "beacon"])
  func sameSeed(profile: String) throws {
    let one = try Self.small(profile, ["--seed", "7", "--jobs", "1"])
    #expect(one.files == (try Self.small(profile, ["--seed", "7", "--jobs", "4"])).files)
    let other = try Self.small(profile, ["--seed", "8"])
    #expect(one.accountIDs.isDisjoint(with: other.accountIDs))
    func injected(_ estate: SimulatedEstate) -> [String] {
      estate.labels.map(\.judgement).filter { $0.hasPrefix("story/") }
    }
    #expect(injected(one) == injected(other) && injected(one).count >= 10)
  }

  @Test(
    "every record is JSON of its own account and region, and each review event has one label",
    arguments: ["atlas", "beacon"])
  func deliveries(profile: String) throws {
    let estate = try Self.small(profile)
    let cutOff = try #require(estate.facts["cut_off"] as? String)
    var ids: Set<String> = []
    var reviewed: Set<String> = []
    for (path, bytes) in estate.files where path.hasSuffix(".json.gz") {
      let parts = path.split(separator: "/").last?.split(separator: "_").map(String.init) ?? []
      for event in try records(in: bytes) {
        #expect(event["recipientAccountId"] as? String == parts.first)
        #expect(event["awsRegion"] as? String == parts[2])
        let id = try #require(event["eventID"] as? String)
        ids.insert(id)
        if event["eventTime"] as? String ?? "" >= cutOff { reviewed.insert(id) }
      }
    }
    #expect(ids.count == estate.facts["events"] as? Int)
    let labelled = estate.labels.flatMap(\.eventIDs)
    #expect(labelled.count == reviewed.count)
    #expect(Set(labelled) == reviewed)
  }

  @Test(
    "without deviations only usual business is left, on as many review days as asked for",
    arguments: ["mixed", "atlas", "beacon"])
  func pureChurn(profile: String) throws {
    let facts = try Self.facts(
      ["--profile", profile, "--days", "30", "--review-days", "10", "--no-deviations"])
    #expect(facts["injected"] as? Int == 0)
    #expect(facts["until"] as? String == "2026-04-11T00:00:00Z")
    #expect(facts["review_events"] as? Int ?? 0 > 1_000)
  }

  /// The posts' tables: shares in percent, to a tenth.
  private static let tables = [
    "atlas": [
      "CI/CD and deployment automation": 46.1, "Human, SSO, and console access": 17.6,
      "Identity and privilege management": 15.2, "Network and perimeter changes": 6.7,
      "Storage, data, and KMS": 6.4, "Security visibility": 2.7, "Database operations": 0.6,
    ],
    "beacon": [
      "Compute and network control plane": 84_216, "Identity and session": 63_667,
      "Governance and monitoring": 52_505, "Systems management": 46_821, "Encryption and KMS": 33_493,
      "Logging and observability": 14_062, "Database operations": 11_670, "Data lake / ETL": 6_034,
    ].mapValues { $0 / 3_572.33 },
  ]

  @Test(
    "the baseline's page shows the post's table, in its order",
    arguments: [("atlas", 1), ("atlas", 2), ("beacon", 1), ("beacon", 2)])
  func familyShares(profile: String, seed: Int) throws {
    try withTemporaryDirectory { directory in
      // A tenth of the second customer has its shares too, and a debug build reads it in seconds.
      let size = profile == "beacon" ? ["--events", "35723"] : []
      let steps = [
        ("simulate-estate", ["--output", "estate", "--profile", profile, "--seed", "\(seed)"] + size),
        (
          "business-baseline",
          [
            "build", "--logs", "estate/AWSLogs", "--inventory", "estate/inventory", "--until", "2026-04-01",
            "--output", "baseline",
          ]
        ),
      ]
      for (tool, arguments) in steps {
        let outcome = try Executable(tool).run(arguments, in: directory)
        try #require(outcome.exitCode == 0, "\(outcome.stderr)")
      }
      let page = try String(
        contentsOf: directory.appendingPathComponent("baseline/baseline.md"), encoding: .utf8)
      let rows = page.split(separator: "\n").map { $0.split(separator: "|").map { $0.trimmed } }
      let expected = try #require(Self.tables[profile])
      var found: [String] = []
      for row in rows where row.count >= 4 && row[2].hasSuffix("%") {
        guard let share = expected[row[0]] else { continue }
        found.append(row[0])
        #expect(abs((Double(row[2].dropLast()) ?? 0) - share) < 0.1, "\(row[0]): \(row[2]), not \(share)")
        #expect(!row[3].isEmpty)
      }
      #expect(found == expected.sorted { $0.value > $1.value }.map(\.key))
    }
  }

  @Test(
    "a wrong profile or size ends with 64 and names the option",
    arguments: [
      (["--profile", "cumulus"], "--profile"), (["--profile", "mixed", "--events", "9000"], "--events"),
      (["--profile", "atlas", "--events", "9000", "--scale", "2"], "--scale"),
      (["--profile", "atlas", "--accounts", "11"], "--accounts"),
      (["--profile", "atlas", "--events", "100"], "--events"),
    ])
  func usage(options: [String], named: String) throws {
    let outcome = try Executable("simulate-estate").run(["--output", "/nowhere/estate"] + options)
    #expect(outcome.exitCode == 64)
    #expect(outcome.stderr.contains(named))
  }
}

extension Substring {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
