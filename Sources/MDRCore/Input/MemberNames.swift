/// Numbers, from 1 on, for the names of members that are looked for in documents.
struct MemberNames: Sendable {
  private var slots: [UInt16]
  private let names: [[UInt8]]
  /// By number, whether nothing below a member of that name is looked at.
  private let hidden: [Bool]

  /// Numbers for some names, and for others below which nothing is looked at.
  init(_ names: some Sequence<String>, hiding hidden: Set<String> = []) {
    let sorted = Set(names).union(hidden).sorted()
    self.names = sorted.map { Array($0.utf8) }
    self.hidden = [false] + sorted.map(hidden.contains)
    slots = [UInt16](repeating: 0, count: 2_048)
    for (index, name) in self.names.enumerated() {
      var place = (name + [UInt8](repeating: 0, count: 16)).withUnsafeBufferPointer {
        $0.baseAddress.map { Self.place($0, count: name.count) } ?? 0
      }
      while slots[place] != 0 { place = (place + 1) & 2_047 }
      slots[place] = UInt16(index + 1)
    }
  }

  /// The number of a name, 0 for one that isn't there.
  func number(of name: String) -> Int { (names.firstIndex(of: Array(name.utf8)) ?? -1) + 1 }

  /// The name with a number.
  func name(_ number: Int) -> String { String(decoding: names[number - 1], as: UTF8.self) }

  /// Whether nothing below a member with this number is looked at.
  @inline(__always)
  func hides(_ number: Int) -> Bool { hidden[number] }

  /// How many names there are.
  var count: Int { names.count }

  /// The number of a name, 0 for one that nobody looks for; eight readable bytes have to follow.
  @inline(__always)
  func number(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    guard let start = name.baseAddress else { return 0 }
    var place = Self.place(start, count: name.count)
    while true {
      let number = Int(slots[place])
      guard number != 0 else { return 0 }
      let matches = names[number - 1].withUnsafeBufferPointer {
        name.hasBytes(of: $0)
      }
      if matches { return number }
      place = (place + 1) & 2_047
    }
  }

  @inline(__always)
  private static func place(_ bytes: UnsafePointer<UInt8>, count: Int) -> Int {
    let word = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self).littleEndian
    let known = count >= 8 ? word : word & ((1 << UInt64(count * 8)) - 1)
    let hash = (known ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: hash >> 53)
  }
}
