/// The bytes of a table's names, one after the other, for threads that compare names without counting references to
/// the same strings.
struct NameBytes: Sendable {
  private let bytes: [UInt8]
  /// Where each name begins, and where the last one ends.
  private let starts: [Int]

  init(_ names: StringTable) {
    var bytes: [UInt8] = []
    var starts: [Int] = []
    bytes.reserveCapacity(names.strings.reduce(0) { $0 + $1.utf8.count })
    starts.reserveCapacity(names.strings.count + 1)
    for name in names.strings {
      starts.append(bytes.count)
      bytes += name.utf8
    }
    starts.append(bytes.count)
    (self.bytes, self.starts) = (bytes, starts)
  }

  /// Lends the bytes for as long as the call takes.
  @inline(__always)
  func withView<Result>(_ body: (View) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
      starts.withUnsafeBufferPointer { body(View(bytes: bytes, starts: $0)) }
    }
  }

  /// Lent bytes, good within `withView` alone.
  struct View: @unchecked Sendable {
    let bytes: UnsafeBufferPointer<UInt8>
    fileprivate let starts: UnsafeBufferPointer<Int>

    subscript(number: NameNumber) -> UnsafeBufferPointer<UInt8> {
      @inline(__always) get {
        UnsafeBufferPointer(rebasing: bytes[starts[Int(number)]..<starts[Int(number) + 1]])
      }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Eight bytes from a place on as a number of the same order; those behind the end count as 0.
  @inline(__always)
  func word(at place: Int) -> UInt64 {
    guard let baseAddress, place < count else { return 0 }
    if count - place >= 8 {
      return UInt64(
        bigEndian: UnsafeRawPointer(baseAddress).loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    return self[place...].reduce(0) { $0 << 8 | UInt64($1) } << UInt64((8 - (count - place)) * 8)
  }

  /// Whether the bytes come before others, byte by byte, from a place on up to which both are the same.
  @inline(__always)
  func precede(_ other: Self, from start: Int = 0) -> Bool {
    var place = start
    while place < count, place < other.count {
      let (one, two) = (word(at: place), other.word(at: place))
      if one != two { return one < two }
      place += 8
    }
    return count < other.count
  }

  /// Whether the text comes before another in the order of strings.
  func textPrecedes(_ other: Self) -> Bool {
    isASCII && other.isASCII
      ? precede(other) : String(decoding: self, as: UTF8.self) < String(decoding: other, as: UTF8.self)
  }
}
