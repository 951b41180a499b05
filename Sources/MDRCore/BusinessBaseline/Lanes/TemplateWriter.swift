/// Writes a name with its variable parts replaced; placeholders side by side become one, as the parts of a date or uuid
/// are.
struct TemplateWriter {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let kinds: UnsafeBufferPointer<UInt8>
  /// The bytes up to here are written, as they are or as placeholders.
  private var written = 0
  /// Where the last placeholder stands in the output, and whether it stands for an id.
  private var placeholder: Int?
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
      var writer = TemplateWriter(bytes, kinds)
      writer.write(to: &output)
    }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ kinds: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    self.kinds = kinds
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

  private mutating func write(to output: inout [UInt8]) {
    var index = start
    while index < bytes.count {
      while hasUUID(at: index) {
        replace(index..<index + 36, isID: true, in: &output)
        index += 36
      }
      let first = index
      var digits = 0
      var all: UInt8 = .max
      while index < bytes.count {
        let kind = kinds[Int(bytes[index])]
        guard kind & Self.token != 0 else { break }
        digits += Int(kind & Self.digit)
        all &= kind
        index += 1
      }
      if digits > 0 { write(first..<index, digits: digits, areHex: all & Self.hexDigit != 0, to: &output) }
      index += 1
    }
    output += UnsafeBufferPointer(rebasing: bytes[written...])
  }

  /// Replaces a token with digits in it, if it is variable.
  private mutating func write(_ token: Range<Int>, digits: Int, areHex: Bool, to output: inout [UInt8]) {
    let firstDigit = token.first { kinds[Int(bytes[$0])] & Self.digit != 0 } ?? token.endIndex
    let tail = token.endIndex - firstDigit
    if digits == token.count {
      replace(token, isID: false, in: &output)
    } else if areHex, token.count >= 8 {
      replace(token, isID: true, in: &output)
    } else if digits >= 2, token.count >= 12, digits < tail {
      // Unique ids of principals and random suffixes: long, letters and digits mixed.
      replace(token, isID: true, in: &output)
    } else if tail >= 3, digits == tail {
      replace(firstDigit..<token.endIndex, isID: false, in: &output)
    }
  }

  /// Writes a placeholder in place of some bytes, behind those that are not written yet.
  private mutating func replace(_ part: Range<Int>, isID: Bool, in output: inout [UInt8]) {
    var isID = isID
    if let placeholder, part.lowerBound == written + 1, Self.joinsPlaceholders(bytes[written]) {
      output.removeLast(output.count - placeholder)
      isID = isID || isPlaceholderID
    } else {
      output += UnsafeBufferPointer(rebasing: bytes[written..<part.lowerBound])
    }
    placeholder = output.count
    isPlaceholderID = isID
    output += isID ? "{id}".utf8 : "{n}".utf8
    written = part.upperBound
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
