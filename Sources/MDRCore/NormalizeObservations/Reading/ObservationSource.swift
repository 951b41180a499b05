/// What one worker reads at a time: a log file, or a stretch of an `observations.jsonl`.
struct ObservationSource: Sendable {
  let file: LogFile
  /// The bytes of observations that are meant, from one line's start to another's; `nil` for a log file.
  let stretch: Range<Int>?

  init(file: LogFile, stretch: Range<Int>? = nil) {
    self.file = file
    self.stretch = stretch
  }

  /// Whether the file began in an earlier source.
  var isContinued: Bool { (stretch?.lowerBound ?? 0) > 0 }

  /// A file of observations in stretches of about `length` bytes.
  static func stretches(of file: LogFile, every length: Int) -> [ObservationSource] {
    let starts = FileStretch.lineStarts(path: file.path, every: length)
    let ends = starts.dropFirst() + [Int.max]
    return zip(starts, ends).map { ObservationSource(file: file, stretch: $0..<$1) }
  }

  /// Hands over what a thread's `judge` makes of each observation.
  func read<Element: Sendable>(
    _ thread: ObservationReader.ThreadContext<Element>, hashes: Bool,
    emit: (ObservationReader.Batch<Element>) -> Bool
  ) {
    var batch = ObservationReader.Batch<Element>()
    func flush() throws {
      guard batch.isFull || batch.fault != nil else { return }
      guard emit(batch) else { throw Stopped() }
      batch = .init()
    }
    func add(_ observation: Observation, _ line: ObservationLine?) throws {
      batch.entries.append(
        .init(
          event: EventKey(observation), time: observation.eventTime,
          account: observation.accountID,
          region: observation.awsRegion, element: thread.judge.judge(observation, line)))
      try flush()
    }
    func recall(_ line: ObservationLine) throws -> Bool {
      guard let entry = thread.judge.recall(line) else { return false }
      batch.entries.append(entry)
      try flush()
      return true
    }
    func reject(_ index: Int, _ offset: Int, _ reason: String) throws {
      batch.rejects.append(.init(file: file.name, index: index, offset: offset, reason: reason))
      try flush()
    }
    do {
      let fault =
        if let stretch {
          try readObservations(stretch, thread.decoder, recall, add, reject)
        } else {
          try readLogs(thread.normalizer, hashes: hashes, add, reject)
        }
      batch.fault = fault.map { .init(file: file.name, reason: $0.description) }
      _ = emit(batch)
    } catch {
      // The consumer has stopped: it has its own error to report.
    }
  }

  private typealias Recalling = (ObservationLine) throws -> Bool
  private typealias Adding = (Observation, ObservationLine?) throws -> Void
  private typealias Rejecting = (_ index: Int, _ offset: Int, _ reason: String) throws -> Void

  private func readLogs(
    _ normalizer: Normalizer, hashes: Bool, _ add: Adding, _ reject: Rejecting
  ) throws -> InputFault? {
    try RawRecordReader().forEachEntry(in: file) { entry, index, offset in
      switch entry {
      case .rejected(let reason): try reject(index, offset, reason)
      case .record(let tape, let node, let delivered, let notes):
        let sha256 = hashes ? SHA256Digest.hex(UnsafeRawBufferPointer(delivered)) : ""
        try add(
          normalizer.observation(
            tape, node, file: file.name, index: index, sha256: sha256, recordNotes: notes), nil)
      }
    }
  }

  private func readObservations(
    _ stretch: Range<Int>, _ decoder: ObservationDecoder, _ recall: Recalling, _ add: Adding,
    _ reject: Rejecting
  ) throws -> InputFault? {
    let tape = JSONTape()
    let source: FileStretch
    do throws(InputFault) { source = try FileStretch(path: file.path, stretch) } catch { return error }
    let window = ByteWindow(producer: source, capacity: 1 << 20)
    let line = ObservationLine(decoder: decoder, tape: tape)
    var index = 0
    try RecordWalker(window: window, tape: tape).forEachItem { item, offset in
      defer { index += 1 }
      if case .value = item {
        decoder.find(tape, 0)
        if !decoder.lacksReasons(tape), try recall(line) { return }
        if let observation = decoder.observation(tape) { return try add(observation, line) }
      }
      try reject(index, offset + stretch.lowerBound, "a line that is no observation")
    }
    return window.fault
  }
}

/// Where a stretch's items stand in their file; a worker can't know that before the earlier stretches are read.
struct StretchPositions {
  private var current = -1
  /// Items of the file before the current stretch, and up to now.
  private var before = 0
  private var passed = 0

  /// Notes whose batch comes next.
  mutating func begin(_ number: Int, _ source: ObservationSource) {
    guard number != current else { return }
    current = number
    if !source.isContinued { passed = 0 }
    before = passed
  }

  /// Notes that so many items of the current source were read.
  mutating func pass(_ items: Int) { passed += items }

  /// A reject with its position in the file.
  func placed(_ reject: InputAccounting.Reject) -> InputAccounting.Reject {
    var reject = reject
    reject.index += before
    return reject
  }
}

/// Nobody takes more batches.
private struct Stopped: Error {}
