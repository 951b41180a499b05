/// How strings are spelled in JSON.
enum JSONEscaping {
  /// Bytes that one byte may become.
  static let longest = 6

  /// Whether no byte has to be escaped, read eight bytes at a time.
  @inline(__always)
  static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(text)
    guard let start = raw.baseAddress, raw.count >= 8 else { return text.allSatisfy { !isEscaped($0) } }
    let last = raw.count - 8
    var stops = stops(in: start.loadUnaligned(fromByteOffset: last, as: UInt64.self))
    var position = 0
    while position < last {
      stops |= Self.stops(in: start.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      position += 8
    }
    return stops == 0
  }

  /// Writes the spelling of bytes to a place with room for the longest; gives how many bytes it takes.
  static func escape(_ text: UnsafeBufferPointer<UInt8>, to place: UnsafeMutablePointer<UInt8>) -> Int {
    var end = 0
    func write(_ byte: UInt8) {
      place[end] = byte
      end += 1
    }
    for byte in text {
      guard isEscaped(byte) else {
        write(byte)
        continue
      }
      write(0x5C)
      switch byte {
      case 0x22, 0x5C: write(byte)
      case 0x0A: write(UInt8(ascii: "n"))
      case 0x0D: write(UInt8(ascii: "r"))
      case 0x09: write(UInt8(ascii: "t"))
      default:
        write(UInt8(ascii: "u"))
        write(0x30)
        write(0x30)
        write(hexDigit(byte >> 4))
        write(hexDigit(byte & 15))
      }
    }
    return end
  }

  /// Quotes, backslashes and control characters.
  @inline(__always)
  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F
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
    return (holds(0x22) | holds(0x5C) | holds(0x7F) | control) & (ones &* 0x80)
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
