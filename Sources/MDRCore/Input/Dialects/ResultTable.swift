/// A query's answer as columns and rows apart, as Log Analytics gives Sentinel's tables.
struct ResultTable {
  private static let columnLimit = 512

  private let columns: [String]
  /// The array of rows, each an array of cells.
  let rows: JSONTape.Index

  /// Recognises an object with `columns`, each a name or an object with one, and `rows`.
  init?(_ tape: JSONTape, _ node: JSONTape.Index) {
    guard let list = tape.member(node, "columns"), tape.kind(list) == .array,
      let rows = tape.member(node, "rows"), tape.kind(rows) == .array
    else { return nil }
    var columns: [String] = []
    var areNamed = true
    tape.forEachChild(list) { column in
      guard columns.count < Self.columnLimit,
        let name = tape.text(column) ?? tape.text(tape.member(column, "name"))
      else { return areNamed = false }
      columns.append(name)
    }
    guard areNamed, !columns.isEmpty else { return nil }
    self.columns = columns
    self.rows = rows
  }

  /// A row as an object by column; `nil` where its cells are not as many.
  ///
  /// Of repeated columns the first counts.
  func object(_ tape: JSONTape, _ row: JSONTape.Index) -> String? {
    guard tape.kind(row) == .array else { return nil }
    var cells: [JSONValue] = []
    tape.forEachChild(row) { cell in if cells.count <= columns.count { cells.append(tape.value(cell)) } }
    guard cells.count == columns.count else { return nil }
    return JSONValue.object(Dictionary(zip(columns, cells), uniquingKeysWith: { first, _ in first }))
      .compactText
  }
}
