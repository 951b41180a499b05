/// The event ids seen so far, in sixteen bytes each, to count an event once however often it was delivered.
struct EventIndex {
  private static let nothing = EventDigest(high: 0, low: 0)

  /// An open-addressed table, at most half full; all zeros mark a free place.
  private var slots = [EventDigest](repeating: nothing, count: 1 << 10)
  private var count = 0
  private var hasNothing = false
  /// Known to this run only, so that no log can choose ids that fall together.
  private let key: UInt64

  /// An empty index; a fixed key is for searches that have to be repeatable.
  init(key: UInt64 = .random(in: .min ... .max)) { self.key = key | 1 }

  /// Notes an event id; `false` if it was there already.
  mutating func insert(_ eventID: String) -> Bool { insert(EventDigest(eventID)) }

  /// Notes the digest of an event id; `false` if it was there already.
  mutating func insert(_ digest: EventDigest) -> Bool {
    guard digest != Self.nothing else {
      defer { hasNothing = true }
      return !hasNothing
    }
    let place = place(of: digest)
    guard slots[place] == Self.nothing else { return false }
    slots[place] = digest
    count += 1
    if count * 2 > slots.count { grow() }
    return true
  }

  private func place(of digest: EventDigest) -> Int {
    let product = (digest.high ^ key).multipliedFullWidth(by: digest.low ^ 0x9E37_79B9_7F4A_7C15)
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: (product.high ^ product.low) &* key >> 8) & mask
    while slots[place] != Self.nothing, slots[place] != digest { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = [EventDigest](repeating: Self.nothing, count: old.count * 2)
    for digest in old where digest != Self.nothing { slots[place(of: digest)] = digest }
  }
}
