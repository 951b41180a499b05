/// Turns log files into batches of lines, for one thread.
final class LineWorker {
  private let normalizer: Normalizer
  private let reader = RawRecordReader()
  private let pool: LineBytesPool
  private var output = JSONOutput()
  private var lines: BatchComposer

  private struct Stopped: Error {}

  init(rules: NormalizationRules, pool: LineBytesPool) {
    normalizer = Normalizer(rules: rules)
    self.pool = pool
    lines = BatchComposer(rules: rules, pool.take())
  }

  /// Reads a file; `emit` says whether to go on, and so does the result.
  func read(_ file: LogFile, emit: (LineBatch) -> Bool) -> Bool {
    do {
      let fault = try withoutActuallyEscaping(emit) { try entries(of: file, emit: $0) }
      lines.batch.fault = fault.map { .init(file: file.name, reason: $0.description) }
      return hand(emit)
    } catch {
      // The consumer has stopped, and reports its own error.
      return false
    }
  }

  private func entries(of file: LogFile, emit: @escaping (LineBatch) -> Bool) throws -> InputFault? {
    output.removeAll()
    output.append(file.name)
    let name = output.bytes
    var isStopped = false
    return try reader.forEachEntry(
      in: file,
      native: { bytes, start, count, index, isInArray in
        name.withUnsafeBufferPointer { name in
          NativeRun(bytes, from: start, count: count, isInArray: isInArray) { start, number in
            guard !isStopped else { return nil }
            let end = self.lines.compose(
              bytes, from: start, count: count, index: index + number, file: name)
            if self.lines.isFull, !self.hand(emit) { isStopped = true }
            return end
          }
        }
      }
    ) { entry, index, offset in
      guard !isStopped else { throw Stopped() }
      add(entry, file: file, index: index, offset: offset)
      if lines.isFull, !hand(emit) { throw Stopped() }
    }
  }

  private func add(_ entry: RawRecordReader.Entry, file: LogFile, index: Int, offset: Int) {
    switch entry {
    case .rejected(let reason):
      lines.batch.rejects.append(.init(file: file.name, index: index, offset: offset, reason: reason))
    case .record(let tape, let node, let delivered, let notes):
      let observation = normalizer.observation(
        tape, node, file: file.name, index: index,
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

  init(rules: NormalizationRules, _ bytes: LineBytes) {
    composer = LineComposer(rules: rules)
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
    add(id: line.id, seconds: line.seconds, place: line.place, shared: line.shared)
    return line.end
  }

  /// Adds the line of an observation.
  mutating func append(_ line: UnsafeBufferPointer<UInt8>, of observation: Observation) {
    cursor.reserve(line.count)
    cursor.append(line)
    add(
      id: EventDigest(observation.eventID), seconds: observation.eventTime.seconds,
      place: composer.places.number(
        account: composer.places.name(observation.accountID),
        region: composer.places.name(observation.awsRegion)),
      shared: observation.sharedEventID.map { EventDigest($0) })
  }

  private mutating func add(id: EventDigest, seconds: Int, place: Int, shared: EventDigest?) {
    if let shared { batch.sharedEvents.append(shared) }
    batch.lines.append(
      .init(
        id: id, seconds: seconds, end: cursor.count, place: place,
        shared: shared == nil ? -1 : batch.sharedEvents.count - 1))
  }

  /// The finished batch; the next goes into other bytes.
  mutating func finish(nextIn bytes: LineBytes) -> LineBatch {
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
