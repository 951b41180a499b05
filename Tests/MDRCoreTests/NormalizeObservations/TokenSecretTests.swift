import Testing

@testable import MDRCore

/// Tokens never leave the log wherever they stand in a text; ids, and what is no token by its length, stay.
@Suite struct TokenSecretTests {
  /// A document as observations have it.
  private static func details(_ document: String) throws -> String {
    var output = JSONOutput()
    SecretScrubber().append(
      try JSONTape.parsed(document), 0, eventSource: "", eventName: "", to: &output)
    return output.text
  }

  /// Whether the way that copies documents as they are, and the one that rewrites them, both leave a text out.
  private static func isLeftOut(_ document: String) throws -> Bool {
    let isLeftOut = try !details(document).contains(document)
    var check = DocumentCheck(hash: KeyedHash(fixedKey: 3))
    let bytes = Array(document.utf8) + [UInt8](repeating: 0, count: 64)
    let isClean = bytes.withUnsafeBufferPointer {
      check.isClean(UnsafeBufferPointer(rebasing: $0[..<document.utf8.count]))
    }
    #expect(!(isLeftOut && isClean), "\(document)")
    return isLeftOut
  }

  @Test func `each token of the table is removed among words, and one that is too short stays`() throws {
    let rows = SecretMembers.names(.tokenBeginning)
    #expect(rows.count > 30)
    for row in rows {
      let beginning = try #require(TokenBeginnings.Beginning(row))
      let token =
        String(decoding: beginning.bytes, as: UTF8.self) + String(repeating: "7", count: beginning.least)
      for text in [
        "made with \(token)", "made with \(token), and kept", "by (\(token)) of the wiki", " \(token)",
        "Bearer:\(token) was refused", "the one\\n\(token)", "\\u0022\(token)\\u0022", "%22\(token)%22",
      ] {
        #expect(try Self.isLeftOut(#"{"any":"\#(text)"}"#), "\(text)")
      }
      // A mark betrays some of them beside another sign, whatever their length.
      #expect(try !Self.isLeftOut(#"{"any":"made with \#(token.dropLast()), and kept"}"#), "\(row)")
      #expect(try !Self.isLeftOut(#"{"any":"a word in which x\#(token) stands"}"#), "\(row)")
    }
  }

  @Test(arguments: [
    "IQoJb3JpZ2luX2VjEPT//////////wEaCWV1LXdlc3QtMSJHMEUCIQD0123456789abcdef",
    #"IQoJb3JpZ2luX2VjEPT\/\/\/\/\/\/\/\/\/\/wEaCWV1LXdlc3QtMSJHMEUCIQD0123456789abcdef"#,
    "FwoGZXIvYXdzEBYaDHqa0AP+abc/def0123456789ABCDEFGHIJKLMNOP",
  ])
  func `a session token of AWS is removed`(token: String) throws {
    for text in [token, "refused \(token)", "The token \(token) is expired", "token: '\(token)'"] {
      #expect(try Self.isLeftOut(#"{"any":"\#(text)"}"#), "\(text)")
    }
  }

  @Test(arguments: [
    "see https://user:PLANTED@git.example/a for it", #"see https:\/\/user:PLANTED@git.example\/a for it"#,
    "get https://a.example/b?X-Amz-Signature=PLANTED&x=y soon",
    "get https://a.example/b?X-Amz-Security-Token=PLANTED soon",
    "has -----BEGIN PRIVATE KEY-----PLANTED in it", "has -----BEGIN OPENSSH PRIVATE KEY-----PLANTED in it",
  ])
  func `what lets in is removed from a sentence`(text: String) throws {
    #expect(try Self.isLeftOut(#"{"any":"\#(text)"}"#))
  }

  @Test(arguments: [
    "the key AKIAIOSFODNN7EXAMPLE of the pipeline", "the key ASIAIOSFODNN7EXAMPLE was used again",
    "moved to hf_models by the team of the shop", "SG. is how the name of Singapore is cut by them",
    "see https://git.example/a@b and user:other", #"see https:\/\/git.example\/a@b of somebody"#,
    "Jan 5, 2026, 9:01:00 AM and some more words", "rotates the password of the orders database",
    "the reset-password function of the shop, by the team",
  ])
  func `ids and words stay`(text: String) throws {
    #expect(try !Self.isLeftOut(#"{"any":"\#(text)"}"#))
  }

  // MARK: - URL-encoded policies

  private static func policy(_ actions: String, _ more: String = "") -> String {
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999988887777:root"},"#
      + #""Action":\#(actions)\#(more)}]}"#
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        String(UnicodeScalar(byte))
      default:
        "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }

  @Test(arguments: [
    #"["sts:AssumeRole","iam:ChangePassword"]"#, #"["sts:GetSessionToken","iam:CreateLoginProfile"]"#,
    #""sts:AssumeRole""#,
  ])
  func `a URL-encoded policy stays as logged, whatever its actions are called`(actions: String) throws {
    let document = #"{"assumeRolePolicyDocument":"\#(Self.encoded(Self.policy(actions)))"}"#
    #expect(try !Self.isLeftOut(document))
  }

  @Test func `only what is secret goes from a URL-encoded policy`() throws {
    let secret = Self.policy(
      #"["sts:AssumeRole","iam:ChangePassword"]"#,
      #","Condition":{"StringEquals":{"aws:RequestTag/login":"password=PLANTED"}}"#)
    for text in [Self.encoded(secret), "%20" + Self.encoded(secret).replacing("%20", with: "+")] {
      let line = try Self.details(#"{"policyDocument":"\#(text)"}"#)
      #expect(!line.contains("PLANTED") && line.contains(SecretScrubber.replacement))
      #expect(line.contains("iam:ChangePassword") && line.contains("999988887777"))
    }
  }

  @Test(arguments: ["iam:ChangePassword", "sts:GetSessionToken", "any:password="])
  func `no word beside it hides whom a URL-encoded policy lets in`(word: String) throws {
    func matches(_ actions: String) throws -> [OverrideMatch] {
      try CanonicalisationTests.observation(
        #""eventSource":"iam.amazonaws.com","eventName":"UpdateAssumeRolePolicy","requestParameters":{"roleName":"r","policyDocument":"\#(Self.encoded(Self.policy(actions)))"}"#
      ).overrides
    }
    let plain = try matches(#"["sts:AssumeRole"]"#)
    #expect(!plain.isEmpty)
    #expect(try matches(#"["\#(word)","sts:AssumeRole"]"#) == plain)
  }
}
