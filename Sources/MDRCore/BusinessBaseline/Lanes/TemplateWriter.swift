/// Writes a name with its variable parts replaced; placeholders side by side become one, as the parts of a date or uuid
/// are.
///
/// It writes to a place that the caller gives, with `room` for the longest template that a name can have.
struct TemplateWriter {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let kinds: UnsafeBufferPointer<UInt8>
  private let output: UnsafeMutablePointer<UInt8>
  /// How many bytes of the output are written.
  private var count = 0
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

  /// How many bytes the template of a name of so many may take: a placeholder of three may stand for one digit.
  static func room(for count: Int) -> Int { 3 * count + 4 }

  /// Writes the template of a name to a place with room for it, and gives its length; the account and region of an ARN
  /// stay.
  static func write(_ bytes: UnsafeBufferPointer<UInt8>, to place: UnsafeMutablePointer<UInt8>) -> Int {
    kinds.withUnsafeBufferPointer { kinds in
      var writer = TemplateWriter(bytes, kinds, place)
      writer.write()
      return writer.count
    }
  }

  private init(
    _ bytes: UnsafeBufferPointer<UInt8>, _ kinds: UnsafeBufferPointer<UInt8>,
    _ output: UnsafeMutablePointer<UInt8>
  ) {
    self.bytes = bytes
    self.kinds = kinds
    self.output = output
  }

  /// Where the variable parts of a name may begin: behind `arn:partition:service:region:account:`.
  private var start: Int {
    guard bytes.starts(with: "arn:") else { return 0 }
    var colons = 1
    var place = 4
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: ":") {
        colons += 1
        if colons == 5 { return place + 1 }
      }
      place += 1
    }
    return 0
  }

  private mutating func write() {
    var index = start
    while index < bytes.count {
      while hasUUID(at: index) {
        replace(index..<index + 36, isID: true)
        index += 36
      }
      let first = index
      var digits = 0
      var all: UInt8 = .max
      while index < bytes.count {
        let kind = kinds[Int(bytes[index])]
        guard kind & Self.token != 0 else { break }
        digits &+= Int(kind & Self.digit)
        all &= kind
        index &+= 1
      }
      if digits > 0 { write(first..<index, digits: digits, areHex: all & Self.hexDigit != 0) }
      index &+= 1
    }
    copy(upTo: bytes.count)
  }

  /// Replaces a token with digits in it, if it is variable.
  private mutating func write(_ token: Range<Int>, digits: Int, areHex: Bool) {
    if digits == token.count {
      replace(token, isID: false)
      return
    }
    if areHex, token.count >= 8 {
      replace(token, isID: true)
      return
    }
    var firstDigit = token.lowerBound
    while kinds[Int(bytes[firstDigit])] & Self.digit == 0 { firstDigit &+= 1 }
    let tail = token.upperBound - firstDigit
    if digits >= 2, token.count >= 12, digits < tail {
      // Unique ids of principals and random suffixes: long, letters and digits mixed.
      replace(token, isID: true)
    } else if tail >= 3, digits == tail {
      replace(firstDigit..<token.upperBound, isID: false)
    }
  }

  /// Writes a placeholder in place of some bytes, behind those that are not written yet.
  private mutating func replace(_ part: Range<Int>, isID: Bool) {
    var isID = isID
    if let placeholder, part.lowerBound == written + 1, Self.joinsPlaceholders(bytes[written]) {
      count = placeholder
      isID = isID || isPlaceholderID
    } else {
      copy(upTo: part.lowerBound)
    }
    placeholder = count
    isPlaceholderID = isID
    put(UInt8(ascii: "{"))
    if isID {
      put(UInt8(ascii: "i"))
      put(UInt8(ascii: "d"))
    } else {
      put(UInt8(ascii: "n"))
    }
    put(UInt8(ascii: "}"))
    written = part.upperBound
  }

  /// Copies the bytes that are not written yet.
  @inline(__always)
  private mutating func copy(upTo end: Int) {
    guard end > written, let start = bytes.baseAddress else { return }
    (output + count).update(from: start + written, count: end - written)
    count += end - written
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    output[count] = byte
    count &+= 1
  }

  private static func joinsPlaceholders(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
  }

  /// Eight, four, four, four and twelve hex digits with hyphens between.
  @inline(__always)
  private func hasUUID(at start: Int) -> Bool {
    start + 36 <= bytes.count && bytes[start + 8] == UInt8(ascii: "-") && isUUID(at: start)
  }

  private func isUUID(at start: Int) -> Bool {
    for offset in 0..<36 {
      let byte = bytes[start + offset]
      switch offset {
      case 8, 13, 18, 23: guard byte == UInt8(ascii: "-") else { return false }
      default: guard kinds[Int(byte)] & Self.hexDigit != 0 else { return false }
      }
    }
    return true
  }
}
