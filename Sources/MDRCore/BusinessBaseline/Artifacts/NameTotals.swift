/// Observations by name, added up as lanes go by.
struct NameTotals: Sendable {
  private var positions: [String: Int] = [:]
  private var totals: [(name: String, count: Int)] = []
  /// By a few bytes of a name, where a name with such bytes was found last: a guess that costs less than looking it up.
  ///
  /// Names that are equal show that it was right, so that no choice of names makes it wrong.
  private var guesses: [UInt32] = []

  /// Guesses at first, and at most.
  private static let guessCount = (first: 64, most: 8_192)

  /// Names counted.
  var count: Int { totals.count }

  mutating func add(_ name: String, _ count: Int) {
    guard count > 0 else { return }
    if totals.count * 2 >= guesses.count, guesses.count < Self.guessCount.most {
      guesses = [UInt32](repeating: 0, count: max(Self.guessCount.first, guesses.count * 4))
    }
    let place = Int(truncatingIfNeeded: Self.mixed(name)) & (guesses.count - 1)
    let guess = Int(guesses[place])
    if guess < totals.count, totals[guess].name == name {
      totals[guess].count += count
      return
    }
    guesses[place] = UInt32(truncatingIfNeeded: add(unguessed: name, count))
  }

  /// Gives the name's position.
  @inline(never)
  private mutating func add(unguessed name: String, _ count: Int) -> Int {
    if let known = positions[name] {
      totals[known].count += count
      return known
    }
    positions[name] = totals.count
    totals.append((name, count))
    return totals.count - 1
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
