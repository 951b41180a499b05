/// A query's answer as columns and rows apart, as Log Analytics gives Sentinel's tables, Elastic and OpenSearch those of
/// their query languages, Splunk those of a search, and Athena its results.
struct ResultTable {
  private static let columnLimit = 512
  private static let columnKeys: [StaticString] = ["columns", "Columns", "fields", "schema"]
  private static let rowKeys: [StaticString] = ["rows", "Rows", "values", "datarows"]

  private let columns: [String]
  /// The array of rows, each an array of cells or an object.
  let rows: JSONTape.Index
  /// Whether cells are objects of Athena's, of which the first may repeat the columns' names.
  let isAthena: Bool

  /// Recognises an object with columns, each a name or an object with one, and rows.
  init?(_ tape: JSONTape, _ node: JSONTape.Index) {
    func list(_ node: JSONTape.Index, _ keys: [StaticString]) -> JSONTape.Index? {
      keys.lazy.compactMap { tape.member(node, $0) }.first { tape.kind($0) == .array }
    }
    let result = tape.member(node, "ResultSet")
    isAthena = result != nil
    let columnList =
      result == nil
      ? list(node, Self.columnKeys) : tape.member(node, "ResultSet", "ResultSetMetadata", "ColumnInfo")
    guard let columnList, let rows = list(result ?? node, Self.rowKeys) else { return nil }
    var columns: [String] = []
    var areNamed = true
    tape.forEachChild(columnList) { column in
      let name = ["name", "Name", "ColumnName"].lazy.compactMap { tape.text(tape.member(column, $0)) }.first
      guard columns.count < Self.columnLimit, let name = tape.text(column) ?? name else {
        return areNamed = false
      }
      columns.append(name)
    }
    guard areNamed, !columns.isEmpty else { return nil }
    self.columns = columns
    self.rows = rows
  }

  /// Whether the columns are those of CloudTrail's events.
  var areColumns: Bool { RowColumns.areColumns(columns) }

  /// A row as an object by column; `nil` where its cells are not as many.
  ///
  /// Of repeated columns the first counts.
  func object(_ tape: JSONTape, _ row: JSONTape.Index) -> String? {
    guard let cells = cells(tape, row), cells.count == columns.count else { return nil }
    return JSONValue.object(Dictionary(zip(columns, cells), uniquingKeysWith: { first, _ in first }))
      .compactText
  }

  /// Whether a row says the columns' names again, as the first of Athena's does.
  func isHeader(_ tape: JSONTape, _ row: JSONTape.Index) -> Bool {
    isAthena && row == rows + 1 && cells(tape, row) == columns.map { .string($0) }
  }

  private func cells(_ tape: JSONTape, _ row: JSONTape.Index) -> [JSONValue]? {
    guard let list = isAthena ? tape.member(row, "Data") : row, tape.kind(list) == .array else { return nil }
    var cells: [JSONValue] = []
    tape.forEachChild(list) { cell in
      guard cells.count <= columns.count else { return }
      cells.append(isAthena ? tape.member(cell, "VarCharValue").map(tape.value) ?? .null : tape.value(cell))
    }
    return cells
  }
}
