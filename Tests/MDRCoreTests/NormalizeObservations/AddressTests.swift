import Testing

@testable import MDRCore

@Suite struct AddressTests {
  @Test func `an address is its parts, however they are padded`() throws {
    var random = FixedGenerator(state: 31)
    for _ in 0..<2_000 {
      let parts = (0..<4).map { _ in Int.random(in: 0..<256, using: &random) }
      let text = parts.map { part in
        let digits = String(part)
        let zeros = Int.random(in: 0...(3 - digits.count), using: &random)
        return String(repeating: "0", count: zeros) + digits
      }.joined(separator: ".")
      let address = try #require(IPAddress(text), "\(text)")
      #expect(!address.isVersion6)
      #expect(address.network == "\(parts[0]).\(parts[1]).\(parts[2]).0/24")
      #expect(address.low == parts.reduce(0) { $0 << 8 | UInt64($1) })
      #expect(try #require(IPAddress("::ffff:" + text)) == address)
      let length = Int.random(in: 0...32, using: &random)
      let block = try #require(AddressBlock("\(text)/\(length)"), "\(text)/\(length)")
      #expect(block.length == 96 + length)
      #expect(block == AddressBlock(text)?.widened(to: 96 + length))
    }
  }

  @Test func `groups of an address of version 6 stand where they are written`() throws {
    var random = FixedGenerator(state: 32)
    for _ in 0..<2_000 {
      let groups = (0..<8).map { _ in
        Bool.random(using: &random) ? 0 : UInt64.random(in: 1...0xFFFF, using: &random)
      }
      guard groups[0] != 0 else { continue }
      let text = groups.map { String($0, radix: 16) }.joined(separator: ":")
      let address = try #require(IPAddress(text), "\(text)")
      #expect(address.isVersion6)
      #expect(address.high == groups[..<4].reduce(0) { $0 << 16 | $1 }, "\(text)")
      #expect(address.low == groups[4...].reduce(0) { $0 << 16 | $1 }, "\(text)")
      let network = groups[..<3].map { String($0, radix: 16) }.joined(separator: ":") + "::/48"
      #expect(address.network == network)
    }
  }

  @Test(arguments: [
    ("10.1.2.3", true), ("100.64.0.1", true), ("100.128.0.1", false), ("172.31.255.255", true),
    ("172.32.0.0", false), ("192.168.0.9", true), ("169.254.169.254", true), ("127.0.0.1", true),
    ("::1", true), ("fc00::1", true), ("fdff::1", true), ("fe80::1%eth0", true), ("febf::", true),
    ("fec0::", false), ("2001:db8::1", false), ("::2", false), ("::ffff:10.0.0.1", true), ("8.8.8.8", false),
  ])
  func `private addresses are known`(text: String, isPrivate: Bool) throws {
    #expect(try #require(IPAddress(text)).isPrivate == isPrivate)
  }

  @Test(arguments: [
    "", ".", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.0004", "1..2.3", "1.2.3.4 ", "a.b.c.d",
    "1.2.3.-4",
    ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "g::", "1::2::3", "12345::", "AWS Internal",
    "::ffff:1.2.3.256", "2001:db8::+1", "::-1", "arn:aws:iam::123456789012:root", "%eth0::1",
    "2001:db8::１",
  ])
  func `what is no address is none`(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(arguments: [
    "198.51.100.0/33", "198.51.100.0/", "198.51.100.0/-1", "198.51.100.0/9223372036854775807",
    "2001:db8::/129",
    "198.51.100.0/24/8", "/24", "198.51.100.0/x", "198.51.100.0/+8", "198.51.100.0/99999999999999999999",
  ])
  func `a block of no length that an address has is none`(text: String) {
    #expect(AddressBlock(text) == nil)
    #expect(CIDRBlock(text) == nil)
  }
}
