/// The decimal spelling of whole numbers, two digits a step.
enum DecimalDigits {
  /// Bytes that the longest number takes, with its sign.
  static let longest = 20

  /// "00" to "99", one after the other.
  private static let pairs: StaticString = """
    00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748\
    49505152535455565758596061626364656667686970717273747576777879808182838485868788899091929394959697\
    9899
    """

  /// Writes a number to a place with room for the longest; gives how many bytes it takes.
  @inline(__always)
  static func write(_ number: Int, to place: UnsafeMutablePointer<UInt8>) -> Int {
    if number >= 0, number < 10 {
      place.pointee = 0x30 + UInt8(truncatingIfNeeded: number)
      return 1
    }
    return writeLong(number, to: place)
  }

  private static func writeLong(_ number: Int, to place: UnsafeMutablePointer<UInt8>) -> Int {
    // At most 2^63, which is less than the limit of 19 digits.
    var rest = number.magnitude
    var width = number < 0 ? 2 : 1
    var limit: UInt = 10
    while rest >= limit {
      width += 1
      limit *= 10
    }
    var end = width
    while rest >= 10 {
      end -= 2
      write(pair: rest % 100, to: place + end)
      rest /= 100
    }
    if end > (number < 0 ? 1 : 0) {
      place[end - 1] = 0x30 + UInt8(truncatingIfNeeded: rest)
    }
    if number < 0 { place.pointee = 0x2D }
    return width
  }

  /// Writes the last two digits of a number that isn't negative.
  @inline(__always)
  static func write(twoOf number: Int, to place: UnsafeMutablePointer<UInt8>) {
    write(pair: number.magnitude % 100, to: place)
  }

  @inline(__always)
  private static func write(pair: UInt, to place: UnsafeMutablePointer<UInt8>) {
    let digits = UnsafeRawPointer(pairs.utf8Start)
    UnsafeMutableRawPointer(place).storeBytes(
      of: digits.loadUnaligned(fromByteOffset: Int(pair * 2), as: UInt16.self), as: UInt16.self)
  }
}
