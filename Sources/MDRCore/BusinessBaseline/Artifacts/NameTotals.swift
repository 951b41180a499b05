/// Observations by name, added up as lanes go by.
struct NameTotals: Sendable {
  private var totals: [(name: String, count: Int)] = []
  /// An open-addressed table of the names' positions.
  private var slots: [Slot] = []
  /// By a few bytes of a name, where a name with such bytes was found last: a guess that costs less than looking it up.
  ///
  /// Names that are equal show that it was right, so that no choice of names makes it wrong.
  private var guesses: [UInt32] = []

  private struct Slot {
    var hash = 0
    /// -1 where the slot is free.
    var position = -1
  }

  /// Slots at first, and guesses at most.
  private static let firstSize = 64
  private static let mostGuesses = 1 << 15

  /// Names counted.
  var count: Int { totals.count }

  mutating func add(_ name: String, _ count: Int) {
    guard count > 0 else { return }
    if totals.count * 2 >= slots.count { grow() }
    let place = place(ofGuess: name)
    let guess = Int(guesses[place])
    if guess < totals.count, totals[guess].name == name {
      totals[guess].count += count
      return
    }
    let position = position(of: name)
    totals[position].count += count
    guesses[place] = UInt32(truncatingIfNeeded: position)
  }

  /// The name's position, a new one where it has none.
  @inline(never)
  private mutating func position(of name: String) -> Int {
    let hash = name.hashValue
    var place = hash & (slots.count - 1)
    while slots[place].position >= 0 {
      if slots[place].hash == hash, totals[slots[place].position].name == name {
        return slots[place].position
      }
      place = (place + 1) & (slots.count - 1)
    }
    slots[place] = Slot(hash: hash, position: totals.count)
    totals.append((name, 0))
    return totals.count - 1
  }

  @inline(never)
  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: max(Self.firstSize, old.count * 4))
    for slot in old where slot.position >= 0 {
      var place = slot.hash & (slots.count - 1)
      while slots[place].position >= 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = slot
    }
    guard guesses.count < Self.mostGuesses else { return }
    guesses = [UInt32](repeating: 0, count: slots.count)
    for (position, total) in totals.enumerated() {
      guesses[self.place(ofGuess: total.name)] = UInt32(truncatingIfNeeded: position)
    }
  }

  @inline(__always)
  private func place(ofGuess name: String) -> Int {
    Int(truncatingIfNeeded: Self.mixed(name)) & (guesses.count - 1)
  }

  /// Some of a name's bytes, its first and last ones among them, and how many it has.
  @inline(__always)
  private static func mixed(_ name: String) -> UInt64 {
    name.utf8.withContiguousStorageIfAvailable { bytes in
      let raw = UnsafeRawBufferPointer(bytes)
      var sum = UInt64(truncatingIfNeeded: raw.count)
      if raw.count >= 8 {
        let middle = (raw.count - 8) / 2
        for offset in [0, middle, raw.count - 8] {
          sum = (sum ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
          sum ^= sum >> 29
        }
      } else {
        for byte in raw { sum = (sum ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 }
        sum ^= sum >> 29
      }
      return sum ^ sum >> 32
    } ?? 0
  }

  /// The names with the most observations, ties by name.
  func leading(_ limit: Int) -> [String] {
    totals.first(limit) { one, other in
      one.count != other.count ? one.count > other.count : one.name < other.name
    }.map(\.name)
  }

  /// The names from the most frequent on as code spans; those above the limit are counted.
  func codes(limit: Int) -> Inline { .codes(leading(limit), of: count) }

  /// The first names, in order, as code spans; those above the limit are counted.
  func sortedCodes(limit: Int) -> Inline {
    .codes(totals.first(limit) { $0.name < $1.name }.map(\.name), of: count)
  }

  /// All names with their counts, in the order of their first appearance.
  var entries: [(name: String, count: Int)] { totals }
}
