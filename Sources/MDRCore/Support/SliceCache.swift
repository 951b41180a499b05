#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A memo from byte slices to values computed from them, for one thread.
///
/// Logs repeat themselves, and bytes compare faster than strings are made.
final class SliceCache<Value> {
  private struct Entry {
    var hash: UInt64
    var start: Int
    var count: Int
    var value: Value
  }

  /// Beyond this many distinct slices the memo starts anew, so that hostile input can't fill memory.
  private let limit: Int
  /// Another one in each memo: whoever could compute the hash could write logs whose slices all meet in one place, and
  /// each of them would be compared with all before.
  private let seed = UInt64.random(in: 0...UInt64.max)
  private var entries: [Entry] = []
  private var table: [Int32]
  private var keys: [UInt8] = []

  init(limit: Int = 1 << 16) {
    self.limit = limit
    table = [Int32](repeating: -1, count: 1 << 10)
  }

  /// The value for a slice, computed on first sight.
  func value(for slice: UnsafeBufferPointer<UInt8>, else compute: () -> Value) -> Value {
    let hash = hash(slice)
    var mask = table.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while table[place] >= 0 {
      let entry = entries[Int(table[place])]
      if entry.hash == hash, entry.count == slice.count, isEqual(slice, entry.start) { return entry.value }
      place = (place + 1) & mask
    }
    let value = compute()
    if entries.count >= limit {
      removeAll()
      mask = table.count - 1
      place = Int(truncatingIfNeeded: hash) & mask
    }
    table[place] = Int32(truncatingIfNeeded: entries.count)
    entries.append(Entry(hash: hash, start: keys.count, count: slice.count, value: value))
    keys.append(contentsOf: slice)
    if entries.count * 2 > table.count { rehash() }
    return value
  }

  private func removeAll() {
    entries.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    table = [Int32](repeating: -1, count: table.count)
  }

  private func rehash() {
    table = [Int32](repeating: -1, count: table.count * 2)
    let mask = table.count - 1
    for (index, entry) in entries.enumerated() {
      var place = Int(truncatingIfNeeded: entry.hash) & mask
      while table[place] >= 0 { place = (place + 1) & mask }
      table[place] = Int32(truncatingIfNeeded: index)
    }
  }

  private func isEqual(_ slice: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    keys.withUnsafeBufferPointer { keys in
      UnsafeBufferPointer(rebasing: keys[start..<start + slice.count]).hasBytes(of: slice)
    }
  }

  /// A multiply-and-fold hash, eight bytes a step, after wyhash.
  func hash(_ slice: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = seed ^ UInt64(truncatingIfNeeded: slice.count) &* 0x9E37_79B9_7F4A_7C15
    let raw = UnsafeRawBufferPointer(slice)
    var position = 0
    func mix(_ word: UInt64) {
      let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      hash = product.high ^ product.low
    }
    while position + 8 <= raw.count {
      mix(raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      position += 8
    }
    var tail: UInt64 = 0
    while position < raw.count {
      tail = tail << 8 | UInt64(raw[position])
      position += 1
    }
    mix(tail ^ 0xA5A5_A5A5_A5A5_A5A5)
    return hash
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether two buffers hold the same bytes; many times faster than comparing element by element.
  @inline(__always)
  func hasBytes(of other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == other.count, let own = baseAddress, let others = other.baseAddress else {
      return count == other.count
    }
    return memcmp(own, others, count) == 0
  }

  /// Whether the bytes begin with a text.
  func starts(with text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount
      && UnsafeBufferPointer(rebasing: self[..<text.utf8CodeUnitCount]).isText(text)
  }
}
