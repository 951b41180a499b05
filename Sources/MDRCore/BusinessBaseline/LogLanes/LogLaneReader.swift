/// Reads raw logs straight into lanes, many files at a time.
///
/// The same lanes come out as from observations: an event's parts are taken in as raw bytes, and each distinct part is
/// canonicalised once by the code that makes observations. What is no native record goes that way whole.
struct LogLaneReader: Sendable {
  let paths: [String]
  let jobs: Int
  let window: CountedWindow
  /// The reviewed archetypes, behind the customer's own.
  var archetypes = ArchetypeRules()
  /// What is no log although it may lie among the logs.
  var besides = OwnFolders()

  /// Compressed bytes of an event, at least: for the first size of the table of ids.
  private static let leastEventSize = 160

  /// Reads all files into `intake`, which is empty; gives where every record went.
  func read(into intake: inout BaselineIntake, progress: (Int) -> Void) throws -> InputAccounting {
    // Reading the rules takes as long as looking for the files.
    let rules = ConcurrentResult(jobs: jobs) { [archetypes] in
      Result { try NormalizationRules(archetypes: archetypes) }
    }
    let found = try LogFileDiscovery(in: paths, besides: besides)
    let files = found.files
    let (parts, sharedIDs) = try collected(files, rules, for: intake, progress: progress)
    // By now the index of events is gone, and its room serves for what comes.
    _ = ConcurrentMap(jobs: jobs).map(parts.count) { parts[$0].part.groupMoments() }
    let accounting = ConcurrentResult(jobs: jobs) { InputAccounting(parts, files: files.map(\.name)) }
    intake.merge(parts, jobs: jobs)
    var result = accounting.value
    result.leftOut = found.leftOut
    result.sharedIDs = sharedIDs
    return result
  }

  /// What each thread made of its files and how many events share their id with another call, by an index of events
  /// that lives no longer than this.
  private func collected(
    _ files: [LogFile], _ rules: ConcurrentResult<Result<NormalizationRules, any Error>>,
    for intake: BaselineIntake, progress: (Int) -> Void
  ) throws -> (parts: [LogLanes], sharedIDs: Int) {
    let size = files.reduce(0) { $0 + $1.size }
    let expected = min(size / Self.leastEventSize, 1 << 24)
    let events = SharedEventIndex(expecting: expected, jobs: jobs)
    let task = LogLaneTask(
      rules: try rules.value.get(), window: window, intake: intake, hash: KeyedHash(), events: events,
      expectedEvents: expected / max(1, jobs),
      isRepeat: false)
    let parts = collect(files, task, progress: progress)
    guard events.hasConflict else { return (parts, events.sharedIDs) }
    // Deliveries of one event differ: read again, knowing which delivery comes first.
    var again = task
    again.isRepeat = true
    return (collect(files, again, progress: progress), events.sharedIDs)
  }

  private func collect(
    _ files: [LogFile], _ task: LogLaneTask, progress: (Int) -> Void
  ) -> [LogLanes] {
    NeighbouringWorkers(count: files.count, jobs: max(1, min(jobs, files.count))).run(progress: progress) {
      LogLaneCollector(task)
    } work: { collector, index in
      if index + 1 < files.count { files[index + 1].askAhead() }
      return collector.read(files[index], number: index)
    } finish: { collector in
      collector.takeLanes()
    }
  }
}

/// What one thread made of its files.
struct LogLanes: Sendable {
  var strings = StringTable()
  /// The groups of native records.
  var part = LanePart()
  /// When native records were, by their place.
  var spans: [LanePlace: SeenSpan] = [:]
  var sequences = SequenceCollector()
  /// What was no native record.
  var others: BaselineIntake
  var otherAccounting = InputAccounting()
  var records = 0
  var duplicates = 0
  var rejects: [String: Int] = [:]
  var faults: [(Int, InputFault)] = []
}

/// Where observations were, and where the baseline counts them.
struct LanePlace: Hashable, Sendable {
  var account: NameNumber
  /// As logged, not where a global service is accounted for.
  var region: NameNumber
  var place: CountedWindow.Place
}

extension InputAccounting {
  /// Where the records of all threads went.
  init(_ parts: [LogLanes], files names: [String]) {
    self.init()
    files = names.count
    var faults: [(Int, InputFault)] = []
    for part in parts {
      merge(part)
      faults += part.faults
    }
    self.faults = faults.sorted { $0.0 < $1.0 }.map { .init(file: names[$0.0], reason: $0.1.description) }
  }

  private mutating func merge(_ part: LogLanes) {
    merge(part.otherAccounting)
    records += part.records
    duplicates += part.duplicates
    for (reason, count) in part.rejects {
      rejects += count
      rejectReasons[reason, default: 0] += count
    }
    for (place, span) in part.spans {
      observations += span.count
      coverage[part.strings[place.account], default: [:]][part.strings[place.region], default: 0] +=
        span.count
      guard place.place != .nowhere else {
        eventsWithoutTime += span.count
        continue
      }
      first = min(first ?? span.first, span.first)
      last = max(last ?? span.last, span.last)
    }
  }
}
