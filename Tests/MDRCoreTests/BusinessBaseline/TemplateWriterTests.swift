import Testing

@testable import MDRCore

@Suite struct TemplateWriterTests {
  /// A part of a name: as it is, or a placeholder for a number or an id.
  private enum Part: Equatable {
    case text(String)
    case number
    case id
  }

  /// The template by the rules as they are written, a part at a time.
  private static func expected(_ name: String) -> String {
    var head = ""
    var rest = Substring(name)
    if name.hasPrefix("arn:"), name.count(where: { $0 == ":" }) >= 5 {
      let fields = name.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      head = fields[..<5].joined(separator: ":") + ":"
      rest = fields[5]
    }
    var parts: [Part] = [.text(head)]
    while !rest.isEmpty {
      if isUUID(rest.prefix(36)) {
        parts.append(.id)
        rest = rest.dropFirst(36)
        // Another may follow at once.
        continue
      }
      let token = rest.prefix { $0.isLetter || $0.isNumber }
      parts += self.parts(of: token)
      rest = rest.dropFirst(token.count)
      if let separator = rest.popFirst() { parts.append(.text(String(separator))) }
    }
    parts.removeAll { $0 == .text("") }
    var joined: [Part] = []
    for part in parts {
      if case .text = part {
        joined.append(part)
        continue
      }
      let isJoined =
        joined.count > 1 && [.text("-"), .text("/"), .text(".")].contains(joined[joined.count - 1])
        && [.number, .id].contains(joined[joined.count - 2])
      guard isJoined else {
        joined.append(part)
        continue
      }
      joined.removeLast()
      let last = joined.removeLast()
      joined.append(last == .id || part == .id ? .id : .number)
    }
    return joined.map { part in
      switch part {
      case .text(let text): text
      case .number: "{n}"
      case .id: "{id}"
      }
    }.joined()
  }

  private static func parts(of token: Substring) -> [Part] {
    let digits = token.count(where: \.isNumber)
    guard digits > 0, let first = token.firstIndex(where: \.isNumber) else { return [.text(String(token))] }
    let tail = token[first...].count
    if digits == token.count { return [.number] }
    if token.allSatisfy(\.isHexDigit), token.count >= 8 { return [.id] }
    if digits >= 2, token.count >= 12, digits < tail { return [.id] }
    if tail >= 3, digits == tail { return [.text(String(token[..<first])), .number] }
    return [.text(String(token))]
  }

  private static func isUUID(_ text: Substring) -> Bool {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }

  @Test func `bytes give the template that the rules give part by part`() {
    var random = FixedGenerator(state: 17)
    let pieces = [
      "arn:aws:s3:::", "arn:aws:ec2:us-east-1:111122223333:", "-", "/", ".", ":", "_", "=",
      "1b2c3d4e-aaaa-bbbb-cccc-0123456789ab",
      "2026", "01", "7", "i-0abc1234def567890", "deadbeef", "web", "a", "orders", "OrdersRole",
      "1A2B3C4D5E6F", "v12", "log123", "x9y", "",
    ]
    var changed = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 0..<9, using: &random)
      let name = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let expected = Self.expected(name)
      #expect(Self.template(name) == expected, "\(name)")
      if expected != name { changed += 1 }
    }
    #expect((5_000..<19_000).contains(changed))
  }

  /// What is written to a place with just the room that is asked for; what lies behind it has to stay.
  private static func template(_ name: String) -> String {
    let bytes = Array(name.utf8)
    let room = TemplateWriter.room(for: bytes.count)
    var place = [UInt8](repeating: 0xFF, count: room + 8)
    let count = bytes.withUnsafeBufferPointer { bytes in
      place.withUnsafeMutableBufferPointer { place in
        place.baseAddress.map { TemplateWriter.write(bytes, to: $0) } ?? 0
      }
    }
    #expect(count <= room && place[room...].allSatisfy { $0 == 0xFF }, "\(name)")
    return String(decoding: place[..<count], as: UTF8.self)
  }

  @Test(arguments: ["", "1", "1_1_1_1_1_1_1", "a:1:2:3", "1b2c3d4e-aaaa-bbbb-cccc-0123456789ab7"])
  func `the longest templates have room`(name: String) {
    #expect(Self.template(name) == Self.expected(name))
  }
}
