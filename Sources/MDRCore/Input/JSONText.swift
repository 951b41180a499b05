/// The lexical grammar of JSON (RFC 8259) over raw bytes.
enum JSONText {
  @inline(__always)
  static func skipSpace(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    var position = start
    while position < count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return position
      }
    }
    return position
  }

  enum StringScan {
    /// The offset of the closing quote.
    case end(Int, hasEscapes: Bool)
    case incomplete
    case invalid(JSONFault)
  }

  /// The top bits of those of eight bytes that stop the scan of a string: a quote, a backslash, a control
  /// character or a byte beyond ASCII.
  ///
  /// The lowest set bit is exact, whatever borrows follow.
  @inline(__always)
  static func stringStops(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let word = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self).littleEndian
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let control = (word &- ones &* 0x20) & ~word
    return (((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | control | word) & (ones &* 0x80)
  }

  /// Finds the end of a string whose first byte after the quote is at `start`, checking escapes and UTF-8.
  @inline(__always)
  static func scanString(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> StringScan {
    var position = start
    var hasEscapes = false
    while position < count {
      let stops = stringStops(bytes + position)
      guard stops != 0 else {
        position += 8
        continue
      }
      position += stops.trailingZeroBitCount >> 3
      guard position < count else { return .incomplete }
      let byte = bytes[position]
      if byte == 0x22 { return .end(position, hasEscapes: hasEscapes) }
      if byte == 0x5C {
        hasEscapes = true
        guard position + 1 < count else { return .incomplete }
        switch bytes[position + 1] {
        case UInt8(ascii: "u"):
          guard position + 6 <= count else { return .incomplete }
          guard (position + 2..<position + 6).allSatisfy({ hexValue(bytes[$0]) != nil }) else {
            return .invalid(JSONFault(offset: position, reason: "a \\u escape without four hex digits"))
          }
          position += 6
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: position += 2
        default: return .invalid(JSONFault(offset: position, reason: "an unknown escape in a string"))
        }
      } else if byte < 0x20 {
        return .invalid(JSONFault(offset: position, reason: "a control character in a string"))
      } else {
        let length = utf8Length(bytes, position, count)
        guard length != 0 else {
          if position + 3 >= count { return .incomplete }
          return .invalid(JSONFault(offset: position, reason: "bytes that are not UTF-8 in a string"))
        }
        position += length
      }
    }
    return .incomplete
  }

  /// The length of the well-formed UTF-8 sequence of two to four bytes at a place, or 0.
  static func utf8Length(_ bytes: UnsafePointer<UInt8>, _ position: Int, _ count: Int) -> Int {
    func isTail(_ offset: Int) -> Bool {
      position + offset < count && bytes[position + offset] & 0xC0 == 0x80
    }
    let second = position + 1 < count ? bytes[position + 1] : 0
    switch bytes[position] {
    case 0xC2...0xDF: return isTail(1) ? 2 : 0
    case 0xE0: return isTail(1) && second >= 0xA0 && isTail(2) ? 3 : 0
    case 0xED: return isTail(1) && second < 0xA0 && isTail(2) ? 3 : 0
    case 0xE1...0xEF: return isTail(1) && isTail(2) ? 3 : 0
    case 0xF0: return isTail(1) && second >= 0x90 && isTail(2) && isTail(3) ? 4 : 0
    case 0xF1...0xF3: return isTail(1) && isTail(2) && isTail(3) ? 4 : 0
    case 0xF4: return isTail(1) && second < 0x90 && isTail(2) && isTail(3) ? 4 : 0
    default: return 0
    }
  }

  enum LiteralScan {
    case end(JSONTape.Kind, Int)
    case incomplete
    case invalid(JSONFault)
  }

  /// Reads a number, `true`, `false` or `null`.
  static func scanLiteral(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> LiteralScan {
    func word(_ text: StaticString, _ kind: JSONTape.Kind) -> LiteralScan {
      for offset in 0..<text.utf8CodeUnitCount {
        guard start + offset < count else { return .incomplete }
        guard bytes[start + offset] == text.utf8Start[offset] else {
          return .invalid(JSONFault(offset: start, reason: "an unknown word"))
        }
      }
      return .end(kind, start + text.utf8CodeUnitCount)
    }
    switch bytes[start] {
    case UInt8(ascii: "t"): return word("true", .trueValue)
    case UInt8(ascii: "f"): return word("false", .falseValue)
    case UInt8(ascii: "n"): return word("null", .null)
    case UInt8(ascii: "-"), 0x30...0x39: return scanNumber(bytes, start, count)
    default: return .invalid(JSONFault(offset: start, reason: "a value is missing"))
    }
  }

  private static func scanNumber(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> LiteralScan {
    var position = start
    func isDigit() -> Bool { position < count && (0x30...0x39).contains(bytes[position]) }
    func fault() -> LiteralScan {
      position < count
        ? .invalid(JSONFault(offset: position, reason: "a number that is not JSON's")) : .incomplete
    }
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    guard isDigit() else { return fault() }
    if bytes[position] == 0x30 {
      position += 1
    } else {
      while isDigit() { position += 1 }
    }
    if position < count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      guard isDigit() else { return fault() }
      while isDigit() { position += 1 }
    }
    if position < count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
        position += 1
      }
      guard isDigit() else { return fault() }
      while isDigit() { position += 1 }
    }
    return .end(.number, position)
  }

  static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x37)
    case 0x61...0x66: UInt32(byte - 0x57)
    default: nil
    }
  }

  /// Whether an escaped string names a UTF-16 surrogate, of which either half may be missing.
  static func hasSurrogate(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    var position = 0
    while position + 2 < slice.count {
      if slice[position] == 0x5C {
        if slice[position + 1] == UInt8(ascii: "u"), slice[position + 2] | 0x20 == UInt8(ascii: "d") {
          return true
        }
        position += 1
      }
      position += 1
    }
    return false
  }

  /// The UTF-8 bytes of an escaped, already validated string; a lone surrogate becomes U+FFFD.
  static func unescaped(_ slice: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    // No escape is shorter than the bytes that it stands for.
    [UInt8](unsafeUninitializedCapacity: slice.count) { output, count in
      var (position, written) = (0, 0)
      while position < slice.count {
        let byte = slice[position]
        guard byte == 0x5C, position + 1 < slice.count else {
          output[written] = byte
          written &+= 1
          position &+= 1
          continue
        }
        guard let high = codeUnit(slice, at: position) else {
          output[written] = character(of: slice[position + 1])
          written &+= 1
          position &+= 2
          continue
        }
        position += 6
        var value = high
        if (0xD800..<0xDC00).contains(high), let low = codeUnit(slice, at: position),
          (0xDC00..<0xE000).contains(low)
        {
          value = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
          position += 6
        }
        for byte in (Unicode.Scalar(value) ?? "\u{FFFD}").utf8 {
          output[written] = byte
          written &+= 1
        }
      }
      count = written
    }
  }

  /// The UTF-16 code unit that the escape at a place stands for; `nil` for any other escape.
  private static func codeUnit(_ slice: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32? {
    guard start + 6 <= slice.count, slice[start] == 0x5C, slice[start + 1] == UInt8(ascii: "u") else {
      return nil
    }
    return (start + 2..<start + 6).reduce(0) { $0 << 4 | (hexValue(slice[$1]) ?? 0) }
  }

  /// What a letter behind a backslash stands for.
  private static func character(of letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
  }
}
