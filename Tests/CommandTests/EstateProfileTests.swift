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

  @Test(arguments: [
    (["--profile", "atlas", "--seed", "1"], 42_258, 78),
    (["--profile", "atlas", "--seed", "22"], 42_258, 78),
    (["--profile", "atlas", "--events", "100001"], 100_001, 78),
    (["--profile", "beacon", "--events", "7919", "--days", "31"], 7_919, 6),
    (["--profile", "atlas", "--days", "45", "--review-days", "3"], 21_129, 78),
    (["--profile", "atlas", "--accounts", "90", "--scale", "2"], 84_516, 90),
  ])
  func `the baseline has exactly as many events as the posts say, or as asked for`(
    options: [String], events: Int, accounts: Int
  ) throws {
    let facts = try Self.facts(options)
    let reviewed = try #require(facts["review_events"] as? Int)
    #expect((facts["events"] as? Int ?? 0) - reviewed == events)
    #expect((facts["accounts"] as? [Any])?.count == accounts)
    #expect(reviewed > 0)
  }

  @Test(arguments: ["atlas", "beacon"])
  func `the same seed gives the same bytes, whatever the number of threads`(profile: String) throws {
    let one = try Self.small(profile, ["--seed", "7", "--jobs", "1"])
    #expect(one.files == (try Self.small(profile, ["--seed", "7", "--jobs", "4"])).files)
    let other = try Self.small(profile, ["--seed", "8"])
    #expect(one.accountIDs.isDisjoint(with: other.accountIDs))
    func injected(_ estate: SimulatedEstate) -> [String] {
      estate.labels.map(\.judgement).filter { $0.hasPrefix("story/") }
    }
    #expect(injected(one) == injected(other) && injected(one).count >= 10)
  }

  @Test(arguments: ["atlas", "beacon"])
  func `every record is JSON of its own account and region, and each review event has one label`(
    profile: String
  ) throws {
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

  @Test(arguments: ["mixed", "atlas", "beacon"])
  func `without deviations only usual business is left, on as many review days as asked for`(profile: String)
    throws
  {
    let facts = try Self.facts(
      ["--profile", profile, "--days", "30", "--review-days", "10", "--no-deviations"])
    #expect(facts["injected"] as? Int == 0)
    #expect(facts["until"] as? String == "2026-04-11T00:00:00Z")
    #expect(facts["review_events"] as? Int ?? 0 > 1_000)
  }

  /// The posts' tables, as they print them: shares of the one, observations of the other.
  private static let tables = [
    "atlas": [
      ("CI/CD and deployment automation", "46.1%"), ("Human, SSO, and console access", "17.6%"),
      ("Identity and privilege management", "15.2%"), ("Network and perimeter changes", "6.7%"),
      ("Storage, data, and KMS", "6.4%"), ("Security visibility", "2.7%"), ("Database operations", "0.6%"),
    ],
    "beacon": [
      ("Compute and network control plane", "84216"), ("Identity and session", "63667"),
      ("Governance and monitoring", "52505"), ("Systems management", "46821"),
      ("Encryption and KMS", "33493"), ("Logging and observability", "14062"),
      ("Database operations", "11670"), ("Data lake / ETL", "6034"),
    ],
  ]

  @Test(arguments: [("atlas", 1), ("atlas", 2), ("beacon", 3)])
  func `the baseline's page shows the post's table, in its order, and tells the two customers apart`(
    profile: String, seed: Int
  ) throws {
    try withTemporaryDirectory { directory in
      let steps = [
        ("simulate-estate", ["--output", "estate", "--profile", profile, "--seed", "\(seed)"]),
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
      let isAtlas = profile == "atlas"
      #expect(
        page.contains(
          isAtlas ? "42258 observations in 78 accounts" : "357233 observations in 6 accounts"))
      let rows = page.split(separator: "\n").map { $0.split(separator: "|").map { $0.trimmed } }
        .filter { $0.count == 4 && $0[2].hasSuffix("%") }
      let expected = try #require(Self.tables[profile])
      let found = rows.filter { row in expected.contains { $0.0 == row[0] } }
      #expect(found.map { $0[0] } == expected.map(\.0))
      #expect(found.map { $0[isAtlas ? 2 : 1] } == expected.map(\.1))
      // What each family says of the customer is told in words that differ between the two.
      let deployment = try #require(rows.first { $0[0] == "CI/CD and deployment automation" })[3]
      #expect(
        deployment.contains(isAtlas ? "routinely create roles" : "Little classic deployment automation"))
      let sessions = rows.first { $0[0] == "Identity and session" }
      #expect(isAtlas ? sessions == nil : sessions?[3].contains("is the background") == true)
    }
  }

  @Test(arguments: [
    (["--profile", "cumulus"], "--profile"), (["--profile", "mixed", "--events", "9000"], "--events"),
    (["--profile", "atlas", "--events", "9000", "--scale", "2"], "--scale"),
    (["--profile", "atlas", "--accounts", "11"], "--accounts"),
    (["--profile", "atlas", "--events", "100"], "--events"),
  ])
  func `a wrong profile or size ends with 64 and names the option`(options: [String], named: String) throws {
    let outcome = try Executable("simulate-estate").run(["--output", "/nowhere/estate"] + options)
    #expect(outcome.exitCode == 64)
    #expect(outcome.stderr.contains(named))
  }
}

extension Substring {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
