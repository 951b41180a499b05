import Testing

@testable import MDRCore

/// Documents that go into a line as they are are those that cleaning would leave as they are.
@Suite struct DocumentCheckTests {
  private static let keys = [
    "a", "bucketName", "password", "environment", "name", "value", "key", "p\\u0061ss", "x-y", "é", "",
    "secretString", "tags", "command",
  ]
  private static let values = [
    "1", "true", "null", "-2.5e3", #""""#, #""plain""#, #""two words: and more""#,
    #""https://example.com/a""#,
    #""a--b""#, #""-----BEGIN RSA PRIVATE KEY-----abc""#, #""x=y""#, #""aws_secret_access_key=abcdefgh""#,
    #""100%""#, #""back\\slash""#, #""quote\"d \"password\":\"x\"""#, #""half \ud83d""#, #""é 漢""#,
    #""password""#, #""exactly sixteen!""#, #""tab\t""#, "\"bare \u{7F}\"", #""postgres://u:p@h/d""#,
    #""mysql""#, #""-1""#, #""\u002d-token""#, #""-\u0070word""#, #""-pword""#, #""--password""#,
    #""mysql -pword""#, #""pwd=a""#,
  ]

  private static func document(_ random: inout SplitMix, depth: Int, space: String) -> String {
    switch Int.random(in: 0..<(depth < 3 ? 5 : 3), using: &random) {
    case 3:
      let members = (0..<Int.random(in: 0..<5, using: &random)).map { _ in
        "\"\(keys.randomElement(using: &random) ?? "")\":"
          + document(&random, depth: depth + 1, space: space)
      }
      return "{" + members.joined(separator: "," + space) + "}"
    case 4:
      let elements = (0..<Int.random(in: 0..<4, using: &random)).map { _ in
        document(&random, depth: depth + 1, space: space)
      }
      return "[" + elements.joined(separator: "," + space) + "]"
    default: return values.randomElement(using: &random) ?? "0"
    }
  }

  @Test func `what is clean is what cleaning leaves as it is`() {
    var random = SplitMix(state: 11)
    var check = DocumentCheck(hash: KeyedHash(fixedKey: 3))
    let scrubber = SecretScrubber()
    let tape = JSONTape()
    var counts = (clean: 0, changed: 0, left: 0)
    for number in 0..<30_000 {
      let space = number % 7 == 0 ? " " : ""
      let document = Self.document(&random, depth: 0, space: space)
      // What follows a document in its record is no part of it.
      let bytes = Array((document + #",= //":{"password":" "}"#).utf8) + [UInt8](repeating: 0, count: 64)
      let count = document.utf8.count
      bytes.withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress, case .value = tape.parse(start, from: 0, count: count) else {
          return
        }
        var output = JSONOutput()
        scrubber.append(tape, 0, eventSource: "", eventName: "", to: &output)
        let isClean = check.isClean(UnsafeBufferPointer(start: start, count: count))
        if isClean {
          counts.clean += 1
          #expect(output.text == document)
        } else if output.text == document {
          counts.left += 1
        } else {
          counts.changed += 1
        }
      }
    }
    // Most of what can stay is told to, or the check would be of no use.
    #expect(counts.clean > counts.left * 3 && counts.changed > 3_000, "\(counts)")
  }
}
