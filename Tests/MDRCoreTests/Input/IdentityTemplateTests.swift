import Testing

@testable import MDRCore

@Suite struct IdentityTemplateTests {
  /// Identities of few principals in many sessions, most of them as CloudTrail writes them.
  private struct Identities {
    var random: SplitMix

    init(seed: UInt64) { random = SplitMix(state: seed) }

    mutating func chance(_ share: Int) -> Bool { Int.random(in: 0..<share, using: &random) == 0 }

    mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

    mutating func name() -> String {
      if chance(25) {
        return pick(["", "a/b", "/", "a/", "é", #"\u0061"#, #"a\""#, "\u{1}", "AWSReservedSSO_x", ":"])
      }
      if chance(6) { return pick(["alice@example.com", "bob@example.com"]) }
      return pick(["i-0123456789abcdef0", "deploy", "botocore-session-1", "s"])
        + String(Int.random(in: 0..<1_000, using: &random))
    }

    mutating func next() -> String {
      let role = pick(["build", "AWSReservedSSO_Admin_0123456789abcdef", "web", "a/b"])
      let id = pick(["AROAEXAMPLEEXAMPLE001", "AROAEXAMPLEEXAMPLE002", "AROA"])
      let name = name()
      let suffix = chance(15) ? self.name() : name
      let session = chance(20) ? "" : ":" + suffix
      var arn = "arn:aws:sts::111122223333:assumed-role/\(role)" + (chance(15) ? "" : "/\(name)")
      if chance(8) { arn = "arn:aws:iam::111122223333:user/\(name)" }
      let key =
        chance(20)
        ? pick(["", "ASI", "ASIA", #"AS\u0049AXX"#]) : "ASIA\(Int.random(in: 0...9_999, using: &random))"
      let start =
        chance(20)
        ? pick([#""""#, "null", "7"]) : "\"2026-01-0\(Int.random(in: 1...9, using: &random))T00:00:00Z\""
      let mfa = pick(["true", "false"])
      let invoked = chance(4) ? #","invokedBy":"cloudformation.amazonaws.com""# : ""
      var text =
        #"{"type":"AssumedRole","principalId":"\#(id)\#(session)","arn":"\#(arn)","accountId":"111122223333","#
        + #""accessKeyId":"\#(key)","sessionContext":{"sessionIssuer":{"type":"Role","userName":"\#(role)"},"#
        + #""attributes":{"creationDate":\#(start),"mfaAuthenticated":"\#(mfa)"}}\#(invoked)}"#
      if chance(20) {
        text = pick([#"{"type":"AWSService","invokedBy":"x"}"#, "{}", #"{"arn":7}"#, #"{"type":"Root"}"#])
      }
      if chance(20) {
        let place = Int.random(in: 0..<text.unicodeScalars.count, using: &random)
        var scalars = Array(text.unicodeScalars)
        scalars[place] = Unicode.Scalar(UInt8.random(in: 0x20..<0x7F, using: &random))
        text = String(String.UnicodeScalarView(scalars))
      }
      return text
    }
  }

  /// All that a scanner says of an identity.
  private struct Reading: Equatable {
    var end: Int?
    var marks: [String] = []

    init(_ scanner: inout RecordScanner, _ bytes: [UInt8], count: Int) {
      bytes.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        end = scanner.scan(base, from: 0, count: count)
        guard end != nil, !scanner[.userIdentity].isEmpty else { return }
        let texts = scanner.marks.texts + [scanner.marks.sessionName, scanner[.userIdentity]]
        marks = texts.map { $0.isEmpty ? "" : String(decoding: scanner.buffer($0), as: UTF8.self) }
        marks += ["\(scanner.marks.hasARN)", "\(scanner.marks.namesPerson)"]
      }
    }
  }

  private static func record(_ identity: String) -> [UInt8] {
    Array(#"{"eventName":"a","userIdentity":\#(identity),"eventTime":"b"}"#.utf8)
      + [UInt8](repeating: 0, count: 64)
  }

  private static let names = MemberNames(["key"])

  @Test(arguments: 0..<6)
  func `an identity that is like others is read as it would be by itself`(seed: UInt64) {
    var identities = Identities(seed: seed)
    var warm = RecordScanner(names: Self.names, identityCapacity: seed % 2 == 0 ? 2_048 : 5)
    var (accepted, known) = (0, 0)
    for _ in 0..<1_500 {
      let identity = identities.next()
      let bytes = Self.record(identity)
      var cold = RecordScanner(names: Self.names)
      let expected = Reading(&cold, bytes, count: bytes.count - 64)
      let reading = Reading(&warm, bytes, count: bytes.count - 64)
      #expect(reading == expected, "\(identity)")
      guard reading.end != nil else { continue }
      accepted += 1
      if let number = warm.identityNumber, warm.identities[number].digest != .none { known += 1 }
      // What a reader has made of an identity stays with it.
      if let number = warm.identityNumber { warm.identities[number].digest = KeyedDigest(high: 1, low: 1) }
    }
    #expect((900..<1_500).contains(accepted))
    #expect(known > 20)
  }

  @Test func `a known identity that is cut anywhere is none`() {
    var identities = Identities(seed: 40)
    var scanner = RecordScanner(names: Self.names)
    for _ in 0..<300 {
      let bytes = Self.record(identities.next())
      guard let end = Reading(&scanner, bytes, count: bytes.count - 64).end else { continue }
      for count in 0..<end { #expect(Reading(&scanner, bytes, count: count).end == nil) }
    }
  }
}
