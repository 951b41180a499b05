import Foundation

/// Numbers for strings, so that a lane costs a few words however long its names are.
struct StringTable: Sendable {
  private(set) var strings: [String] = []
  /// By hash, half of it and the string's number plus one; 0 marks a free place.
  private var slots = [UInt64](repeating: 0, count: 1 << 6)
  private let hash = KeyedHash()

  /// The string's number, a new one where it has none.
  mutating func intern(_ string: String) -> UInt32 {
    let hash = hash(of: string)
    var place = place(of: string, hash)
    if slots[place] != 0 { return UInt32(truncatingIfNeeded: slots[place]) - 1 }
    if strings.count * 2 >= slots.count {
      grow()
      place = self.place(of: string, hash)
    }
    strings.append(string)
    slots[place] = UInt64(hash) << 32 | UInt64(strings.count)
    return UInt32(strings.count - 1)
  }

  /// The string's number, where it has one.
  func number(of string: String) -> UInt32? {
    let slot = slots[place(of: string, hash(of: string))]
    return slot == 0 ? nil : UInt32(truncatingIfNeeded: slot) - 1
  }

  subscript(number: UInt32) -> String { strings[Int(number)] }

  /// Where a string is, or would go.
  private func place(of string: String, _ hash: UInt32) -> Int {
    let mask = slots.count - 1
    var place = Int(hash) & mask
    while slots[place] != 0 {
      let slot = slots[place]
      if slot >> 32 == UInt64(hash), strings[Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1] == string {
        break
      }
      place = (place + 1) & mask
    }
    return place
  }

  private mutating func grow() {
    let old = slots
    // A table that still fits a core's cache grows faster: all that it holds moves at each step.
    slots = [UInt64](repeating: 0, count: old.count * (old.count < 1 << 15 ? 4 : 2))
    let mask = slots.count - 1
    for slot in old where slot != 0 {
      var place = Int(slot >> 32) & mask
      while slots[place] != 0 { place = (place + 1) & mask }
      slots[place] = slot
    }
  }

  /// The same for strings that are the same, whatever their bytes.
  private func hash(of string: String) -> UInt32 {
    var string = string
    let ofBytes = string.withUTF8 { $0.isASCII ? hash.digest($0).low : nil }
    return UInt32(truncatingIfNeeded: ofBytes ?? hash(beyondASCII: string))
  }

  /// A few characters beyond ASCII, such as the sign of the kelvin, are the same as one of ASCII.
  private func hash(beyondASCII string: String) -> UInt64 {
    var plain = string.precomposedStringWithCanonicalMapping
    return plain.withUTF8 { $0.isASCII ? hash.digest($0).low : nil }
      ?? UInt64(bitPattern: Int64(string.hashValue))
  }
}
