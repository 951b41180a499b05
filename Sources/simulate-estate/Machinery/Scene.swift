import MDRCore

/// One run of an operation in one account: the values of its slots and the session of its caller.
struct Scene {
  let estate: Estate
  let account: Account
  let region: String
  var time: Timestamp
  var random: SeededGenerator
  var session: [UInt8] = []
  private var bound: [(identity: UInt64, value: [UInt8])] = []

  init(estate: Estate, account: Account, region: String, time: Timestamp, random: SeededGenerator) {
    self.estate = estate
    self.account = account
    self.region = region
    self.time = time
    self.random = random
  }

  /// Forgets the slots' values; the next repetition has its own.
  mutating func beginRepetition() { bound.removeAll(keepingCapacity: true) }

  mutating func text(_ template: Template) -> [UInt8] {
    var output = JSONOutput()
    fill(template, into: &output)
    return output.bytes
  }

  mutating func fill(_ template: Template, into output: inout JSONOutput) {
    for segment in template.segments {
      switch segment {
      case .literal(let bytes): output.append(raw: bytes)
      case .slot(let slot): output.append(raw: value(of: slot))
      }
    }
  }

  private mutating func value(of slot: Slot) -> [UInt8] {
    if let known = bound.first(where: { $0.identity == slot.identity }) { return known.value }
    let value = makeValue(slot)
    bound.append((slot.identity, value))
    return value
  }

  private mutating func makeValue(_ slot: Slot) -> [UInt8] {
    let words = slot.words
    switch slot.kind {
    case .account: return Array(account.id.utf8)
    case .region: return Array(region.utf8)
    case .org: return Array(estate.organization.utf8)
    case .slug: return Array(estate.slug.utf8)
    case .session: return session
    case .purpose: return Array((estate.account(named: words[0])?.id ?? estate.outsider(words[0])).utf8)
    case .own: return lasting(words, scope: account.id)
    case .estate: return lasting(words, scope: "estate")
    case .monthly: return lasting(words, scope: account.id + month)
    case .pool, .monthlypool:
      let member = random.below(Int(words[2]) ?? 1)
      return lasting(
        [words[0], "\(words[1])-\(member)"], scope: account.id + (slot.kind == .pool ? "" : month))
    case .new: return Self.identifier(words[0], &random)
    case .number: return Array(String(random.number(in: (Int(words[0]) ?? 0)...(Int(words[1]) ?? 0))).utf8)
    case .pick:
      let choices = words[0].split(separator: "|")
      return Array(choices[random.below(choices.count)].utf8)
    case .date: return Array(time.date.utf8)
    case .now: return Array(time.spelledOut.utf8)
    case .iso: return Array(time.iso8601.utf8)
    case .stamp: return Array("\(time.seconds)\(100_000_000 + random.below(899_999_999))".utf8)
    case .later: return Array(time.adding(Int(words[0]) ?? 0).spelledOut.utf8)
    case .token:
      return Array("IQoJb3JpZ2luX2VjE".utf8) + random.characters(180, from: Self.base64) + Array("==".utf8)
    }
  }

  private var month: String { String(time.date.prefix(7)) }

  private func lasting(_ words: [String], scope: String) -> [UInt8] {
    var stable = SeededGenerator(seed: estate.seed, "lasting", scope, words[0], words[1])
    return Self.identifier(words[0], &stable)
  }

  static func identifier(_ prefix: String, _ random: inout SeededGenerator) -> [UInt8] {
    switch prefix {
    case "uuid": return random.uuid()
    case "AKIA", "ASIA", "AIDA", "AROA", "AIPA":
      // Access keys have twenty characters, other unique ids one more.
      let count = prefix.hasPrefix("AK") || prefix.hasPrefix("AS") ? 16 : 17
      return Array(prefix.utf8) + random.characters(count, from: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    case "suffix": return random.characters(12, from: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    case "word": return random.characters(6, from: "abcdefghijkmnpqrstuvwxyz")
    case let prefix where Int(prefix) != nil: return random.hex(Int(prefix) ?? 0)
    default: return Array((prefix + "-0").utf8) + random.hex(16)
    }
  }

  /// The address that a call comes from; people keep to a few, and IPv6 turns up now and then.
  mutating func address(_ source: Principal.Source, of home: Account) -> [UInt8] {
    switch source {
    case .service(let name): return Array(name.utf8)
    case .nat: return Array(estate.ownedAddress(of: home, slot: random.below(3)).utf8)
    case .host: return Array(estate.ownedAddress(of: home, slot: 3).utf8)
    case .address(let text): return text.contains("${") ? self.text(Template(text)) : Array(text.utf8)
    case .corporate(let name):
      guard let network = estate.profile.networks.first(where: { $0.name == name }) else { return [] }
      if network.cidrs.contains(where: { $0.contains(":") }), random.chance(percent: 8) {
        return Array("2001:db8:40:1::".utf8) + random.hex(4)
      }
      var person = StableHash()
      person.combine(String(decoding: session, as: UTF8.self))
      let choice = Int(person.value % UInt64(network.addresses.count))
      return Array(network.addresses[choice].utf8)
    }
  }

  private static let base64: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
}

extension Estate {
  /// An elastic address of the account: slots 0 to 2 are its NAT gateways', slot 3 its named host's.
  func ownedAddress(of account: Account, slot: Int) -> String {
    let number = account.index * 4 + slot
    return number < 240
      ? "198.51.100.\(number + 10)" : "198.\(19 + number / 65_536).\(number / 256 % 256).\(number % 256)"
  }
}
