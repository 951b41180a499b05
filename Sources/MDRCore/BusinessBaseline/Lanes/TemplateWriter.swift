/// Writes a name with its variable parts replaced; placeholders side by side become one, as the parts of a date or uuid
/// are.
struct TemplateWriter {
  private var output: [UInt8] = []
  private let bytes: UnsafeBufferPointer<UInt8>
  private let kinds: UnsafeBufferPointer<UInt8>
  private var placeholder: Range<Int>?
  private var isPlaceholderID = false

  private static let digit: UInt8 = 1
  private static let hexDigit: UInt8 = 2
  /// Letters, digits and everything beyond ASCII.
  private static let token: UInt8 = 4

  /// What each byte is.
  private static let kinds: [UInt8] = (0...UInt8.max).map { byte in
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit | hexDigit | token
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): hexDigit | token
    case UInt8(ascii: "g")...UInt8(ascii: "z"), UInt8(ascii: "G")...UInt8(ascii: "Z"): token
    default: byte >= 0x80 ? token : 0
    }
  }

  /// Appends the template of a name; the account and region of an ARN stay.
  static func append(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    kinds.withUnsafeBufferPointer { kinds in
      guard bytes.contains(where: { kinds[Int($0)] & digit != 0 }) else {
        output += bytes
        return
      }
      var writer = TemplateWriter(bytes, kinds)
      writer.write()
      output += writer.output
    }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ kinds: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    self.kinds = kinds
    output.reserveCapacity(bytes.count + 8)
  }

  /// Where the variable parts of a name may begin: behind `arn:partition:service:region:account:`.
  private var start: Int {
    guard bytes.starts(with: "arn:") else { return 0 }
    var colons = 0
    for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: ":") {
      colons += 1
      if colons == 5 { return place + 1 }
    }
    return 0
  }

  private mutating func write() {
    var index = start
    append(0..<index)
    var tokenStart = index
    while index < bytes.count {
      if index == tokenStart, hasUUID(at: index) {
        appendPlaceholder(isID: true)
        index += 36
        tokenStart = index
      } else if kinds[Int(bytes[index])] & Self.token != 0 {
        index += 1
      } else {
        append(token: tokenStart..<index)
        output.append(bytes[index])
        index += 1
        tokenStart = index
      }
    }
    append(token: tokenStart..<bytes.count)
  }

  private mutating func append(_ range: Range<Int>) {
    output += UnsafeBufferPointer(rebasing: bytes[range])
  }

  private mutating func append(token: Range<Int>) {
    var digits = 0
    var all: UInt8 = .max
    var firstDigit = token.endIndex
    for index in token {
      let kind = kinds[Int(bytes[index])]
      all &= kind
      if kind & Self.digit != 0 {
        if digits == 0 { firstDigit = index }
        digits += 1
      }
    }
    let areHex = all & Self.hexDigit != 0
    let tail = token.endIndex - firstDigit
    if digits == 0 {
      append(token)
    } else if digits == token.count {
      appendPlaceholder(isID: false)
    } else if areHex, token.count >= 8 {
      appendPlaceholder(isID: true)
    } else if digits >= 2, token.count >= 12, digits < tail {
      // Unique ids of principals and random suffixes: long, letters and digits mixed.
      appendPlaceholder(isID: true)
    } else if tail >= 3, digits == tail {
      append(token.startIndex..<firstDigit)
      appendPlaceholder(isID: false)
    } else {
      append(token)
    }
  }

  private mutating func appendPlaceholder(isID: Bool) {
    var isID = isID
    if let placeholder, output.count == placeholder.upperBound + 1,
      Self.joinsPlaceholders(output[placeholder.upperBound])
    {
      output.removeSubrange(placeholder.lowerBound...)
      isID = isID || isPlaceholderID
    }
    let start = output.count
    output += isID ? "{id}".utf8 : "{n}".utf8
    placeholder = start..<output.count
    isPlaceholderID = isID
  }

  private static func joinsPlaceholders(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
  }

  /// Eight, four, four, four and twelve hex digits with hyphens between.
  private func hasUUID(at start: Int) -> Bool {
    guard start + 36 <= bytes.count, bytes[start + 8] == UInt8(ascii: "-") else { return false }
    return (0..<36).allSatisfy { offset in
      let byte = bytes[start + offset]
      return switch offset {
      case 8, 13, 18, 23: byte == UInt8(ascii: "-")
      default: kinds[Int(byte)] & Self.hexDigit != 0
      }
    }
  }
}
