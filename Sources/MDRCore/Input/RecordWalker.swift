/// Walks a file of JSON and stops at each item: an element of its record array, or a value of its stream.
///
/// Items are found without reading the whole file: arrays, `{"Records":[…]}` and lines of any length pass
/// through one window. A damaged item costs that item, not those behind it.
final class RecordWalker {
  /// The largest item that is read; CloudTrail limits its events to 256 KB, exporters add little.
  static let itemLimit = 64 << 20
  /// How much of a file tells what it is.
  static let startLength = 12
  /// How far into an object a record's first key is looked for.
  private static let firstKeyLength = 64

  enum Item {
    /// A whole item; the bytes stay valid during the call only.
    case value(UnsafeBufferPointer<UInt8>)
    /// Bytes that are no item, with the reason.
    case damaged(reason: String)
  }

  /// Reads the item at a place where it can, faster than the tape does, and in an array those that follow it.
  typealias NativeReading = (
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ isInArray: Bool
  ) -> NativeRun

  let window: ByteWindow
  let tape: JSONTape
  private let native: NativeReading?
  var position = 0
  /// Whether each open array stands in an object, whose other members follow it.
  private var openArrays: [Bool] = []
  private(set) var itemCount = 0
  /// Whether each item follows other text on its line.
  var hasPrefixes = false
  /// Whether each item is a text with JSON behind `=>`.
  var hasHashes = false

  /// Walks what a window shows; items that `native` has read are not called back with.
  init(window: ByteWindow, tape: JSONTape, native: NativeReading? = nil) {
    self.window = window
    self.tape = tape
    self.native = native
  }

  /// Calls back with each item and its offset in the (inflated) file; `tape` holds the item's structure.
  ///
  /// - Returns: why the file holds no items at all, if it doesn't look like JSON; the position is then where its first
  ///   line with text begins.
  @discardableResult
  func forEachItem(_ body: (_ item: Item, _ offset: Int) throws -> Void) rethrows -> InputFault? {
    fill(Self.startLength)
    skipByteOrderMark()
    if let encoding = wideEncoding { return encoding }
    guard let (first, indent) = firstByte() else { return window.fault == nil ? .empty : nil }
    if first == UInt8(ascii: "["), hasHashLines() {
      hasHashes = true
      try forEachPrefixedItem(body)
      return nil
    }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || hasJSONInText(behind: indent) else {
      guard hasPrefixedLines() else { return .notJSON(start: start, format: format) }
      try forEachPrefixedItem(body)
      return nil
    }
    try forEachItemHere(body)
    return nil
  }

  /// The same from a place where JSON stands.
  func forEachItemHere(_ body: (_ item: Item, _ offset: Int) throws -> Void) rethrows {
    while let byte = nextByte() {
      switch byte {
      case UInt8(ascii: ","): position += 1
      case Self.recordSeparator where openArrays.isEmpty: position += 1
      case UInt8(ascii: "]") where openArrays.last != nil:
        position += 1
        if openArrays.removeLast() { try finishObject(body) }
      case UInt8(ascii: "[") where openArrays.isEmpty:
        position += 1
        openArrays.append(false)
      case UInt8(ascii: "{") where openArrays.isEmpty:
        if let start = recordArrayStart() ?? answerArrayStart() {
          position = start
          openArrays.append(true)
        } else {
          try parseItem(body)
        }
      default: try parseItem(body)
      }
    }
    if !openArrays.isEmpty, window.fault == nil {
      try body(.damaged(reason: "the file ends before its record array does"), window.fileOffset + position)
    }
  }

  /// Stands before each text of a JSON text sequence (RFC 7464), as `jq --seq` writes it.
  static let recordSeparator: UInt8 = 0x1E

  /// Reads on until so many bytes follow the position, or the file ends.
  func fill(_ length: Int) {
    while window.count - position < length, !window.isAtEnd {
      position -= window.advance(keepingFrom: position)
    }
  }

  /// Parses the value at the position; a number at the window's end may go on behind it.
  private func parse() -> JSONParse {
    let parsed = tape.parse(window.bytes, from: position, count: window.count)
    if parsed == .value(end: window.count), tape.kind(0) == .number, !window.isAtEnd { return .incomplete }
    return parsed
  }

  func parseItem(_ body: (Item, Int) throws -> Void) rethrows {
    if let native, readNatively(native) { return }
    while true {
      let offset = window.fileOffset + position
      switch parse() {
      case .value(let end) where end - position > Self.itemLimit:
        position = end
        return try body(.damaged(reason: "a record larger than \(Self.itemLimit >> 20) MB"), offset)
      case .value(let end):
        let slice = UnsafeBufferPointer(start: window.bytes + position, count: end - position)
        itemCount += 1
        position = end
        return try body(.value(slice), offset)
      case .invalid(let fault):
        try body(.damaged(reason: fault.reason), window.fileOffset + fault.offset)
        guard !hasPrefixes else { return skipLine() }
        return resynchronise(from: nextLineStart(before: fault.offset) ?? max(position + 1, fault.offset))
      case .incomplete where window.isAtEnd:
        try body(.damaged(reason: window.fault?.description ?? "the file ends within a record"), offset)
        guard !hasPrefixes else { return skipLine() }
        position = nextLineStart(before: window.count) ?? window.count
        return
      case .incomplete where window.count - position > Self.itemLimit:
        try body(.damaged(reason: "a record larger than \(Self.itemLimit >> 20) MB"), offset)
        return resynchronise(from: window.count)
      case .incomplete:
        position -= window.advance(keepingFrom: position)
      }
    }
  }

  /// Reads the item at the position, and those of its array that follow it; `false` where the tape has to read the one
  /// at the position.
  private func readNatively(_ native: NativeReading) -> Bool {
    let run = native(window.bytes, position, window.count, !openArrays.isEmpty)
    itemCount += run.records
    position = run.end
    return !run.isNextLeft
  }

  /// The next line of a stream that starts an object: a line that was cut short takes those behind it for its own.
  private func nextLineStart(before end: Int) -> Int? {
    guard openArrays.isEmpty, position + 1 < end else { return nil }
    return (position + 1..<end).first {
      window.bytes[$0] == UInt8(ascii: "{") && window.bytes[$0 - 1] == 0x0A
    }
  }

  /// After a record array, reads the rest of its object: paging tokens, or a second array.
  private func finishObject(_ body: (Item, Int) throws -> Void) rethrows {
    while let byte = nextByte() {
      switch byte {
      case UInt8(ascii: "}"):
        position += 1
        return
      case UInt8(ascii: ","):
        position += 1
      case UInt8(ascii: "\""):
        if let start = recordArrayStart(atKey: true) {
          position = start
          openArrays.append(true)
          return
        }
        // A key is a string and its value any value: each is read as an item that nobody is told of.
        skipValue()
        if nextByte() == UInt8(ascii: ":") { position += 1 }
        _ = nextByte()
        skipValue()
      default:
        try body(
          .damaged(reason: "text that is not JSON after the record array"), window.fileOffset + position)
        return resynchronise(from: position + 1)
      }
    }
  }

  private func skipValue() {
    while true {
      switch parse() {
      case .value(let end):
        position = end
        return
      case .invalid(let fault): return resynchronise(from: max(position + 1, fault.offset))
      case .incomplete where window.isAtEnd || window.count - position > Self.itemLimit:
        position = window.count
        return
      case .incomplete: position -= window.advance(keepingFrom: position)
      }
    }
  }

  /// Finds the next place where a record can start: an object at the start of a line, or one with a
  /// record's first key.
  private func resynchronise(from start: Int) {
    position = min(start, window.count)
    while true {
      while position < window.count {
        if window.bytes[position] == UInt8(ascii: "{"), looksLikeRecordStart() { return }
        position += 1
      }
      guard !window.isAtEnd else { return }
      // One byte is kept: it may be the line break that a record follows.
      position -= window.advance(keepingFrom: max(0, position - 1))
    }
  }

  private func looksLikeRecordStart() -> Bool {
    if position > 0, window.bytes[position - 1] == 0x0A { return true }
    fill(Self.firstKeyLength)
    let count = min(window.count, position + Self.firstKeyLength)
    let key = JSONText.skipSpace(window.bytes, position + 1, count)
    return ["\"eventVersion\"", "\"EventId\"", "\"awsRegion\""].contains { text in
      key + text.utf8.count <= count
        && text.utf8.elementsEqual(UnsafeBufferPointer(start: window.bytes + key, count: text.utf8.count))
    }
  }

  private func nextByte() -> UInt8? {
    while true {
      position = JSONText.skipSpace(window.bytes, position, window.count)
      if position < window.count { return window.bytes[position] }
      guard !window.isAtEnd else { return nil }
      position -= window.advance(keepingFrom: position)
    }
  }
}
