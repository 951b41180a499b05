/// A search's answer column by column, as Splunk gives it with `output_mode=json_cols`: the fields' names, and for each of
/// them its value in every row.
struct ColumnTable {
  private let fields: [String]
  /// The arrays of values, as many as fields, all of one length.
  private let columns: [JSONTape.Index]
  private let count: Int

  /// Recognises an object with fields and their columns.
  init?(_ tape: JSONTape, _ node: JSONTape.Index) {
    guard let names = tape.member(node, "fields"), let lists = tape.member(node, "columns"),
      tape.kind(names) == .array, tape.kind(lists) == .array
    else { return nil }
    var fields: [String] = []
    var columns: [JSONTape.Index] = []
    var lengths: Set<Int> = []
    var areNamed = true
    tape.forEachChild(names) { field in
      guard let name = tape.text(field) ?? tape.text(tape.member(field, "name")) else {
        return areNamed = false
      }
      fields.append(name)
    }
    tape.forEachChild(lists) { column in
      guard tape.kind(column) == .array else { return areNamed = false }
      var length = 0
      tape.forEachChild(column) { _ in length += 1 }
      columns.append(column)
      lengths.insert(length)
    }
    guard areNamed, !fields.isEmpty, fields.count == columns.count, lengths.count == 1,
      fields.contains("_raw") || RowColumns.areColumns(fields)
    else { return nil }
    (self.fields, self.columns, count) = (fields, columns, lengths.first ?? 0)
  }

  /// Calls back with each row as an object, and with the cell that holds the event itself where there is one.
  func forEachRow(
    _ tape: JSONTape, _ body: (_ row: String, _ raw: JSONTape.Index?) throws -> Void
  ) rethrows {
    let raw = fields.firstIndex(of: "_raw")
    var cells = columns.map(tape.firstChild)
    for _ in 0..<count {
      // A field that an event lacks is null in its row. Of repeated fields the first counts.
      let values = zip(fields, cells.map(tape.value)).filter { $1 != .null }
      let row = JSONValue.object(Dictionary(values, uniquingKeysWith: { first, _ in first }))
      try body(row.compactText, raw.map { cells[$0] })
      for place in cells.indices { cells[place] = tape.after(cells[place]) }
    }
  }
}
