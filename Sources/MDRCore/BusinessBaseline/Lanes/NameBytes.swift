/// The bytes of names, one after the other, for threads that compare and write names without counting references to the
/// same strings.
struct NameBytes: Sendable {
  private let bytes: FixedValues<UInt8>
  /// Where each name begins, and where the last one ends.
  private let starts: FixedValues<Int>

  init(_ names: StringTable) { self.init(names.strings) }

  init(_ names: [String]) {
    let starts = FixedValues<Int>(count: names.count + 1) { starts in
      var place = 0
      for (number, name) in names.enumerated() {
        place += name.utf8.count
        starts[number + 1] = place
      }
    }
    bytes = FixedValues(count: starts.values[names.count]) { bytes in
      for (number, name) in names.enumerated() {
        let room = UnsafeMutableBufferPointer(
          rebasing: bytes[starts.values[number]..<starts.values[number + 1]])
        var name = name
        name.withUTF8 { _ = room.update(fromContentsOf: $0) }
      }
    }
    self.starts = starts
  }

  /// The bytes for reading, good for as long as this lives.
  var view: View { View(bytes: bytes.values, starts: starts.values) }

  /// Lends the bytes for as long as the call takes.
  @inline(__always)
  func withView<Result>(_ body: (View) -> Result) -> Result { withExtendedLifetime(self) { body(view) } }

  /// Lent bytes.
  struct View: BitwiseCopyable, @unchecked Sendable {
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
