import Testing

@testable import MDRCore

@Suite struct SessionNameTests {
  /// The kind of a name by the rules as they are written, a letter at a time.
  private static func expected(_ name: String) -> SessionName.Kind {
    let letters = Array(name.utf8)
    func count(_ ranges: ClosedRange<UInt8>...) -> Int {
      letters.count { letter in ranges.contains { $0.contains(letter) } }
    }
    let digits = count(0x30...0x39)
    let hexDigits = digits + count(0x41...0x46, 0x61...0x66)
    let hyphens = count(0x2D...0x2D)
    if name.hasPrefix("i-"), (10...19).contains(letters.count), letters.dropFirst(2).allSatisfy({ isHex($0) })
    {
      return .ec2Instance
    }
    if SessionName.isMail(name) { return .person }
    let beginnings: [(String, SessionName.Kind)] = [
      ("botocore-session-", .sdkGenerated), ("aws-cli-", .sdkGenerated), ("GitHubActions", .gitHubActions),
      ("eks-", .kubernetes),
    ]
    if let known = beginnings.first(where: { name.hasPrefix($0.0) }) { return known.1 }
    let length = letters.count - hyphens - count(0x5F...0x5F)
    if length >= 8, digits * 2 >= length || digits > 0 && hexDigits == length { return .random }
    let (lower, upper) = (count(0x61...0x7A), count(0x41...0x5A))
    guard digits + lower + upper == letters.count, digits > 1 else { return .named }
    let isKSUID = letters.count == 27 && lower > 3 && upper > 3
    return isKSUID || letters.count == 26 && letters[0] == 0x30 && lower == 0 ? .random : .named
  }

  private static func isHex(_ letter: UInt8) -> Bool {
    (0x30...0x39).contains(letter) || (0x41...0x46).contains(letter) || (0x61...0x66).contains(letter)
  }

  @Test func `letters counted side by side say what letters counted one by one say`() {
    var random = FixedGenerator(state: 29)
    let alphabets = ["0123456789abcdef", "0123456789ABCDEFGHIJabcxyz", "abc-_@.Z9", "é -_@", "0"].map {
      Array($0)
    }
    let beginnings = ["", "i-", "eks-", "GitHubActions", "botocore-session-", "aws-cli-", "a@"]
    var kinds: [SessionName.Kind: Int] = [:]
    for _ in 0..<20_000 {
      let alphabet = alphabets.randomElement(using: &random) ?? []
      let length =
        Int.random(in: 0..<40, using: &random) == 0
        ? Int.random(in: 250..<800, using: &random) : Int.random(in: 0..<36, using: &random)
      let beginning = Bool.random(using: &random) ? "" : beginnings.randomElement(using: &random) ?? ""
      let name = beginning + String((0..<length).compactMap { _ in alphabet.randomElement(using: &random) })
      let kind = SessionName(name).kind
      #expect(kind == Self.expected(name), "\(name)")
      kinds[kind, default: 0] += 1
    }
    for kind in [
      SessionName.Kind.ec2Instance, .person, .sdkGenerated, .gitHubActions, .kubernetes, .random, .named,
    ] {
      #expect(kinds[kind, default: 0] > 100, "\(kind)")
    }
  }
}
