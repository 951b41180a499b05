/// Turns log files into batches of lines, for one thread.
final class LineWorker {
  private let normalizer: Normalizer
  private let reader = RawRecordReader()
  private let pool: LineBytesPool
  private var output = JSONOutput()
  private var lines: BatchComposer
  /// Whether the file at hand has a record, or what was rejected as one.
  private var hasRecords = false

  private struct Stopped: Error {}

  init(rules: NormalizationRules, pool: LineBytesPool, hash: KeyedHash = KeyedHash()) {
    normalizer = Normalizer(rules: rules)
    self.pool = pool
    lines = BatchComposer(rules: rules, hash: hash, pool.take())
  }

  /// Reads a file; `emit` says whether to go on, and so does the result.
  func read(_ file: LogFile, emit: (LineBatch) -> Bool) -> Bool {
    read(named: file.name, emit: emit) { try reader.forEachEntry(in: file, native: $0, body: $1) }
  }

  /// The same for a source of bytes, read through a window that starts at a size.
  func read(
    from source: any ByteProducer, named name: String, isGzip: Bool, windowSize: Int,
    emit: (LineBatch) -> Bool
  ) -> Bool {
    read(named: name, emit: emit) {
      try reader.forEachEntry(from: source, isGzip: isGzip, windowSize: windowSize, native: $0, body: $1)
    }
  }

  private typealias Body = (_ entry: RawRecordReader.Entry, _ index: Int, _ offset: Int) throws -> Void
  private typealias Source = (@escaping RawRecordReader.NativeReading, Body) throws -> InputFault?

  private func read(named name: String, emit: (LineBatch) -> Bool, _ source: Source) -> Bool {
    hasRecords = false
    do {
      let fault = try withoutActuallyEscaping(emit) { try entries(of: source, named: name, emit: $0) }
      lines.batch.fault = fault.map { .init(file: name, reason: $0.description) }
      if fault == nil, !hasRecords { lines.batch.emptyFile = name }
      return hand(emit)
    } catch {
      // The consumer has stopped, and reports its own error.
      return false
    }
  }

  private func entries(
    of source: Source, named file: String, emit: @escaping (LineBatch) -> Bool
  ) throws -> InputFault? {
    output.removeAll()
    output.append(file)
    let name = output.bytes
    var isStopped = false
    return try source({ bytes, start, count, index, isInArray in
      let run = name.withUnsafeBufferPointer { name in
        NativeRun(bytes, from: start, count: count, isInArray: isInArray) { start, number in
          guard !isStopped else { return nil }
          let end = self.lines.compose(
            bytes, from: start, count: count, index: index + number, file: name)
          if self.lines.isFull, !self.hand(emit) { isStopped = true }
          return end
        }
      }
      if run.records > 0 { self.hasRecords = true }
      // The next records may lie in other bytes.
      self.lines.writeDigests()
      return run
    }) { entry, index, offset in
      guard !isStopped else { throw Stopped() }
      hasRecords = true
      add(entry, file: file, index: index, offset: offset)
      if lines.isFull, !hand(emit) { throw Stopped() }
    }
  }

  private func add(_ entry: RawRecordReader.Entry, file: String, index: Int, offset: Int) {
    switch entry {
    case .rejected(let reason):
      lines.batch.rejects.append(.init(file: file, index: index, offset: offset, reason: reason))
    case .record(let tape, let node, let delivered, let notes):
      let observation = normalizer.observation(
        tape, node, file: file, index: index,
        sha256: SHA256Digest.hex(UnsafeRawBufferPointer(delivered)),
        recordNotes: notes)
      output.removeAll()
      observation.append(to: &output)
      output.append(raw: "\n")
      output.withBytes { lines.append($0, of: observation) }
    }
  }

  /// Hands the batch over; whether the consumer wants more.
  private func hand(_ emit: (LineBatch) -> Bool) -> Bool { emit(lines.finish(nextIn: pool.take())) }
}

/// Fills one batch after the other.
private struct BatchComposer: ~Copyable {
  var batch = LineBatch()
  private var composer: LineComposer
  private var cursor: LineCursor

  init(rules: NormalizationRules, hash: KeyedHash, _ bytes: LineBytes) {
    composer = LineComposer(rules: rules, hash: hash)
    cursor = LineCursor(bytes)
  }

  var isFull: Bool { cursor.count >= ObservationLines.batchSize || batch.rejects.count >= 4_096 }

  /// Adds the line of a native record; gives where the record ends, or `nil` where it takes the general code.
  mutating func compose(
    _ bytes: UnsafePointer<UInt8>, from start: Int, count: Int, index: Int,
    file: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    guard
      let line = composer.compose(
        bytes, from: start, count: count, index: index, file: file, to: &cursor)
    else { return nil }
    add(event: line.event, seconds: line.seconds, place: line.place, shared: line.shared)
    return line.end
  }

  /// Completes the lines so far.
  mutating func writeDigests() { composer.writeDigests(in: &cursor) }

  /// Adds the line of an observation.
  mutating func append(_ line: UnsafeBufferPointer<UInt8>, of observation: Observation) {
    cursor.reserve(line.count)
    cursor.append(line)
    add(
      event: EventKey(observation), seconds: observation.eventTime.seconds,
      place: composer.places.number(
        account: composer.places.name(observation.accountID),
        region: composer.places.name(observation.awsRegion)),
      shared: observation.sharedEventID.map { EventDigest($0) })
  }

  private mutating func add(event: EventKey, seconds: Int, place: Int, shared: EventDigest?) {
    if let shared { batch.sharedEvents.append(shared) }
    batch.lines.append(
      .init(
        event: event, seconds: seconds, end: cursor.count, place: place,
        shared: shared == nil ? -1 : batch.sharedEvents.count - 1))
  }

  /// The finished batch; the next goes into other bytes.
  mutating func finish(nextIn bytes: LineBytes) -> LineBatch {
    writeDigests()
    cursor.commit()
    batch.bytes = cursor.bytes
    batch.places = composer.places.places
    defer {
      batch = LineBatch()
      cursor = LineCursor(bytes)
    }
    return batch
  }
}
