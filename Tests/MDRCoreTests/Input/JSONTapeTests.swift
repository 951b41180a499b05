import Foundation
import Testing

@testable import MDRCore

@Suite struct JSONTapeTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-0", "10", "-1.5", "1e3", "1E-2", "0.0001", "12345678901234567890",
    "\"\"", "\"a\"", #""\"\\\/\b\f\n\r\t""#, #""\u0041\u00e9""#, #""\ud83d\ude00""#, #""\ud800""#,
    "\"é\u{10FFFF}\"", "[]", "{}", "[[],[{}]]", " \t\r\n[1 , 2 ]\n", #"{"a":1,"a":2}"#, #"{"":0}"#,
    #"["12345678","1234567","123456789"]"#,
  ])
  func `reads what the grammar allows`(text: String) throws {
    _ = try JSONValue(parsing: text)
  }

  @Test(arguments: [
    "", " ", "nul", "True", "01", "-", "+1", ".5", "1.", "1e", "1e+", "0x1", "NaN", "\"", "\"a", "\"\t\"",
    "\"\u{0}\"", #""\x""#, #""\u12g4""#, #""\u12"#, "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "{\"a\"",
    "{\"a\":",
    "{\"a\":1", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "{1:1}", "1 2", "[]]", "{}}", "// comment", "'a'",
  ])
  func `refuses what it does not`(text: String) {
    #expect(throws: JSONFault.self) { try JSONValue(parsing: text) }
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3], [0xE2, 0x82], [0xFF], [0xC3, 0x28],
    ] as [[UInt8]])
  func `refuses bytes that are not UTF-8`(bytes: [UInt8]) {
    #expect(throws: JSONFault.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
    #expect(throws: JSONFault.self) {
      try JSONValue(parsing: [0x22] + [UInt8](repeating: 0x61, count: 7) + bytes + [0x22])
    }
  }

  @Test func `decodes escapes, and a lone surrogate to the replacement character`() throws {
    #expect(try JSONValue(parsing: #""\u00e9\n\ud83d\ude00\ud800x""#) == "é\n😀\u{FFFD}x")
  }

  @Test func `stops at a depth that no event has`() throws {
    let deepest =
      String(repeating: "[", count: JSONTape.depthLimit) + String(repeating: "]", count: JSONTape.depthLimit)
    _ = try JSONValue(parsing: deepest)
    #expect(throws: JSONFault.self) { try JSONValue(parsing: "[" + deepest + "]") }
  }

  @Test func `of repeated keys the last counts`() throws {
    #expect(try JSONValue(parsing: #"{"a":1,"\u0061":2}"#) == ["a": 2])
  }

  @Test(arguments: 0..<40)
  func `a cut anywhere is incomplete, never a value and never a crash`(seed: Int) throws {
    let text = #"{"k\u0041":["é",-1.5e3,{"n":null,"t":true}],"s":"0123456789\\\"abc"}"#
    let bytes = Array(text.utf8)
    let cut = bytes.prefix(bytes.count * seed / 40)
    let result = (Array(cut) + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { JSONTape().parse($0, from: 0, count: cut.count) }
    }
    #expect(result == .incomplete)
  }
}
