import CZlib
import Foundation
import ReaderChecks
import Testing

@testable import MDRCore

@Suite struct RecordReaderTests {
  static func record(_ id: String) -> String {
    #"{"eventVersion":"1.08","eventTime":"2026-01-01T00:00:00Z","eventName":"CreateUser","eventSource":"iam.amazonaws.com","eventID":"\#(id)"}"#
  }

  struct Reading: Equatable {
    var ids: [String] = []
    var reasons: [String] = []
    var fault: InputFault?
  }

  static func read(_ bytes: [UInt8], name: String = "input.json") throws -> Reading {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name).path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    var reading = Reading()
    reading.fault = try RawRecordReader().forEachEntry(in: LogFile(path: path, name: name)) {
      entry, index, _ in
      #expect(index == reading.ids.count + reading.reasons.count)
      switch entry {
      case .record(let tape, let node, _, _):
        reading.ids.append(tape.text(tape.member(node, "eventID")) ?? "none")
      case .rejected(let reason): reading.reasons.append(reason)
      }
    }
    return reading
  }

  static func read(_ text: String) throws -> Reading { try read(Array(text.utf8)) }

  /// A record as the text of a JSON string.
  private static func text(_ id: String) -> String {
    record(id).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  @Test(arguments: [
    "{\"preview\":false,\"init_offset\":0,\"messages\":[],\"fields\":[\"_time\",\"_raw\"],\"columns\":[[\"1\",\"2\"],[\"\(text("a"))\",\"\(text("b"))\"]]}",
    "{\"fields\":[{\"name\":\"eventName\"},{\"name\":\"eventID\"},{\"name\":\"eventSource\"},{\"name\":\"eventTime\"}],\"columns\":[[\"CreateUser\",\"CreateUser\"],[\"a\",\"b\"],[\"iam.amazonaws.com\",\"iam.amazonaws.com\"],[\"2026-01-01T00:00:00Z\",\"2026-01-01T00:00:01Z\"]]}",
    "[{\"FrameType\":\"DataSetHeader\",\"Version\":\"v2.0\"},{\"FrameType\":\"DataTable\",\"TableKind\":\"QueryProperties\",\"Columns\":[{\"ColumnName\":\"Key\"}],\"Rows\":[[\"v\"]]},{\"FrameType\":\"DataTable\",\"TableKind\":\"PrimaryResult\",\"Columns\":[{\"ColumnName\":\"raw\"}],\"Rows\":[[\"\(text("a"))\"],[\"\(text("b"))\"]]},{\"FrameType\":\"DataTable\",\"TableKind\":\"QueryCompletionInformation\",\"Columns\":[{\"ColumnName\":\"Payload\"}],\"Rows\":[[\"{}\"]]},{\"FrameType\":\"DataSetCompletion\",\"HasErrors\":false}]",
    "[0] trail: [1693526400.000000000, {\"log\"=>\"\(text("a"))\"}]\n[1] trail: [[1693526401.0, {}], {\"host\"=>\"h\", \"log\"=>\"\(text("b"))\"}]\n",
  ])
  func `answers by columns, in frames and in hashes are read without a reject`(text: String) throws {
    let reading = try Self.read(text)
    #expect(reading == Reading(ids: ["a", "b"]), "\(text)")
  }

  @Test func `lines of hashes may be damaged one by one, and any number long`() throws {
    let lines = (0..<4_000).map { #"[\#($0)] t: [1.0, {"log"=>"\#(Self.text("e\($0)"))"}]"# }
    var damaged = lines
    damaged[5] = #"[5] t: [1.0, {"log"=>"{\"eventName\": "}]"#
    damaged[6] = #"[6] t: [1.0, {"log"=>"plain"}]"#
    let reading = try Self.read(damaged.joined(separator: "\n"))
    #expect(reading.ids.count == 3_998 && reading.reasons.count == 2)
  }

  @Test(arguments: [
    "{\"Records\":[\(record("a")),\(record("b"))]}",
    "[\(record("a")),\(record("b"))]",
    "\(record("a"))\n\(record("b"))\n",
    "\(record("a"))\r\n\r\n\(record("b"))",
    "\(record("a"))\(record("b"))",
    "\u{FEFF}{ \"Records\" : [ \(record("a")) , \(record("b")) ] }",
    "{\"NextToken\":\"x\",\"Events\":[{\"detail\":\(record("a"))},{\"detail\":\(record("b"))}]}",
    "[{\"Records\":[\(record("a"))]},{\"Records\":[\(record("b"))]}]",
    "{\"Records\":[\(record("a"))],\"x\":{\"y\":[1]},\"z\":2}\n{\"Records\":[\(record("b"))]}",
    "{\"hits\":{\"hits\":[{\"_source\":\(record("a"))},{\"_source\":\(record("b"))}]}}",
  ])
  func `finds the records of every container`(text: String) throws {
    #expect(try Self.read(text) == Reading(ids: ["a", "b"]))
  }

  @Test func `unwraps text within text`() throws {
    func quoted(_ text: String) -> String { JSONValue.string(text).compactText }
    let lookup = "{\"EventId\":\"a\",\"CloudTrailEvent\":\(quoted(Self.record("a")))}"
    let message = "{\"logEvents\":[{\"id\":\"1\",\"message\":\(quoted(Self.record("b")))}]}"
    let sns = "{\"Records\":[{\"body\":\(quoted("{\"Message\":\(quoted(Self.record("c")))}"))}]}"
    #expect(try Self.read(lookup + "\n" + message + "\n" + sns) == Reading(ids: ["a", "b", "c"]))
  }

  @Test func `a damaged line costs that line alone`() throws {
    let reading = try Self.read(
      "\(Self.record("a"))\n{\"eventVersion\": oops}\n\(Self.record("b"))\n{\"eventVersion\":\"1.0")
    #expect(reading.ids == ["a", "b"])
    #expect(reading.reasons == ["a value is missing", "the file ends within a record"])
  }

  @Test func `what is no CloudTrail event is named`() throws {
    let reading = try Self.read(
      """
      {"detail-type":"Scheduled Event","detail":{}}
      {"eventType":"AwsCloudTrailInsight","eventID":"i","insightDetails":{}}
      {"digestStartTime":"2026-01-01T00:00:00Z"}
      7
      """)
    #expect(reading.ids.isEmpty)
    #expect(
      reading.reasons == [
        "an EventBridge event (Scheduled Event) that holds no CloudTrail record",
        "a CloudTrail Insights event, which counts calls and is no call",
        "a CloudTrail digest file, which holds no events", "a number where a record should be",
      ])
  }

  @Test func `a notification is no event, whatever names it bears`() throws {
    let reading = try Self.read(
      """
      {"Records":[{"eventID":"1","eventName":"INSERT","eventSource":"aws:dynamodb","awsRegion":"eu-west-1"},
      {"eventID":"s:4","eventName":"aws:kinesis:record","eventSource":"aws:kinesis","awsRegion":"eu-west-1"}]}
      """)
    #expect(
      reading.reasons == [
        "a notification of aws:dynamodb, which holds no CloudTrail record",
        "a notification of aws:kinesis, which holds no CloudTrail record",
      ])
    #expect(reading.ids.isEmpty)
  }

  @Test(arguments: [
    #"{"eventVersion":"1.08","eventName":"","requestParameters":{"a":\#(record("forged"))}}"#,
    #"{"eventVersion":"1.08","userIdentity":{"a":[\#(record("forged"))]}}"#,
    #"{"configurationItems":[{"configuration":\#(JSONValue.string(record("forged")).compactText)}]}"#,
    #"{"app":"web","body":{"eventName":"CreateUser","awsRegion":"eu-west-1"}}"#,
    #"{"app":"web","line":"{\"eventName\":\"CreateUser\",\"eventID\":\"forged\"}"}"#,
  ])
  func `what a caller or another log wrote is no record, though it looks like one`(text: String) throws {
    let reading = try Self.read(text)
    #expect(reading.ids.isEmpty && reading.reasons.count == 1, "\(reading)")
  }

  @Test func `an empty list hides no record beside it`() throws {
    #expect(try Self.read(#"{"a":1,"messages":[],"lines":[\#(Self.record("a"))]}"#) == Reading(ids: ["a"]))
    #expect(try Self.read(#"{"a":1,"messages":[],"fields":[]}"#) == Reading())
    #expect(try Self.read(#"{"a":1,"value":{}}"#).reasons.count == 1)
  }

  @Test(arguments: ["null", #"{\"a\":1}"#, "[]"])
  func `a text with other JSON hides no record beside it`(text: String) throws {
    let message = "{\"message\":\(JSONValue.string(text).compactText)"
    #expect(try Self.read(message + ",\"lines\":[\(Self.record("a"))]}") == Reading(ids: ["a"]))
    #expect(try Self.read(message + ",\"level\":3}").reasons.count == (text == "[]" ? 0 : 1))
  }

  @Test func `the results of an answer pass one by one, whatever it says of itself first`() throws {
    let answer =
      #"{"preview":false,"init_offset":0,"messages":[],"fields":[{"name":"_raw"}],"results":["#
      + "\(Self.record("a")),{\"eventVersion\": oops},\(Self.record("b"))],\"highlighted\":{}}"
    let reading = try Self.read(answer + "\n" + Self.record("c"))
    #expect(reading == Reading(ids: ["a", "b", "c"], reasons: ["a value is missing"]))
  }

  @Test func `text before the first object costs that text alone`() throws {
    let reading = try Self.read("Warning: slow down\nand again\n\(Self.record("a"))\n\(Self.record("b"))")
    #expect(reading == Reading(ids: ["a", "b"], reasons: ["text before the first JSON object"]))
  }

  @Test func `files without JSON say so`() throws {
    #expect(try Self.read("").fault == .empty)
    #expect(try Self.read("hello there").fault == .notJSON(start: "\u{201C}hello there\u{201D}", format: nil))
    #expect(
      try Self.read([0x7F, 0x45, 0x4C, 0x46, 0x02]).fault == .notJSON(start: "bytes 7f 45 4c 46", format: nil)
    )
  }

  @Test(arguments: [
    "", "\u{FEFF}", "\n", "\r\n\n", "  \n", "\t\n", "\u{FEFF}\n\t \t\n ",
    String(repeating: " \t", count: 5_000) + "\n",
  ])
  func `a table begins at its first line with text, however it is read`(start: String) throws {
    // More than the start of a file that is looked at to tell what it is.
    let agent = String(repeating: "agent", count: 200)
    let rows =
      "eventID,eventName,awsRegion,userAgent\na,CreateUser,eu-west-1,\(agent)\nb,CreateUser,eu-west-1,\(agent)\n"
    let tabs = rows.split(separator: "\n").enumerated().map { "\($0)\t" + $1.replacing(",", with: "\t") }
    let check = try ReaderCheck()
    // A table's row numbers have no column name.
    for text in [rows, tabs.joined(separator: "\n").replacing(/^0/, with: "")] {
      let bytes = Array((start + text).utf8)
      #expect(try Self.read(bytes) == Reading(ids: ["a", "b"]), "\(text)")
      // Whole and in pieces, as observations and as lanes.
      #expect(throws: Never.self) { try check.run(bytes) }
    }
  }

  @Test func `records larger than the window are read`() throws {
    let padding = String(repeating: "p", count: 3 << 20)
    let big = Self.record("big").dropLast() + ",\"requestParameters\":{\"p\":\"\(padding)\"}}"
    #expect(
      try Self.read("{\"Records\":[\(Self.record("a")),\(big),\(Self.record("b"))]}").ids == [
        "a", "big", "b",
      ])
  }

  @Test func `gzip of many members is one stream, and a cut one gives what it has`() throws {
    let first = Gzip.compressed("{\"Records\":[\(Self.record("a")),")
    let second = Gzip.compressed("\(Self.record("b")),\(Self.record("c"))]}")
    #expect(try Self.read(first + second) == Reading(ids: ["a", "b", "c"]))
    let many = Gzip.compressed((0..<5_000).map { Self.record("r\($0 &* 7_919)") }.joined(separator: "\n"))
    let cut = try Self.read(Array(many.prefix(many.count / 2)))
    #expect(cut.fault == .truncatedGzip)
    #expect(cut.ids.count > 1_000)
    #expect(cut.ids == (0..<cut.ids.count).map { "r\($0 &* 7_919)" })
  }

  @Test func `a cut gzip file gives the same bytes whatever room they are read into`() throws {
    let whole = Gzip.compressed(String(repeating: "0123456789", count: 20_000))
    for cut in [30, 60, 100, whole.count - 9] {
      let counts = try [1, 100, 333, 4_096, 1 << 20].map { room in
        let producer = try GzipProducer(source: MemoryProducer(Array(whole.prefix(cut))))
        let window = ByteWindow(producer: producer, capacity: room)
        while !window.isAtEnd { _ = window.advance(keepingFrom: window.count) }
        #expect(window.fault == .truncatedGzip)
        return window.fileOffset + window.count
      }
      #expect(Set(counts).count == 1, "cut after \(cut) bytes: \(counts)")
      #expect(counts[0] > 0)
    }
  }

  @Test func `a gzip file within a damaged one gives the same bytes whatever room they are read into`() throws
  {
    let inner = Gzip.compressed((0..<2_000).map { "\($0 &* 7_919)" }.joined(separator: ","))
    var outer = Gzip.compressed(inner)
    // The check sums of the outer file, of which the inner one was stored as it is, and its end.
    for damaged in [outer.count - 6, outer.count - 1] {
      outer[damaged] ^= 0xFF
      for bytes in [outer, Array(outer.prefix(outer.count / 2))] {
        let counts = try [1, 100, 333, 4_096, 1 << 20].map { room in
          let window = ByteWindow(
            producer: try GzipProducer.unpacked(MemoryProducer(bytes)), capacity: room)
          while !window.isAtEnd { _ = window.advance(keepingFrom: window.count) }
          #expect(window.fault == (bytes.count == outer.count ? .damagedGzip : .truncatedGzip))
          return window.fileOffset + window.count
        }
        #expect(Set(counts).count == 1, "\(counts)")
        #expect(counts[0] > 1_000)
      }
    }
  }

  @Test func `a gzip bomb is left alone`() throws {
    let bomb = Gzip.compressed("{\"a\":\"" + String(repeating: "x", count: 200 << 20))
    #expect(try Self.read(bomb).fault == .gzipBomb(ratio: GzipProducer.ratioLimit))
  }
}

enum Gzip {
  /// A gzip member with the text.
  static func compressed(_ text: String) -> [UInt8] { compressed(Array(text.utf8)) }

  /// A gzip member with the bytes.
  static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    var input = bytes
    var output = [UInt8](repeating: 0, count: input.count + 1_024)
    let count = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output -> Int in
        deflateInit2_(
          &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        deflate(&stream, Z_FINISH)
        deflateEnd(&stream)
        return Int(stream.total_out)
      }
    }
    return Array(output.prefix(count))
  }
}
