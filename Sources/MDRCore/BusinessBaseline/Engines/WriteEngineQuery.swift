/// `business-baseline sql`: the aggregation for the engine that holds the logs.
package enum WriteEngineQuery {
  static let engine = Option<String?>.optional(
    "--engine", "NAME", help: "athena, clickhouse, spark or duckdb")
  static let table = Option<String?>.optional(
    "--table", "NAME",
    help: "Athena: the table; ClickHouse and DuckDB: a glob of delivered files; Spark: their folder")

  /// The command, for the executable.
  package static let command = Command(
    "sql", "prints the aggregation that runs where the logs are; import turns its result into lanes",
    options: [engine.declaration, table.declaration, BuildBaseline.until.declaration]
  ) { arguments, _ in
    let name = try arguments.required(engine)
    guard let engine = SQLEngine(rawValue: name.lowercased()) else {
      throw CommandError.usage(
        "--engine \(name) is unknown",
        mend: "use \(SQLEngine.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let query = try EngineQuery(
      engine, table: arguments(table), cutOff: arguments(BuildBaseline.until))
    return CommandOutcome(
      summary: [String(query.text.dropLast())],
      json: ["engine": .string(engine.rawValue), "table": .string(query.table), "sql": .string(query.text)])
  }
}
