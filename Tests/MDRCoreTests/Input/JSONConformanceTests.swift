import Foundation
import ReaderChecks
import Testing

@testable import MDRCore

/// The documents of Tests/Cases/json: what is JSON and what it says, what is none and where it stops being any.
///
/// With RECORD_GOLDEN=1 the faults of the invalid ones are written anew and the test fails, so that the change is
/// looked at.
@Suite struct JSONConformanceTests {
  static let root = Checkout.root.appendingPathComponent("Tests/Cases/json")

  static func names(_ folder: String) -> [String] {
    let files = try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
    return (files ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  static func bytes(_ folder: String, _ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: root.appendingPathComponent("\(folder)/\(name).json")))
  }

  /// A table beside the documents, by its first column.
  static func table(_ path: String) throws -> [String: [String: String]] {
    let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    let rows = Content.rows(of: text)
    #expect(Set(rows.compactMap { $0["name"] }).count == rows.count, "\(path) names a document twice")
    return Dictionary(rows.map { ($0["name"] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `there are documents, and the tables name no others`() throws {
    let (valid, invalid) = (Set(Self.names("valid")), Set(Self.names("invalid")))
    #expect(valid.count > 120)
    #expect(invalid.count > 250)
    #expect(try valid.isSuperset(of: Self.table("valid/expected.tsv").keys))
    #expect(try invalid == Set(Self.table("invalid/expected.tsv").keys))
    #expect(try valid.union(invalid).isSuperset(of: Self.table("foundation-differs.tsv").keys))
  }

  @Test func `a valid document gives the value expected of it`() throws {
    let expected = try Self.table("valid/expected.tsv")
    for name in Self.names("valid") {
      let value = try JSONValue(parsing: try Self.bytes("valid", name))
      guard let text = expected[name]?["value"] else { continue }
      #expect(value.compactText == text, "\(name)")
    }
  }

  @Test func `what we write of a valid document is the same value again`() throws {
    for name in Self.names("valid") where !name.hasPrefix("number-overflow") {
      let value = try JSONValue(parsing: try Self.bytes("valid", name))
      #expect(try JSONValue(parsing: value.compactText) == value, "\(name)")
      #expect(try JSONValue(parsing: value.prettyText) == value, "\(name)")
    }
  }

  @Test func `an invalid document is refused, with the place and the reason`() throws {
    var rows = "# Where each document stops being JSON, in bytes from its start, and what is said of it.\n"
    rows += "name\toffset\treason\n"
    for name in Self.names("invalid") {
      let bytes = try Self.bytes("invalid", name)
      do {
        let value = try JSONValue(parsing: bytes)
        Issue.record("\(name) was read as \(value.compactText)")
      } catch {
        #expect((0...bytes.count).contains(error.offset), "\(name)")
        rows += "\(name)\t\(error.offset)\t\(error.reason)\n"
      }
    }
    let table = Self.root.appendingPathComponent("invalid/expected.tsv")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try Data(rows.utf8).write(to: table)
      Issue.record(
        "invalid/expected.tsv was recorded anew: look at the difference, then run without RECORD_GOLDEN")
    }
    #expect(try String(contentsOf: table, encoding: .utf8) == rows)
  }

  @Test func `depth is read up to the limit and no further`() throws {
    let limit = JSONTape.depthLimit
    for (open, inner, close) in [("[", "", "]"), ("{\"a\":", "1", "}"), ("[{\"a\":", "[]", "}]")] {
      let levels = limit / (open.contains("[{") ? 2 : 1) - (inner == "[]" ? 1 : 0)
      func nested(_ count: Int) -> String {
        String(repeating: open, count: count) + inner + String(repeating: close, count: count)
      }
      _ = try JSONValue(parsing: nested(levels))
      #expect(throws: JSONFault.self) { try JSONValue(parsing: nested(levels + 1)) }
    }
    // Depth is what is open, not what was opened.
    _ = try JSONValue(parsing: "[" + String(repeating: "[[]],", count: 1_000) + "[]]")
  }

  @Test func `a rich document cut anywhere is no value`() throws {
    let rich = try Self.bytes("valid", "rich")
    let end = try #require(rich.lastIndex(of: UInt8(ascii: "}")))
    for count in 0...end {
      #expect(throws: JSONFault.self, "cut after \(count) bytes") {
        try JSONValue(parsing: Array(rich[..<count]))
      }
    }
    _ = try JSONValue(parsing: Array(rich[...end]))
  }

  @Test func `a rich document with any byte replaced never crashes, and what is read is UTF-8`() throws {
    let rich = try Self.bytes("valid", "rich")
    for place in rich.indices {
      for byte: UInt8 in [0, 0x20, 0x22, 0x2C, 0x30, 0x5C, 0x5D, 0x7B, 0x80, 0xC3, 0xF0, 0xFF] {
        var bytes = rich
        bytes[place] = byte
        guard (try? JSONValue(parsing: bytes)) != nil else { continue }
        #expect(String(validating: bytes, as: UTF8.self) != nil, "byte \(byte) at \(place)")
      }
    }
  }

  @Test func `a scalar of any kind ends where its text ends`() throws {
    for text in ["12", "-0.5e3", "true", "\"a\"", "null"] {
      let padded = Array((text + "99999999").utf8)
      let parsed = padded.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { JSONTape().parse($0, from: 0, count: text.utf8.count) }
      }
      #expect(parsed == .value(end: text.utf8.count), "\(text)")
    }
  }

  @Test func `an invalid document in a line costs that line alone`() throws {
    let before = RecordReaderTests.record("a")
    let after = RecordReaderTests.record("b") + "\n" + RecordReaderTests.record("c") + "\n"
    for name in Self.names("invalid") {
      let document = try Self.bytes("invalid", name)
      let line =
        Array("{\"eventName\":\"X\",\"eventID\":\"x\",\"responseElements\":".utf8) + document
        + Array("}\n".utf8)
      // Some documents are invalid by themselves only: within the line they are no longer what they were.
      guard (try? JSONValue(parsing: line)) == nil else { continue }
      let reading = try RecordReaderTests.read(Array((before + "\n").utf8) + line + Array(after.utf8))
      #expect(Set(reading.ids).isSuperset(of: ["a", "b", "c"]), "\(name): \(reading)")
      #expect(!reading.reasons.isEmpty, "\(name)")
    }
  }

  @Test func `a line cut anywhere costs that line alone`() throws {
    let rich = try Self.bytes("valid", "rich").filter { $0 != 0x0A }
    for count in 1..<rich.count - 1 {
      let text = Array((RecordReaderTests.record("a") + "\n").utf8) + rich[..<count]
      let reading = try RecordReaderTests.read(
        text + Array(("\n" + RecordReaderTests.record("b") + "\n").utf8))
      #expect(reading.ids == ["a", "b"], "cut after \(count) bytes: \(reading)")
    }
  }

  @Test func `however the bytes arrive, they are read alike`() throws {
    let check = try ReaderCheck()
    for folder in ["valid", "invalid"] {
      for name in Self.names(folder) {
        let document = try Self.bytes(folder, name)
        try check.run(document)
        let record =
          Array("{\"eventName\":\"X\",\"eventID\":\"x\",\"requestParameters\":".utf8) + document + [
            0x7D, 0x0A,
          ]
        try check.run(record + record)
      }
    }
  }
}
