/// An event's id in little room: CloudTrail's own UUID in sixteen bytes, any other text as it is.
enum EventID: Hashable, Sendable {
  case uuid(EventDigest)
  case text(String)

  init(_ text: String) {
    var text = text
    self = text.withUTF8 { EventDigest.uuid($0) }.map { .uuid($0) } ?? .text(text)
  }

  /// The id as logged.
  var text: String {
    switch self {
    case .text(let text): text
    case .uuid(let digest): digest.uuidText
    }
  }
}

extension EventID: Comparable {
  /// The order of the texts: hexadecimal digits in lower case sort as the numbers that they write.
  static func < (one: EventID, other: EventID) -> Bool {
    if case .uuid(let mine) = one, case .uuid(let theirs) = other {
      return (mine.high, mine.low) < (theirs.high, theirs.low)
    }
    return one.text < other.text
  }
}

extension EventDigest {
  /// The UUID that the sixteen bytes are.
  fileprivate var uuidText: String {
    String(unsafeUninitializedCapacity: 36) { text in
      var place = 0
      for digit in 0..<32 {
        if [8, 12, 16, 20].contains(digit) {
          text[place] = UInt8(ascii: "-")
          place += 1
        }
        let half = digit < 16 ? high : low
        let value = UInt8(truncatingIfNeeded: half >> UInt64((15 - digit % 16) * 4)) & 15
        text[place] = value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
        place += 1
      }
      return place
    }
  }
}
