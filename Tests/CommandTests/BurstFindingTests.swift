import Foundation
import Testing

/// A burst of calls of which none stands out is one finding with all of them, and evidence of all of them.
@Suite struct BurstFindingTests {
  private static let count = 45

  private static let logs = (0..<count).map { number in
    #"""
    {"eventVersion":"1.09","eventTime":"2026-05-03T10:00:\#(String(number + 10))Z","userIdentity":{"type":"IAMUser",\#
    "userName":"ops","accountId":"111122223333","arn":"arn:aws:iam::111122223333:user/ops",\#
    "accessKeyId":"AKIAEXAMPLEKEY000001"},"eventSource":"s3.amazonaws.com","eventName":"DeleteObject",\#
    "awsRegion":"us-east-1","sourceIPAddress":"192.0.2.10","userAgent":"aws-cli/2.15.0",\#
    "requestParameters":{"bucketName":"payroll","key":"slip-\#(number)"},"responseElements":null,\#
    "eventID":"20000000-0000-4000-8000-0000000000\#(number + 10)","eventType":"AwsApiCall",\#
    "managementEvent":false,"eventCategory":"Data","recipientAccountId":"111122223333"}
    """#
  }.joined(separator: "\n")

  private static func run(_ tool: String, _ arguments: String, in folder: URL) throws {
    let outcome = try Executable(tool).run(arguments.split(separator: " ").map(String.init), in: folder)
    #expect([0, 2].contains(outcome.exitCode), "\(tool) \(arguments): \(outcome.stderr)")
  }

  private static func findings(_ path: String, in folder: URL) throws -> [[String: Any]] {
    try Data(contentsOf: folder.appendingPathComponent(path)).split(separator: 0x0A)
      .map { try SimulatedEstate.object(Array($0)) }
  }

  @Test func `a burst is told and packed whole, from logs as from observations`() throws {
    try withTemporaryDirectory { folder in
      try Data((Self.logs + "\n").utf8).write(to: folder.appendingPathComponent("events.jsonl"))
      try Self.run("business-triage", "run --logs events.jsonl --output of-logs", in: folder)
      try Self.run("normalize-observations", "--input events.jsonl --output observations", in: folder)
      try Self.run("business-triage", "run --observations observations --output triage", in: folder)
      let findings = try Self.findings("triage/findings.jsonl", in: folder)
      let finding = try #require(findings.first)
      #expect(findings.count == 1)
      #expect(finding["count"] as? Int == Self.count)
      #expect((finding["event_ids"] as? [String])?.count == Self.count)
      #expect(finding["detections"] as? [String] == ["objects-deleted-in-bulk"])
      let other = try #require(try Self.findings("of-logs/findings.jsonl", in: folder).first)
      #expect(other["event_ids"] as? [String] == finding["event_ids"] as? [String])
      try Self.run(
        "raw-evidence-pack",
        "build --observations observations --findings triage/findings.jsonl --output pack", in: folder)
      let manifest = try Data(contentsOf: folder.appendingPathComponent("pack/manifest.json"))
      let text = String(decoding: manifest, as: UTF8.self)
      for number in 0..<Self.count {
        #expect(text.contains("20000000-0000-4000-8000-0000000000\(number + 10)"), "\(number)")
      }
    }
  }
}
