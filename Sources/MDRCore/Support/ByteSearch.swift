#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension UnsafeBufferPointer<UInt8> {
  /// Whether all bytes are ASCII: such texts are the same where their bytes are, and in the order of these.
  var isASCII: Bool { reduce(0, |) < 0x80 }

  /// Whether the bytes hold a text somewhere.
  func holds(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard let base = baseAddress, count >= length else { return false }
    let end = base + (count - length + 1)
    var place = base
    while place < end, let found = memchr(place, Int32(text.utf8Start[0]), end - place) {
      place = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
      if UnsafeBufferPointer(start: place, count: length).isText(text) { return true }
      place += 1
    }
    return false
  }
}
