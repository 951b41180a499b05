import Foundation
import ReaderChecks
import Testing

@testable import MDRCore

/// However an exporter wraps and encodes records, they are the observations that a plain delivery gives.
@Suite struct WrapperAgreementTests {
  struct Wrapper: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let wrap: @Sendable ([String]) -> String

    init(_ name: String, _ wrap: @escaping @Sendable ([String]) -> String) {
      testDescription = name
      self.wrap = wrap
    }

    /// A wrapper with all records in one list, `item` around each.
    static func list(
      _ name: String, _ start: String, _ end: String, item: @escaping @Sendable (String) -> String
    )
      -> Wrapper
    {
      Wrapper(name) { start + $0.map(item).joined(separator: ",") + end }
    }

    /// A wrapper with each record on a line of its own.
    static func lines(_ name: String, item: @escaping @Sendable (String) -> String) -> Wrapper {
      Wrapper(name) { $0.map { item($0) + "\n" }.joined() }
    }
  }

  private static func quoted(_ text: String) -> String { JSONValue.string(text).compactText }
  private static func base64(_ text: String) -> String { quoted(Data(text.utf8).base64EncodedString()) }
  private static func packed(_ text: String) -> String {
    quoted(Data(Gzip.compressed(text)).base64EncodedString())
  }
  private static func bus(_ record: String) -> String {
    #"{"version":"0","detail-type":"AWS API Call via CloudTrail","source":"aws.iam","detail":\#(record)}"#
  }
  private static func topic(_ message: String) -> String {
    #"{"Type":"Notification","MessageId":"x","Message":\#(quoted(message)),"Signature":"AAAA"}"#
  }
  private static func group(_ records: [String]) -> String {
    let events = records.map { #"{"id":"1","timestamp":1767600060000,"message":\#(quoted($0))}"# }
    return #"{"messageType":"DATA_MESSAGE","logGroup":"g","logEvents":[\#(events.joined(separator: ","))]}"#
  }
  private static func cell(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }

  static let wrappers: [Wrapper] =
    [
      .list("array", "[", "]") { $0 }, .lines("lines") { $0 },
      Wrapper("concatenated") { $0.joined() },
      .list("with commas at the end", "[", ",]") { $0 },
      Wrapper("lines with commas") { $0.joined(separator: ",\n") },
      .lines("a delivery on each line") { "{\"Records\":[\($0)]}" },
      .list("behind other members", #"{"NextToken":"x","a":{"b":[1]},"records":["#, "]}") { $0 },
      .list("LookupEvents", #"{"Events":["#, #"],"NextToken":"x"}"#) {
        #"{"EventId":"x","EventName":"y","EventTime":"2026-01-05T09:01:00+01:00","CloudTrailEvent":\#(quoted($0))}"#
      },
      .list("strings", "[", "]") { quoted($0) }, .lines("strings on lines") { quoted($0) },
      .lines("text sequence") { "\u{1E}" + $0 }, .lines("event bus") { bus($0) },
      .list("queue, topic, bus", #"{"Records":["#, "]}") {
        #"{"messageId":"x","eventSource":"aws:sqs","awsRegion":"us-east-1","body":\#(quoted(topic(bus($0))))}"#
      },
      .list("topic", #"{"Records":["#, "]}") { #"{"EventSource":"aws:sns","Sns":\#(topic(bus($0)))}"# },
      .list("received messages", #"{"Messages":["#, "]}") { #"{"MessageId":"x","Body":\#(quoted($0))}"# },
      Wrapper("log group") { group($0) },
      Wrapper("log group, packed") { #"{"awslogs":{"data":\#(packed(group($0)))}}"# },
      .list("delivery stream", #"{"invocationId":"x","records":["#, "]}") {
        #"{"recordId":"1","data":\#(packed(group([$0])))}"#
      },
      .list("data stream", #"{"Records":["#, "]}") {
        #"{"kinesis":{"data":\#(base64($0))},"eventSource":"aws:kinesis","eventID":"s:4","eventName":"aws:kinesis:record","awsRegion":"us-east-2"}"#
      },
      .list("Kafka", #"{"eventSource":"aws:kafka","records":{"topic-0":["#, "]}}") {
        #"{"topic":"t","offset":1,"value":\#(base64($0))}"#
      },
      .list("Logs Insights", #"{"results":["#, #"],"status":"Complete"}"#) {
        #"[{"field":"@timestamp","value":"2026"},{"field":"@message","value":\#(quoted($0))}]"#
      },
      .lines("export of a log group") { "2026-01-05T08:01:00.000Z \($0)" },
      .lines("Splunk") { #"{"preview":false,"result":{"_raw":\#(quoted($0)),"host":"h"}}"# },
      .list("Splunk's rows", #"{"messages":[],"fields":["_time","_raw"],"rows":["#, "]}") {
        #"["2026",\#(quoted($0))]"#
      },
      .lines("event collector") { #"{"sourcetype":"aws:cloudtrail","event":\#($0)}"# },
      .list("search hits", #"{"took":1,"hits":{"total":{"value":1},"hits":["#, "]}}") {
        #"{"_index":"i","_source":\#($0)}"#
      },
      .lines("original") { #"{"_source":{"event":{"original":\#(quoted($0)),"action":"x"}}}"# },
      .lines("bulk request") { #"{"index":{"_index":"i"}}\#n\#($0)"# },
      .list("several searches", #"{"responses":[{"hits":{"hits":["#, "]}}]}") { #"{"_source":\#($0)}"# },
      .list("columns and values", #"{"columns":[{"name":"t"},{"name":"event.original"}],"values":["#, "]}") {
        #"["2026",\#(quoted($0))]"#
      },
      .lines("payload") { #"{"sourceip":"1.2.3.4","decoded_payload":\#($0)}"# },
      .lines("entries") { #"{"insertId":"x","jsonPayload":\#($0),"logName":"x"}"# },
      .lines("log shipper") { #"{"date":1.5,"log":\#(quoted($0)),"stream":"stdout"}"# },
      .list("streams", #"{"status":"success","data":{"result":[{"stream":{},"values":["#, "]}]}}") {
        #"["1767600060000000000",\#(quoted($0))]"#
      },
      .list("scopes", #"{"resourceLogs":[{"scopeLogs":[{"logRecords":["#, "]}]}]}") {
        #"{"timeUnixNano":"1","body":{"stringValue":\#(quoted($0))}}"#
      },
      .lines("attributes") { #"{"_id":"x","message":"x","attributes":\#($0)}"# },
      .lines("alert") { #"{"rule":{"level":3},"data":{"integration":"aws","aws":\#($0)}}"# },
      .lines("alert as text") {
        #"{"rule":{},"full_log":\#(quoted(#"{"integration":"aws","aws":\#($0)}"#))}"#
      },
      .lines("a member of any name") { #"{"a":{"b":[{"c":\#(quoted($0))}]}}"# },
      .lines("table") { "x," + cell($0) },
    ].map { wrapper in
      guard wrapper.testDescription == "table" else { return wrapper }
      return Wrapper("table") { "when,what\n" + wrapper.wrap($0) }
    } + [
      Wrapper("table of one column") { "record\n" + $0.map { cell($0) + "\n" }.joined() },
      Wrapper("table with bars") { "_time|_raw\n" + $0.map { "1|" + cell($0) + "\n" }.joined() },
    ]

  enum Encoding: CaseIterable {
    case plain, gzip, members, mark, lineEnds, littleEndian, bigEndian

    func bytes(_ text: String) -> [UInt8] {
      func wide(_ order: (UInt16) -> [UInt8]) -> [UInt8] { order(0xFEFF) + text.utf16.flatMap(order) }
      switch self {
      case .plain: return Array(text.utf8)
      case .gzip: return Gzip.compressed(text)
      case .members:
        let bytes = Array(text.utf8)
        return Gzip.compressed(Array(bytes[..<(bytes.count / 3)]))
          + Gzip.compressed(Array(bytes[(bytes.count / 3)...]))
      case .mark: return [0xEF, 0xBB, 0xBF] + text.utf8
      case .lineEnds: return Array(text.replacing("\n", with: "\r\n").utf8)
      case .littleEndian: return wide { [UInt8($0 & 255), UInt8($0 >> 8)] }
      case .bigEndian: return wide { [UInt8($0 >> 8), UInt8($0 & 255)] }
      }
    }
  }

  /// Records of the cases with what is odd in identities, names, documents and times: those by which a record is known
  /// wherever it stands.
  private static func records() throws -> [String] {
    let cases = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Cases/normalize")
    return try ["identities", "names-and-policies", "nulls", "network-activity", "no-identity-id-time"]
      .flatMap {
        try String(contentsOf: cases.appendingPathComponent("\($0)/input.jsonl"), encoding: .utf8)
          .split(whereSeparator: \.isNewline).map(String.init).filter {
            $0.contains(#""eventName":""#) && $0.contains(#""eventSource":""#)
              && $0.contains(#""eventVersion""#)
          }
      }
  }

  /// Lines without their place and without what the wrapper made of the record, in the order of their texts.
  private static func observations(_ lines: [[UInt8]]) throws -> [String] {
    try lines.map { line in
      var value = try JSONValue(parsing: line)
      value["record"] = nil
      let notes = (value["generalisations"]?.strings ?? []).filter { !$0.hasPrefix("record:") }
      value["generalisations"] = JSONValue(notes)
      return value.compactText
    }.sorted()
  }

  @Test(arguments: wrappers)
  func `a wrapper changes no observation, however it is encoded`(wrapper: Wrapper) throws {
    let records = try Self.records()
    #expect(records.count > 20)
    let check = try ReaderCheck()
    let delivery = Array("{\"Records\":[\(records.joined(separator: ","))]}".utf8)
    let expected = try Self.observations(
      check.outcome(of: delivery, pieces: [], windowSize: 1 << 16).lines)
    #expect(expected.count == records.count)
    for encoding in Encoding.allCases {
      let bytes = encoding.bytes(wrapper.wrap(records))
      let outcome = try check.outcome(of: bytes, pieces: [], windowSize: 1 << 16)
      #expect(outcome.rejects == [] && outcome.fault == nil, "\(encoding)")
      #expect(try Self.observations(outcome.lines) == expected, "\(encoding)")
      if encoding == (wrapper.testDescription == "lines" ? .littleEndian : .plain) {
        // Whole and in pieces, as observations and as lanes.
        #expect(throws: Never.self) { try check.run(bytes) }
      }
    }
  }
}
