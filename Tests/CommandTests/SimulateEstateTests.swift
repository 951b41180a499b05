import Foundation
import MDRCore
import Testing

@Suite("simulate-estate")
struct SimulateEstateTests {
  @Test func `the same seed gives the same bytes, whatever the number of threads`() throws {
    let one = try SimulatedEstate(["--seed", "7", "--days", "9", "--jobs", "1"])
    let other = try SimulatedEstate(["--seed", "7", "--days", "9", "--jobs", "4"])
    #expect(one.files.count > 100)
    #expect(one.files == other.files)
  }

  @Test func `another seed gives other ids and the same operations to judge`() throws {
    let one = try SimulatedEstate(["--seed", "7", "--days", "9"])
    let other = try SimulatedEstate(["--seed", "8", "--days", "9"])
    #expect(one.accountIDs.isDisjoint(with: other.accountIDs))
    #expect(one.labels.map(\.judgement) == other.labels.map(\.judgement))
    #expect(Set(one.labels.flatMap(\.eventIDs)).isDisjoint(with: other.labels.flatMap(\.eventIDs)))
  }

  @Test
  func
    `every delivery is gzip without a time, holds its own account's and region's records, and no event comes twice`()
    throws
  {
    let estate = try SimulatedEstate(["--days", "9"])
    var ids: Set<String> = []
    var count = 0
    for (path, bytes) in estate.files where path.hasSuffix(".json.gz") {
      #expect(Array(bytes[4..<8]) == [0, 0, 0, 0], "\(path)")
      let parts = path.split(separator: "/").last?.split(separator: "_").map(String.init) ?? []
      for event in try records(in: bytes) {
        #expect(event["recipientAccountId"] as? String == parts.first)
        #expect(event["awsRegion"] as? String == parts[2])
        ids.insert(try #require(event["eventID"] as? String))
        count += 1
      }
    }
    #expect(ids.count == count)
    #expect(count == estate.facts["events"] as? Int)
  }

  @Test func `labels cover every event of the review window once, and nothing else`() throws {
    let estate = try SimulatedEstate(["--days", "9"])
    let cutOff = try #require(estate.facts["cut_off"] as? String)
    let reviewed = try estate.events().filter { ($0["eventTime"] as? String ?? "") >= cutOff }
      .compactMap { $0["eventID"] as? String }
    let labelled = estate.labels.flatMap(\.eventIDs)
    #expect(labelled.count == Set(labelled).count)
    #expect(Set(labelled) == Set(reviewed))
  }

  @Test func `the four positions and the contrast pairs are there`() throws {
    let estate = try SimulatedEstate(["--days", "9"])
    let positions = Dictionary(grouping: estate.labels, by: \.position).mapValues(\.count)
    #expect(
      Set(positions.keys) == [
        "normal_low_risk", "normal_high_residual_risk", "abnormal_high_risk", "unknown_needs_evidence",
      ])
    for event in ["CreateAccessKey", "DeleteDBInstance", "CreateRole"] {
      let seen = Set(estate.labels.filter { $0.eventNames.contains(event) }.map(\.position))
      #expect(seen.contains("abnormal_high_risk") && seen.count > 1, "\(event)")
    }
  }

  @Test func `a source that a label calls new was never seen in that account before`() throws {
    let estate = try SimulatedEstate(["--days", "30"])
    let cutOff = try #require(estate.facts["cut_off"] as? String)
    var known: [String: Set<String>] = [:]
    var reviewed: [String: (account: String, source: String)] = [:]
    for event in try estate.events() {
      let account = event["recipientAccountId"] as? String ?? ""
      let source = event["sourceIPAddress"] as? String ?? ""
      if event["eventTime"] as? String ?? "" < cutOff {
        known[account, default: []].insert(source)
      } else {
        reviewed[event["eventID"] as? String ?? ""] = (account, source)
      }
    }
    let drifts = estate.labels.filter {
      $0.newDimensions.contains("source") && !$0.newDimensions.contains("actor")
    }
    #expect(drifts.count > 3)
    for label in drifts {
      for id in label.eventIDs {
        let event = try #require(reviewed[id])
        #expect(known[event.account]?.contains(event.source) == false, "\(label.judgement): \(event.source)")
      }
    }
  }

  @Test func `the inventory knows the address that the nightly refresh comes from`() throws {
    let estate = try SimulatedEstate(["--days", "9"])
    let deletions = try estate.events().filter { $0["eventName"] as? String == "DeleteDBInstance" }
    let owned = estate.files.filter { $0.key.contains("describe-addresses") }
      .map { String(decoding: $0.value, as: UTF8.self) }
    let nightly = deletions.filter { event in
      owned.contains { $0.contains("\"\(event["sourceIPAddress"] as? String ?? "-")\"") }
    }
    #expect(nightly.count == 10)
    #expect(deletions.count == 11)
  }

  @Test func `scale multiplies the recurring lanes and leaves the operations to judge alone`() throws {
    let one = try SimulatedEstate(["--days", "9"])
    let five = try SimulatedEstate(["--days", "9", "--scale", "5"])
    let ratio = Double(five.facts["events"] as? Int ?? 0) / Double(one.facts["events"] as? Int ?? 1)
    #expect(ratio > 3 && ratio < 5)
    #expect(one.labels.map(\.judgement) == five.labels.map(\.judgement))
  }

  @Test(arguments: [
    ([], "--output"), (["--output", "x", "--accounts", "2"], "--accounts"),
    (["--output", "x", "--days", "0"], "--days"), (["--output", "x", "--seeds", "1"], "--seed"),
  ])
  func `a wrong command line ends with 64 and names the option`(arguments: [String], named: String) throws {
    let outcome = try Executable("simulate-estate").run(arguments)
    #expect(outcome.exitCode == 64)
    #expect(outcome.stderr.contains(named))
    #expect(outcome.stdout.isEmpty)
  }

  @Test func `a directory that holds an estate is left as it is, with 73`() throws {
    try withTemporaryDirectory { directory in
      try FileManager.default.createDirectory(
        at: directory.appendingPathComponent("AWSLogs"), withIntermediateDirectories: true)
      let outcome = try Executable("simulate-estate").run(["--output", directory.path])
      #expect(outcome.exitCode == 73)
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["AWSLogs"])
    }
  }
}
