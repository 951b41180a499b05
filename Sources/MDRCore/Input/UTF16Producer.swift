/// Text in UTF-16, handed on in UTF-8: what PowerShell's `>` and some spreadsheets write.
///
/// Half a surrogate pair becomes U+FFFD, as JSON's escape of one does.
final class UTF16Producer: ByteProducer {
  private let source: ByteWindow
  private let isBigEndian: Bool
  private var position: Int
  private var pending = Unicode.UTF8.EncodedScalar()

  /// Text from the start of a window on; `nil` where no byte order mark or bracket of JSON tells that it is UTF-16.
  init?(_ window: ByteWindow) {
    while window.count < 4, !window.isAtEnd { _ = window.advance(keepingFrom: 0) }
    guard window.count >= 2 else { return nil }
    let isWide = window.count >= 4 && window.bytes[2] == 0 && window.bytes[3] == 0
    switch (window.bytes[0], window.bytes[1]) {
    case (0xFF, 0xFE) where !isWide: (isBigEndian, position) = (false, 2)
    case (0xFE, 0xFF): (isBigEndian, position) = (true, 2)
    case (UInt8(ascii: "{"), 0) where !isWide, (UInt8(ascii: "["), 0) where !isWide:
      (isBigEndian, position) = (false, 0)
    case (0, UInt8(ascii: "{")), (0, UInt8(ascii: "[")): (isBigEndian, position) = (true, 0)
    default: return nil
    }
    source = window
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFault) -> Int {
    var filled = 0
    while filled < buffer.count {
      if pending.isEmpty {
        guard let scalar = nextScalar() else { break }
        pending = Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter
      }
      buffer[filled] = pending.removeFirst()
      filled += 1
    }
    // What came before the fault is read first.
    if filled == 0, let fault = source.fault { throw fault }
    return filled
  }

  private func nextScalar() -> Unicode.Scalar? {
    guard let unit = nextUnit() else {
      guard position < source.count else { return nil }
      // Half a code unit at the end of a text that was cut short.
      position += 1
      return "\u{FFFD}"
    }
    position += 2
    guard UTF16.isLeadSurrogate(unit), let next = nextUnit(), UTF16.isTrailSurrogate(next) else {
      return Unicode.Scalar(unit) ?? "\u{FFFD}"
    }
    position += 2
    return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(next) - 0xDC00))
  }

  private func nextUnit() -> UInt16? {
    while source.count < position + 2 {
      guard !source.isAtEnd else { return nil }
      position -= source.advance(keepingFrom: position)
    }
    let (first, second) = (UInt16(source.bytes[position]), UInt16(source.bytes[position + 1]))
    return isBigEndian ? first << 8 | second : second << 8 | first
  }
}
