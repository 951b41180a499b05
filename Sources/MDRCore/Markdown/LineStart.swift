/// What stands on a line so far, as far as it decides whether a mark would begin a block there.
enum LineStart {
  /// Nothing but spaces, which are taken away.
  case empty
  /// A number, behind which a dot or parenthesis would make a numbered item.
  case number
  /// Anything after which no block can begin.
  case past

  /// The state behind some text.
  init(behind text: some Sequence<UInt8>) {
    self = .empty
    for byte in text {
      pass(byte)
      if self == .past { return }
    }
  }

  /// Goes on behind a byte.
  mutating func pass(_ byte: UInt8) {
    let isDigit = byte &- 0x30 < 10
    switch self {
    case .empty where byte == 0x20: break
    case .empty, .number: self = isDigit ? .number : .past
    case .past: break
    }
  }

  /// Whether a byte would begin a bullet, a numbered item, an underline or, in a spreadsheet's eyes, a formula.
  ///
  /// A number's dot makes an item only where no further letter or digit follows, and never in a cell.
  func makesBlock(_ byte: UInt8, before next: UInt8?, in place: Inline.Place) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: ":"): self == .empty
    case UInt8(ascii: "."), UInt8(ascii: ")"):
      self == .number && place == .line
        && !(next.map { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 } ?? false)
    default: false
    }
  }
}
