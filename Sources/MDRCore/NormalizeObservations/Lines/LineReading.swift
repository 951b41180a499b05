/// Reads bytes into lines of `observations.jsonl` with what earlier bytes have taught; for one thread.
package final class LineReading {
  /// What some bytes give as a log.
  package struct Lines: Equatable {
    /// Lines without their ends, those of repeated events too.
    package var lines: [[UInt8]] = []
    package var rejects: [InputAccounting.Reject] = []
    package var fault: String?
  }

  private let worker: LineWorker
  private let pool = LineBytesPool()

  package init(rules: NormalizationRules) {
    // A search for bytes that break something has to find the same ones again.
    worker = LineWorker(rules: rules, pool: pool, hash: KeyedHash(fixedKey: 20))
  }

  /// Reads the bytes of a source.
  package func lines(
    from source: any ByteProducer, named name: String, isGzip: Bool, windowSize: Int
  ) -> Lines {
    var found = Lines()
    _ = worker.read(from: source, named: name, isGzip: isGzip, windowSize: windowSize) { batch in
      if let bytes = batch.bytes {
        var start = 0
        for line in batch.lines {
          found.lines.append(Array(bytes.slice(start..<line.end).dropLast()))
          start = line.end
        }
        pool.give(bytes)
      }
      found.rejects += batch.rejects
      if let fault = batch.fault { found.fault = fault.reason }
      return true
    }
    return found
  }
}
