/// Reads logs into the lines of `observations.jsonl`, each event once, in an order that depends on the files' names
/// alone.
struct ObservationLines: Sendable {
  /// Bytes of lines that are handed over together.
  static let batchSize = 1 << 20

  let paths: [String]
  let jobs: Int
  let archetypes: ArchetypeRules

  /// Calls back with stretches of lines, rejects, and the progress.
  ///
  /// Of two records with one event id the first in the order of files counts, the others are duplicates.
  func read(
    rejected: (InputAccounting.Reject) throws -> Void, progress: (LineTally) -> Void,
    _ write: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> (tally: LineTally, accounting: InputAccounting) {
    let files = try LogFileDiscovery.files(in: paths)
    let rules = try NormalizationRules(archetypes: archetypes)
    let pool = LineBytesPool()
    var tally = LineTally()
    try OrderedWorkers<LogFile, LineBatch>(jobs: jobs).run(files) {
      LineWorker(rules: rules, pool: pool)
    } work: { file, worker, emit in
      worker.read(file, emit: emit)
    } consume: { _, batch in
      if let bytes = batch.bytes {
        try tally.add(batch) { try write(bytes.slice($0)) }
        pool.give(bytes)
      }
      for reject in batch.rejects { try rejected(reject) }
      progress(tally)
    }
    return (tally, tally.accounting(files: files.count))
  }
}
