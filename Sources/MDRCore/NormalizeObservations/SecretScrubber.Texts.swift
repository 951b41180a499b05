/// Which texts hold a secret, whatever their member is called.
extension SecretScrubber {
  /// A text, or what stands for one that holds a secret.
  static func scrubbed(_ text: String) -> String {
    var text = text
    return text.withUTF8(betraysSecret) ? substitute(for: text) : text
  }

  /// The same of who acted, in whose name a token may follow other words: names are looked at once for all their events.
  static func scrubbedName(_ name: String) -> String {
    var name = name
    return name.withUTF8 { betraysSecret($0) || SecretMembers.tokens.areInName($0) }
      ? substitute(for: name) : name
  }

  /// Whether a text, as it stands in JSON, holds a secret.
  ///
  /// Only one with an escape, a quote, an equals or percent sign, a header's colon, a URL, an option of a command or a
  /// dashed line can hold one of the marks. A token that is no whole text stands in one with such a sign or with a blank.
  static func betraysSecret(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    if SecretMembers.tokens.begin(slice) { return true }
    let signs = signs(in: slice)
    guard !signs.isEmpty else { return false }
    if SecretMembers.tokens.areIn(slice) { return true }
    return signs.contains(.ofMarks) && (SecretMembers.areMarked(slice) || hasUserInfo(slice))
  }

  /// Whether a text, as it stands in JSON, may be a document in which a command stands.
  static func mayHoldCommand(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = slice.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return false
    }
    return SecretMembers.commandMarks.areIn(slice)
  }

  /// What makes a text worth a closer look.
  private struct Signs: OptionSet {
    let rawValue: Int

    /// A mark may stand in it.
    static let ofMarks = Signs(rawValue: 1)
    /// It has words.
    static let blank = Signs(rawValue: 2)
  }

  /// The signs of a text; blanks are not looked for in one that is too short for a token.
  private static func signs(in slice: UnsafeBufferPointer<UInt8>) -> Signs {
    guard slice.count >= 5 else { return [] }
    guard slice.count < 17 else { return signsOfLong(slice) }
    var dashes = 0
    var previous: UInt8 = 0
    for byte in slice {
      // Letters and digits, most of what there is, stand above all signs but the backslash.
      if byte > UInt8(ascii: "=") {
        if byte == UInt8(ascii: "\\") { return .ofMarks }
        dashes = 0
      } else {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "%"), UInt8(ascii: "\""): return .ofMarks
        case UInt8(ascii: "-"):
          dashes += 1
          if dashes == 2 { return .ofMarks }
        case UInt8(ascii: "/") where previous == byte: return .ofMarks
        case 0x20 where previous == UInt8(ascii: ":"): return .ofMarks
        default: dashes = 0
        }
      }
      previous = byte
    }
    return []
  }

  /// The signs of seventeen or more bytes: one that makes a text suspect, or two that begin such a one, and blanks.
  private static func signsOfLong(_ slice: UnsafeBufferPointer<UInt8>) -> Signs {
    guard let base = slice.baseAddress else { return [] }
    let raw = UnsafeRawPointer(base)
    typealias Block = SIMD16<UInt8>
    func isSign(_ block: Block, _ byte: Unicode.Scalar) -> SIMDMask<SIMD16<Int8>> {
      block .== Block(repeating: UInt8(ascii: byte))
    }
    var found = SIMD2<UInt64>(repeating: 0)
    var blanks = SIMD2<UInt64>(repeating: 0)
    func look(at place: Int) {
      let block = raw.loadUnaligned(fromByteOffset: place, as: Block.self)
      let next = raw.loadUnaligned(fromByteOffset: place &+ 1, as: Block.self)
      let blank = isSign(next, " ")
      let single = isSign(block, "\\") .| isSign(block, "=") .| isSign(block, "%") .| isSign(block, "\"")
      let twice = (isSign(block, "/") .| isSign(block, "-")) .& (block .== next)
      let header = isSign(block, ":") .& blank
      found |= unsafeBitCast(single .| twice .| header, to: SIMD2<UInt64>.self)
      blanks |= unsafeBitCast(blank, to: SIMD2<UInt64>.self)
    }
    var place = 0
    while place < slice.count &- 17 {
      look(at: place)
      place &+= 16
    }
    look(at: slice.count &- 17)
    // The last byte was only looked at as one that follows, and the first not as one.
    let last = slice[slice.count &- 1]
    var signs: Signs = (blanks.x | blanks.y != 0 || slice[0] == 0x20) ? .blank : []
    if found.x | found.y != 0 || last == UInt8(ascii: "\\") || last == UInt8(ascii: "=")
      || last == UInt8(ascii: "%") || last == UInt8(ascii: "\"")
    {
      signs.insert(.ofMarks)
    }
    return signs
  }

  /// A URL's beginning in a URL's encoding.
  private static let encodedScheme = ByteMarks(["%3a%2f%2f"])
  /// A user without a password of so many bytes is a token.
  private static let longUser = 32

  /// Whether a URL lets in whoever has it, also one that is a parameter of another.
  private static func hasUserInfo(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    if namesUser(slice) { return true }
    guard encodedScheme.areIn(slice), let decoded = String(decoding: slice, as: UTF8.self)[...].percentDecoded
    else { return false }
    return Array(decoded.utf8).withUnsafeBufferPointer(namesUser)
  }

  /// Whether a URL names a user and a password, as `postgres://user:password@host` does; some exports escape slashes.
  private static func namesUser(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    var place = 0
    while place &+ 3 < slice.count {
      guard slice[place] == UInt8(ascii: ":"), let host = placeBehindSlashes(slice, place &+ 1) else {
        place &+= 1
        continue
      }
      place = host
      let start = place
      var hasColon = false
      host: while place < slice.count {
        switch slice[place] {
        case 0x20, 0x22, 0x5C, UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): break host
        case UInt8(ascii: ":"): hasColon = true
        case UInt8(ascii: "@") where hasColon || place &- start >= longUser: return true
        default: break
        }
        place &+= 1
      }
      place &+= 1
    }
    return false
  }

  /// The place behind two slashes, each of which may be escaped; `nil` where others stand.
  private static func placeBehindSlashes(_ slice: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    var place = start
    for _ in 0..<2 {
      if place < slice.count, slice[place] == UInt8(ascii: "\\") { place &+= 1 }
      guard place < slice.count, slice[place] == UInt8(ascii: "/") else { return nil }
      place &+= 1
    }
    return place
  }
}
