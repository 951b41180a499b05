import Foundation
import Testing

@testable import MDRCore

/// Critical outcomes are judged by documents without what has to stay out, whether the documents are kept or not.
@Suite struct JudgedDocumentTests {
  private static let fixture = Checkout.root.appendingPathComponent(
    "Tests/Cases/secret-documents/input.jsonl")

  private static func observation(_ record: String, _ normalizer: Normalizer) throws -> Observation {
    let bytes = Array(record.utf8)
    let tape = JSONTape()
    return try (bytes + [UInt8](repeating: 0, count: 64)).withUnsafeBufferPointer { buffer in
      let base = try #require(buffer.baseAddress)
      try #require(tape.parse(base, from: 0, count: bytes.count) == .value(end: bytes.count))
      return normalizer.observation(tape, 0, file: "f", index: 0, sha256: "")
    }
  }

  /// What is said of records with and without their documents.
  private static func verdicts(_ records: [String]) throws -> [(kept: Observation, dropped: Observation)] {
    let rules = try NormalizationRules()
    let (keeping, dropping) = (Normalizer(rules: rules), Normalizer(rules: rules, keepsDetails: false))
    return try records.map { (try observation($0, keeping), try observation($0, dropping)) }
  }

  @Test func `of documents that hold secrets`() throws {
    let records = try String(contentsOf: Self.fixture, encoding: .utf8).split(separator: "\n")
    #expect(records.count > 90)
    var critical = 0
    for (kept, dropped) in try Self.verdicts(records.map(String.init)) {
      #expect(kept.overrides == dropped.overrides, "\(kept.eventID)")
      #expect(kept.businessRisk == dropped.businessRisk, "\(kept.eventID)")
      critical += kept.overrides.isEmpty ? 0 : 1
    }
    #expect(critical > 30)
  }

  /// A record whose description is so long that nothing or little is kept of its documents.
  private static func shared(note: String, padding: Int) -> String {
    #"{"eventVersion":"1.08","eventID":"e","eventTime":"2026-01-01T00:00:00Z","eventSource":"lambda.amazonaws.com","#
      + #""eventName":"AddPermission20150331v2","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.7","#
      + #""userIdentity":{"type":"IAMUser","userName":"u","accountId":"111122223333","arn":"arn:aws:iam::111122223333:user/u"},"#
      + #""recipientAccountId":"111122223333","requestParameters":{"functionName":"f","#
      + #""principal":"arn:aws:iam::999988887777:\#(note)","note":"\#(String(repeating: "a", count: padding))"}}"#
  }

  @Test(arguments: ["root", "role/token=x"], [10, 1 << 16, 5 << 16])
  func `of documents of any length`(note: String, padding: Int) throws {
    let record = Self.shared(note: note, padding: padding)
    let found = try Self.verdicts([record, Self.shared(note: note, padding: 10)])
    let (kept, dropped) = found[0]
    #expect(kept.details.isTruncated == (padding > 10))
    #expect(kept.overrides == dropped.overrides)
    // What is judged doesn't hang on the length.
    #expect(found[1].kept.overrides == kept.overrides)
    try LogLaneReaderTests.withFiles([("a.jsonl", record)]) { folder in
      let difference = try LaneAgreementTests.difference(folder)
      #expect(difference == nil)
    }
  }

  @Test func `lanes of both ways are the same`() throws {
    let difference = try LaneAgreementTests.difference(Self.fixture.path)
    #expect(difference == nil)
  }
}
