/// Reads logs into the lines of `observations.jsonl`, each event once, in an order that depends on the files' names
/// alone.
struct ObservationLines: Sendable {
  /// Bytes of lines that are handed over together.
  static let batchSize = 1 << 20

  let files: [LogFile]
  let jobs: Int
  let archetypes: ArchetypeRules

  /// Calls back with stretches of lines, rejects, and the progress.
  ///
  /// Of two records of one call and event id the first in the order of files counts, the others are duplicates.
  func read(
    rejected: (InputAccounting.Reject) throws -> Void, progress: (LineTally) -> Void,
    _ write: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> (tally: LineTally, accounting: InputAccounting) {
    let rules = try NormalizationRules(archetypes: archetypes)
    let pool = LineBytesPool()
    var tally = LineTally()
    try OrderedWorkers<ArraySlice<LogFile>, LineBatch>(jobs: jobs).run(neighbours) {
      LineWorker(rules: rules, pool: pool)
    } work: { files, worker, emit in
      for index in files.indices {
        if index + 1 < files.endIndex { files[index + 1].askAhead() }
        guard worker.read(files[index], emit: emit) else { return }
      }
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

  /// Files that one thread reads one after the other: sessions go on from one to the next.
  private var neighbours: [ArraySlice<LogFile>] {
    let length = max(1, min(4, files.count / (jobs * 8)))
    return stride(from: 0, to: files.count, by: length).map { files[$0..<min($0 + length, files.count)] }
  }
}
