/// What some bytes give as a log, by either of the two ways to lanes: both give the same.
package struct LaneReading: Equatable {
  package var lanes: [Lane]
  package var accounting: InputAccounting

  /// The name of the one source of bytes.
  private static let name = "input"

  /// Reads bytes straight into lanes; `source` gives them from their start each time.
  package init(
    straightFrom source: () -> any ByteProducer, isGzip: Bool, windowSize: Int, rules: NormalizationRules
  ) {
    var intake = BaselineIntake(BaselineContext(), until: nil)
    // A search for bytes that break this has to find the same ones again.
    let hash = KeyedHash(fixedKey: 20)
    var task = LogLaneTask(
      rules: rules, window: CountedWindow(), intake: intake, hash: hash,
      events: SharedEventIndex(expecting: 0, hash: hash), isRepeat: false)
    func read() -> LogLanes {
      let collector = LogLaneCollector(task)
      _ = collector.read(from: source(), isGzip: isGzip, windowSize: windowSize)
      return collector.takeLanes()
    }
    var part = read()
    if task.events.hasConflict {
      task.isRepeat = true
      part = read()
    }
    part.part.groupMoments()
    intake.merge([part], jobs: 1)
    lanes = intake.baseline(caveats: [])?.lanes ?? []
    accounting = InputAccounting([part], files: [Self.name])
    accounting.sharedIDs = task.events.sharedIDs
  }

  /// Reads bytes through observations.
  package init(
    throughObservationsFrom source: any ByteProducer, isGzip: Bool, windowSize: Int, rules: NormalizationRules
  ) throws {
    var intake = BaselineIntake(BaselineContext(), until: nil)
    var accounting = InputAccounting()
    accounting.files = 1
    var seen = EventIndex(key: 20)
    let normalizer = Normalizer(rules: rules, keepsDetails: false)
    let fault = try RawRecordReader().forEachEntry(from: source, isGzip: isGzip, windowSize: windowSize) {
      entry, index, offset in
      accounting.records += 1
      switch entry {
      case .rejected(let reason):
        accounting.count(.init(file: Self.name, index: index, offset: offset, reason: reason))
      case .record(let tape, let node, _, let notes):
        let observation = normalizer.observation(
          tape, node, file: Self.name, index: index, sha256: "", recordNotes: notes)
        switch seen.insert(EventKey(observation)) {
        case .again:
          accounting.duplicates += 1
          return
        case .firstOfSharedID: accounting.sharedIDs += 1
        case .first: break
        }
        accounting.count(observation)
        intake.add(observation, in: CountedWindow())
      }
    }
    if let fault { accounting.faults = [.init(file: Self.name, reason: fault.description)] }
    self.accounting = accounting
    lanes = intake.baseline(caveats: [])?.lanes ?? []
  }
}
