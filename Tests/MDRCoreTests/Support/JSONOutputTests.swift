import Foundation
import Testing

@testable import MDRCore

@Suite struct JSONOutputTests {
  /// The spelling of a string, character by character.
  static func plain(_ text: String) -> String {
    var output = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += #"\""#
      case "\\": output += #"\\"#
      case "\n": output += #"\n"#
      case "\r": output += #"\r"#
      case "\t": output += #"\t"#
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        output += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
      case _ where scalar.isHidden:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          output += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output + "\""
  }

  /// The spelling by a buffer, which a cursor's is held to.
  static func written(_ text: String) -> String {
    var output = JSONOutput()
    output.append(text)
    var line = JSONOutput()
    line.write(atMost: JSONCursor.longest(text)) { $0.write("", text) }
    #expect(line.bytes == output.bytes)
    return output.text
  }

  @Test func `strings are spelled as character by character, wherever a mark stands`() {
    let marks =
      (0..<0x20).map { Character(Unicode.Scalar($0)) } + ["\"", "\\", "\u{7F}", "\u{2028}", "é", "𝄞", "a"]
    for length in 0..<40 {
      for mark in marks {
        for position in 0..<length {
          var text = String(repeating: "x", count: length - 1)
          text.insert(mark, at: text.index(text.startIndex, offsetBy: position))
          #expect(Self.written(text) == Self.plain(text))
        }
      }
    }
    #expect(Self.written("") == "\"\"")
  }

  @Test func `characters that nobody sees are spelled by number, and read back as they were`() throws {
    let hidden = "a\u{9B}31m\u{202E}b\u{200B}c\u{AD}d\u{2066}\u{FEFF}\u{E0041}\u{FE0F}é 日本 𝄞"
    let spelled = #""a\u009b31m\u202eb\u200bc\u00add\u2066\ufeff\udb40\udc41\ufe0fé 日本 𝄞""#
    #expect(Self.written(hidden) == spelled)
    #expect(try JSONValue(parsing: Array(spelled.utf8)) == .string(hidden))
  }

  @Test func `random strings read back as they were, and are spelled as character by character`() throws {
    var random = FixedGenerator(state: 41)
    let scalars: [Unicode.Scalar] =
      (0..<0x90).compactMap { Unicode.Scalar($0) } + [
        "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{10FFFF}", "\u{FFFD}",
      ]
    for _ in 0..<2_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0..<60, using: &random) {
        text.unicodeScalars.append(
          Int.random(in: 0..<4, using: &random) == 0 ? scalars.randomElement(using: &random) ?? "a" : "b")
      }
      #expect(Self.written(text) == Self.plain(text))
      let read = try JSONValue(parsing: Array(Self.written(text).utf8))
      #expect(read.string.map { Array($0.utf8) } == Array(text.utf8))
    }
  }

  @Test func `a lone half of a character is spelled as the mark that stands for it`() {
    let text = String(decoding: [0x61, 0xED, 0xA0, 0x80, 0xC3, 0x22, 0xFF] as [UInt8], as: UTF8.self)
    #expect(Self.written(text) == Self.plain(text))
  }

  @Test func `numbers are spelled as the standard library does`() {
    var numbers = [Int.min, Int.min + 1, Int.max, Int.max - 1]
    var limit = 1
    while limit < Int.max / 10 {
      numbers += [limit - 1, limit, limit + 1, -limit, -limit + 1, -limit - 1, limit * 7]
      limit *= 10
    }
    var random = FixedGenerator(state: 5)
    for _ in 0..<1_000 {
      numbers.append(Int.random(in: .min ... .max, using: &random) >> Int.random(in: 0..<64, using: &random))
    }
    for number in numbers {
      var output = JSONOutput()
      output.append(number)
      #expect(output.text == "\(number)")
    }
  }

  @Test func `thousandths are spelled as the number that they are`() {
    for number in Array(0..<20_000) + [999_999, 1_000_000, 1_000_001, -1, -1_500, .max / 4] {
      var output = JSONOutput()
      output.write(atMost: 64) { $0.write("", thousandths: number) }
      #expect(output.text == "\(Double(number) / 1_000)")
    }
  }

  @Test func `moments and runs of days are spelled as elsewhere`() {
    var random = FixedGenerator(state: 8)
    for _ in 0..<1_000 {
      let time = Timestamp(seconds: Int.random(in: -90_000_000_000..<600_000_000_000, using: &random))
      var output = JSONOutput()
      output.write(atMost: 64) { $0.write("", time) }
      #expect(output.text == "\"\(time.iso8601)\"")
      let days = Set((0..<30).map { _ in time.day + Int.random(in: 0..<40, using: &random) }).sorted()
      var list = JSONOutput()
      list.write(atMost: 64 * days.count) { $0.write("", days: days) }
      let starts = days.filter { !days.contains($0 - 1) }
      let runs = starts.map { start in
        let length = (1...days.count).first { !days.contains(start + $0) } ?? 0
        return "[\"\(Timestamp.startOfDay(start).date)\",\(length)]"
      }
      #expect(list.text == "[\(runs.joined(separator: ","))]")
    }
  }

  @Test func `hours of the day are listed in order`() {
    var random = FixedGenerator(state: 9)
    for _ in 0..<500 {
      let hours = Set(
        (0..<Int.random(in: 0..<40, using: &random)).map { _ in Int.random(in: 0..<24, using: &random) })
      var output = JSONOutput()
      output.write(atMost: 128) { $0.write("", HoursOfDay(hours)) }
      #expect(output.text == "[" + hours.sorted().map(String.init).joined(separator: ",") + "]")
      #expect(Array(HoursOfDay(hours)) == hours.sorted())
    }
    #expect(Array(HoursOfDay([-1, 24, 99])) == [])
  }

  @Test func `a buffer grows, is emptied and is copied without losing a byte`() {
    var output = JSONOutput(reserving: 3)
    var expected = ""
    for number in 0..<2_000 {
      output.append(raw: "raw")
      output.append(String(repeating: "y", count: number % 70))
      output.append(number)
      expected += "raw\"" + String(repeating: "y", count: number % 70) + "\"\(number)"
    }
    #expect(output.text == expected && output.count == expected.utf8.count)
    let copy = output
    output.removeAll()
    output.append(1)
    #expect(copy.text == expected && copy.bytes == Array(expected.utf8) && output.bytes == [0x31])
    #expect(copy.finished() == Array(expected.utf8) && JSONOutput().finished().isEmpty)
  }
}
