/// How strings are spelled in JSON.
enum JSONEscaping {
  /// Bytes that one byte may become.
  static let longest = 6

  /// Copies bytes to a place with room for as many; false where one of them has to be escaped.
  static func copyPlain(_ text: UnsafeBufferPointer<UInt8>, to place: UnsafeMutablePointer<UInt8>) -> Bool {
    guard let bytes = text.baseAddress else { return true }
    if text.count >= 16 { return copyPlain(blocks: bytes, text.count, to: place) }
    if text.count >= 8 { return copyPlain(words: bytes, text.count, to: place) }
    for position in 0..<text.count {
      guard !isEscaped(bytes[position]) else { return false }
      place[position] = bytes[position]
    }
    return true
  }

  /// The same for sixteen bytes or more: by sixteen, the last of which may be copied twice.
  private static func copyPlain(
    blocks bytes: UnsafePointer<UInt8>, _ count: Int, to place: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    let (source, target) = (UnsafeRawPointer(bytes), UnsafeMutableRawPointer(place))
    let last = count - 16
    var stops = SIMD2<UInt64>(repeating: 0)
    var position = 0
    while position < last {
      let block = source.loadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self)
      target.storeBytes(of: block, toByteOffset: position, as: SIMD16<UInt8>.self)
      stops |= Self.stops(in: block)
      position += 16
    }
    let block = source.loadUnaligned(fromByteOffset: last, as: SIMD16<UInt8>.self)
    target.storeBytes(of: block, toByteOffset: last, as: SIMD16<UInt8>.self)
    stops |= Self.stops(in: block)
    return stops.x | stops.y == 0
  }

  /// The same for eight to sixteen bytes, of which some may be copied twice.
  private static func copyPlain(
    words bytes: UnsafePointer<UInt8>, _ count: Int, to place: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    let (source, target) = (UnsafeRawPointer(bytes), UnsafeMutableRawPointer(place))
    let first = source.loadUnaligned(as: UInt64.self)
    let last = source.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    target.storeBytes(of: first, as: UInt64.self)
    target.storeBytes(of: last, toByteOffset: count - 8, as: UInt64.self)
    return stops(in: first) | stops(in: last) == 0
  }

  /// Writes the spelling of bytes to a place with room for the longest; gives how many bytes it takes.
  ///
  /// Characters that no reader sees are spelled by number: they reach a program as they were, and a terminal or a model
  /// that is shown the file not at all.
  static func escape(_ text: UnsafeBufferPointer<UInt8>, to place: UnsafeMutablePointer<UInt8>) -> Int {
    var end = 0
    func write(_ byte: UInt8) {
      place[end] = byte
      end += 1
    }
    func write(unit: UInt16) {
      write(0x5C)
      write(UInt8(ascii: "u"))
      for shift in [12, 8, 4, 0] as [UInt16] { write(hexDigit(UInt8(unit >> shift & 15))) }
    }
    var position = 0
    while position < text.count {
      let byte = text[position]
      guard byte < 0x80 else {
        let (scalar, length) = scalar(in: text, at: position)
        if let scalar, scalar.isHidden {
          for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { write(unit: unit) }
        } else {
          for byte in text[position..<position + length] { write(byte) }
        }
        position += length
        continue
      }
      position += 1
      guard isEscaped(byte) else {
        write(byte)
        continue
      }
      switch byte {
      case 0x22, 0x5C, 0x0A, 0x0D, 0x09:
        write(0x5C)
        switch byte {
        case 0x0A: write(UInt8(ascii: "n"))
        case 0x0D: write(UInt8(ascii: "r"))
        case 0x09: write(UInt8(ascii: "t"))
        default: write(byte)
        }
      default: write(unit: UInt16(byte))
      }
    }
    return end
  }

  /// The character that begins at a byte above ASCII, with its length; `nil`, and a length of 1, where the bytes are
  /// not UTF-8.
  private static func scalar(in text: UnsafeBufferPointer<UInt8>, at position: Int) -> (Unicode.Scalar?, Int)
  {
    let lead = text[position]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead < 0xF5, position + length <= text.count else { return (nil, 1) }
    var value = UInt32(lead & (0x7F >> UInt8(length)))
    for byte in text[position + 1..<position + length] {
      guard byte & 0xC0 == 0x80 else { return (nil, 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return (Unicode.Scalar(value), length)
  }

  /// Quotes, backslashes, control characters, and what has to be looked at together with the bytes behind it.
  @inline(__always)
  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C || byte >= 0x7F
  }

  /// Not 0 where one of eight bytes has to be escaped.
  @inline(__always)
  private static func stops(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    func holds(_ byte: UInt64) -> UInt64 {
      let difference = word ^ (ones &* byte)
      return (difference &- ones) & ~difference
    }
    let control = (word &- ones &* 0x20) & ~word
    return (holds(0x22) | holds(0x5C) | holds(0x7F) | control | word) & (ones &* 0x80)
  }

  /// The same for sixteen bytes, the first eight and the others.
  @inline(__always)
  private static func stops(in block: SIMD16<UInt8>) -> SIMD2<UInt64> {
    let quote = block .== SIMD16<UInt8>(repeating: 0x22)
    let backslash = block .== SIMD16<UInt8>(repeating: 0x5C)
    let delete = block .>= SIMD16<UInt8>(repeating: 0x7F)
    let control = (block & SIMD16<UInt8>(repeating: 0xE0)) .== SIMD16<UInt8>(repeating: 0)
    return unsafeBitCast(quote .| backslash .| delete .| control, to: SIMD2<UInt64>.self)
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
