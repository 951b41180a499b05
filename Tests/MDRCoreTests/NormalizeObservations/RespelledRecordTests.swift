import Foundation
import ReaderChecks
import Testing

@testable import MDRCore

/// What an exporter does to a record's spacing and to the order of its members says nothing of the event.
@Suite struct RespelledRecordTests {
  private static func observations(_ text: String) throws -> [JSONValue] {
    try ReaderCheck().outcome(of: Array(text.utf8), pieces: [], windowSize: 1 << 16).lines.map {
      try JSONValue(parsing: $0)
    }
  }

  @Test func `an event without an id is the same in every spelling`() throws {
    let ids = try Self.observations(
      """
      {"eventName":"CreateUser","eventSource":"iam.amazonaws.com","requestParameters":{"userName":"a","path":"/"}}
      { "eventSource" : "iam.amazonaws.com",
        "requestParameters" : { "path" : "/", "userName" : "\\u0061" }, "eventName" : "CreateUser" }
      {"eventName":"CreateUser","eventSource":"iam.amazonaws.com","requestParameters":{"userName":"b","path":"/"}}
      """
    ).map { $0["event_id"]?.string }
    #expect(ids.count == 3 && ids[0] == ids[1] && ids[1] != ids[2])
    #expect(ids[0]?.hasPrefix("content:") == true)
  }

  @Test func `documents are kept by what they hold, however far apart it is written`() throws {
    let items = (0..<2_000).map { "\"item-\($0)\"" }
    func record(_ separator: String) -> String {
      #"{"eventName":"RunInstances","eventSource":"ec2.amazonaws.com","requestParameters":{"items":[\#(items.joined(separator: separator))]}}"#
    }
    let separators = [
      ",", ",\n" + String(repeating: " ", count: 40), "," + String(repeating: " ", count: 200),
    ]
    let read = try separators.map(record).map {
      try #require(try Self.observations($0).first)
    }
    #expect(read[0]["request"]?["items"]?.elements.count == 2_000)
    #expect(read[1] == read[0].with(read[1]["record"]))
    // Too far apart to be looked at.
    #expect(read[2]["details_truncated"] == .bool(true))
  }

  @Test func `files without a record are named, and are no caveat`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in [
      ("a.json", #"{"Records":[]}"#), ("b.json", #"{"Events":[],"NextToken":"x"}"#), ("c.json", "[]"),
      ("d.json", RecordReaderTests.record("d")), ("e.json", "{\"a\":1,\"messages\":[]}"),
    ] { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    let files = try LogFileDiscovery.files(in: [folder.path])
    let (tally, accounting) = try ObservationLines(files: files, jobs: 2, archetypes: ArchetypeRules()).read {
      _ in
    } progress: {
      _ in
    } _: { _ in
    }
    #expect(accounting.emptyFiles == ["a.json", "b.json", "c.json", "e.json"])
    #expect(accounting.caveats == [] && accounting.records == 1)
    let document = ObservationsDocument(
      accounting: accounting, hours: tally.hours, places: RejectPlaces(), copiesAcrossAccounts: 0
    ).document.rendered
    for name in accounting.emptyFiles { #expect(document.contains("`\(name)`")) }
  }
}

extension JSONValue {
  /// The object with another record named.
  fileprivate func with(_ record: JSONValue?) -> JSONValue {
    var value = self
    value["record"] = record
    return value
  }
}
