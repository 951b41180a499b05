/// Reads a table of CloudTrail's columns, as CSV or TSV (RFC 4180), row by row through one window.
final class TableReader {
  enum Row {
    /// A row as an object of text by column, and its bytes as delivered; valid during the call only.
    case row(JSONTape, delivered: UnsafeBufferPointer<UInt8>)
    case damaged(reason: String)
  }

  private static let headerLimit = 1 << 16
  /// Columns of exports that hold a whole record as JSON text.
  private static let recordColumns: Set = [
    "_raw", "CloudTrailEvent", "@message", "message", "event.original", "raw_data", "rawLog", "payload",
    "eventJson", "eventjson", "full_message", "raw", "RAW",
  ]
  /// The column by which exports of Elastic's common schema are known.
  private static let elasticColumn = "event.action"

  private let window: ByteWindow
  private var position: Int
  /// Where the file's text begins, until its columns are known: if they aren't those of a table, others read it from there.
  private var textStart: Int?
  private var separator = UInt8(ascii: ",")
  private var columns: [String] = []
  private let tape = JSONTape()
  private var text: [UInt8] = []

  /// Reads the header, which begins at a place in the window; `nil` where neither it nor the first row tells that the
  /// table holds CloudTrail's events.
  ///
  /// In that case the window still shows all from that place on.
  init?(window: ByteWindow, from start: Int) {
    self.window = window
    position = start
    textStart = start
    skipType()
    for separator in namedSeparator().map({ [$0] }) ?? [
      UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|"),
    ] {
      self.separator = separator
      guard let end = rowEnd(from: position, limit: Self.headerLimit) else { continue }
      columns = cells(from: position, to: end)
      guard Set(columns).count == columns.count, !columns.contains("") || columns.count > 1 else { continue }
      let areKnown =
        columns.count > 1
        && (RowColumns.areColumns(columns) || columns.contains(Self.elasticColumn)
          || columns.contains(where: Self.recordColumns.contains))
      if let end = areKnown ? end : headerEndBeforeJSON() {
        position = end
        textStart = nil
        return
      }
    }
    return nil
  }

  /// The end of the header, where the row behind it has as many cells and one of them is an object in quotes: whatever
  /// the columns are called, they hold records.
  private func headerEndBeforeJSON() -> Int? {
    // From here on nothing is dropped, so that places stay: the header is wanted again.
    _ = readOn()
    guard let end = rowEnd(from: position, limit: Self.headerLimit) else { return nil }
    var row = end
    while true {
      while row < window.count, window.bytes[row] == 0x0A || window.bytes[row] == 0x0D { row += 1 }
      guard row == window.count, !window.isAtEnd else { break }
      _ = readOn()
    }
    guard row < window.count, let rowEnd = rowEnd(from: row, limit: RecordWalker.itemLimit) else {
      return nil
    }
    let cells = cells(from: row, to: rowEnd)
    guard cells.count == columns.count, columns.count > 1 || window.bytes[row] == UInt8(ascii: "\"") else {
      return nil
    }
    return cells.contains { $0.hasPrefix("{") && $0.contains("eventName") } ? end : nil
  }

  /// Passes over the line in which PowerShell's `Export-Csv` names the type of the rows.
  private func skipType() {
    let mark = Array("#TYPE ".utf8)
    guard let end = rowEnd(from: position, limit: Self.headerLimit), end - position > mark.count,
      UnsafeBufferPointer(start: window.bytes + position, count: mark.count).elementsEqual(mark)
    else { return }
    position = end
    _ = skipLineBreaks()
  }

  /// Passes over a first line such as `sep=;`, which tells spreadsheets what parts the cells.
  private func namedSeparator() -> UInt8? {
    let mark = Array("sep=".utf8)
    guard let end = rowEnd(from: position, limit: mark.count + 3), end - position == mark.count + 1,
      UnsafeBufferPointer(start: window.bytes + position, count: mark.count).elementsEqual(mark)
    else { return nil }
    let separator = window.bytes[end - 1]
    position = end
    return skipLineBreaks() ? separator : nil
  }

  /// Calls back with each row and its offset in the (inflated) file.
  func forEachRow(_ body: (Row, Int) throws -> Void) rethrows {
    while skipLineBreaks() {
      guard let end = rowEnd(from: position, limit: RecordWalker.itemLimit) else {
        try body(.damaged(reason: "a quote that no quote ends"), window.fileOffset + position)
        skipLine()
        continue
      }
      let offset = window.fileOffset + position
      let delivered = UnsafeBufferPointer(start: window.bytes + position, count: end - position)
      let cells = cells(from: position, to: end)
      position = end
      guard cells.count == columns.count else {
        try body(
          .damaged(
            reason: window.isAtEnd && end == window.count
              ? "the file ends within a row" : "a row whose cells are not as many as the columns"), offset)
        continue
      }
      guard parse(cells) else {
        try body(.damaged(reason: "a row that can't be read"), offset)
        continue
      }
      try body(.row(tape, delivered: delivered), offset)
    }
  }

  private func parse(_ cells: [String]) -> Bool {
    var output = JSONOutput()
    output.append(raw: "{")
    var isFirst = true
    for (column, cell) in zip(columns, cells) where !cell.isEmpty {
      if !isFirst { output.append(raw: ",") }
      isFirst = false
      output.append(column)
      output.append(raw: ":")
      output.append(cell)
    }
    output.append(raw: "}")
    let count = output.count
    text = output.bytes + [UInt8](repeating: 0, count: 8)
    let parsed = text.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { tape.parse($0, from: 0, count: count) } ?? .incomplete
    }
    if case .value = parsed { return true }
    return false
  }

  /// Follows the quotes of a row: one opens a cell, two within it stand for one, any other is text.
  private struct Quotes {
    enum Part { case text, quote, separator }

    private(set) var areOpen = false
    private var isCellStart = true
    private var hasJustClosed = false

    mutating func read(_ byte: UInt8, separator: UInt8) -> Part {
      let (wasStart, wasClosed) = (isCellStart, hasJustClosed)
      (isCellStart, hasJustClosed) = (false, false)
      if byte == UInt8(ascii: "\"") {
        if areOpen {
          areOpen = false
          hasJustClosed = true
          return .quote
        }
        guard wasStart || wasClosed else { return .text }
        areOpen = true
        return wasClosed ? .text : .quote
      }
      guard byte == separator, !areOpen else { return .text }
      isCellStart = true
      return .separator
    }
  }

  /// Passes over line breaks; false at the end of the file.
  private func skipLineBreaks() -> Bool {
    while true {
      while position < window.count {
        guard window.bytes[position] == 0x0A || window.bytes[position] == 0x0D else { return true }
        position += 1
      }
      guard !window.isAtEnd else { return false }
      _ = readOn()
    }
  }

  /// Reads on, keeping what is still to be read; gives how many bytes were dropped.
  private func readOn() -> Int {
    let dropped = window.advance(keepingFrom: textStart ?? position)
    position -= dropped
    textStart? -= dropped
    return dropped
  }

  private func skipLine() {
    while true {
      while position < window.count {
        if window.bytes[position] == 0x0A { return }
        position += 1
      }
      guard !window.isAtEnd else { return }
      _ = readOn()
    }
  }

  /// The place of the line break that ends the row that begins at `start`, or of the file's end; `nil` for a row that has none.
  private func rowEnd(from start: Int, limit: Int) -> Int? {
    var (start, place) = (start, start)
    var quotes = Quotes()
    while true {
      while place < window.count {
        let byte = window.bytes[place]
        if byte == 0x0A, !quotes.areOpen {
          guard place - start <= limit else { return nil }
          return place > start && window.bytes[place - 1] == 0x0D ? place - 1 : place
        }
        _ = quotes.read(byte, separator: separator)
        place += 1
      }
      guard place - start <= limit else { return nil }
      guard !window.isAtEnd else { return quotes.areOpen ? nil : place }
      let dropped = readOn()
      start -= dropped
      place -= dropped
    }
  }

  /// The cells of a row, without their quotes.
  private func cells(from start: Int, to end: Int) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var quotes = Quotes()
    for byte in UnsafeBufferPointer(start: window.bytes + start, count: end - start) {
      switch quotes.read(byte, separator: separator) {
      case .text: cell.append(byte)
      case .quote: break
      case .separator:
        cells.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll(keepingCapacity: true)
      }
    }
    cells.append(String(decoding: cell, as: UTF8.self))
    return cells
  }
}
