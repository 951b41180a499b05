/// Reads a log file record by record, each with the exact bytes that were delivered.
package struct RawRecordReader {
  /// One record of a file, or what stands in its place; valid during the call only.
  package enum Entry {
    /// `notes` say what was changed to give the record CloudTrail's shape.
    case record(JSONTape, JSONTape.Index, delivered: UnsafeBufferPointer<UInt8>, notes: [String])
    case rejected(reason: String)
  }

  private let contents: LogContents

  /// A reader for one thread.
  package init() { contents = LogContents() }

  /// Reads the native record at a place where it can, and in an array those that follow it.
  ///
  /// `index` is the first one's position in the file.
  typealias NativeReading = (
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ index: Int, _ isInArray: Bool
  ) -> NativeRun

  /// Calls back with each entry, its position in the file from 0, and its offset in inflated bytes.
  ///
  /// - Returns: what stopped the file before its end, if something did.
  package func forEachEntry(
    in file: LogFile, _ body: (_ entry: Entry, _ index: Int, _ offset: Int) throws -> Void
  ) throws -> InputFault? {
    try forEachEntry(in: file, native: nil, body: body)
  }

  /// The same for entries that `native` doesn't read.
  ///
  /// - Returns: what stopped the file before its end, if something did.
  func forEachEntry(
    in file: LogFile, native: NativeReading?,
    body: (_ entry: Entry, _ index: Int, _ offset: Int) throws -> Void
  ) throws -> InputFault? {
    if let fault = file.fault { return fault }
    let window: ByteWindow
    do throws(InputFault) { window = try contents.open(file.path) } catch { return error }
    return try forEachEntry(in: window, native: native, body: body)
  }

  /// Calls back with each entry of a source of bytes, read through a window that starts at a size.
  package func forEachEntry(
    from source: any ByteProducer, isGzip: Bool, windowSize: Int,
    _ body: (_ entry: Entry, _ index: Int, _ offset: Int) throws -> Void
  ) throws -> InputFault? {
    try forEachEntry(from: source, isGzip: isGzip, windowSize: windowSize, native: nil, body: body)
  }

  /// The same for entries that `native` doesn't read.
  func forEachEntry(
    from source: any ByteProducer, isGzip: Bool, windowSize: Int, native: NativeReading?,
    body: (_ entry: Entry, _ index: Int, _ offset: Int) throws -> Void
  ) throws -> InputFault? {
    let window: ByteWindow
    do throws(InputFault) {
      window = ByteWindow(producer: isGzip ? try GzipProducer.unpacked(source) : source, capacity: windowSize)
    } catch {
      return error
    }
    return try forEachEntry(in: window, native: native, body: body)
  }

  private func forEachEntry(
    in window: ByteWindow, native: NativeReading?,
    body: (_ entry: Entry, _ index: Int, _ offset: Int) throws -> Void
  ) throws -> InputFault? {
    guard let text = UTF16Producer(window) else {
      return try forEachEntry(inUTF8: window, native: native, body: body)
    }
    // Each of its observations says so: digests and places are those of the text in UTF-8.
    return try forEachEntry(
      inUTF8: ByteWindow(producer: text, capacity: Self.wideWindowSize), native: nil
    ) { entry, index, offset in
      guard case .record(let tape, let node, let delivered, let notes) = entry else {
        return try body(entry, index, offset)
      }
      try body(
        .record(tape, node, delivered: delivered, notes: notes + ["record: read from UTF-16"]), index, offset)
    }
  }

  private static let wideWindowSize = 1 << 16

  private func forEachEntry(
    inUTF8 window: ByteWindow, native: NativeReading?,
    body: (_ entry: Entry, _ index: Int, _ offset: Int) throws -> Void
  ) throws -> InputFault? {
    let tape = JSONTape()
    let unwrapper = RecordUnwrapper()
    var index = 0
    let walker = RecordWalker(
      window: window, tape: tape,
      native: native.map { native in
        { bytes, start, count, isInArray in
          let run = native(bytes, start, count, index, isInArray)
          index += run.records
          return run
        }
      })
    func reject(_ reason: String, _ offset: Int) throws {
      try body(.rejected(reason: reason), index, offset)
      index += 1
    }
    // A row was delivered as it stands in its table, a record as the part of a document that it is.
    func unwrap(_ tape: JSONTape, row: UnsafeBufferPointer<UInt8>?, _ offset: Int) throws {
      try unwrapper.unwrap(tape) { found in
        let delivered =
          row ?? (tape.kind(found.delivered) == .string ? tape.slice(0) : tape.slice(found.delivered))
        try body(.record(found.tape, found.node, delivered: delivered, notes: found.notes), index, offset)
        index += 1
      } rejected: { reason, _ in
        try reject(reason, offset)
      }
    }
    func read(_ item: RecordWalker.Item, _ offset: Int) throws {
      switch item {
      case .damaged(let reason): try reject(reason, offset)
      case .value: try unwrap(tape, row: nil, offset)
      }
    }
    var unreadable = try walker.forEachItem(read)
    let textOffset = window.fileOffset + walker.position
    if case .notJSON? = unreadable, let table = TableReader(window: window, from: walker.position) {
      unreadable = nil
      try table.forEachRow { row, offset in
        switch row {
        case .damaged(let reason): try reject(reason, offset)
        case .row(let rowTape, let delivered): try unwrap(rowTape, row: delivered, offset)
        }
      }
    } else if case .notJSON(_, nil)? = unreadable {
      // Looking for a table's header has moved the window on.
      walker.position = textOffset - window.fileOffset
      if let offset = walker.skipText() {
        unreadable = nil
        try reject("text before the first JSON object", offset)
        try walker.forEachItemHere(read)
      }
    }
    return window.fault ?? unreadable
  }

  /// Calls back with the delivered bytes of each record and its position; rejects take a position too.
  package func forEachRecord(
    in file: LogFile, _ body: (_ index: Int, _ bytes: UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    let fault = try forEachEntry(in: file) { entry, index, _ in
      if case .record(_, _, let delivered, _) = entry { try body(index, delivered) }
    }
    if let fault { throw fault }
  }
}
