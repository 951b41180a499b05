import Synchronization

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
    let parts = grouped(try collected(files, rules, for: intake, progress: progress))
    let accounting = ConcurrentResult(jobs: jobs) { InputAccounting(parts, files: files.map(\.name)) }
    intake.merge(parts, jobs: jobs)
    var result = accounting.value
    result.leftOut = found.leftOut
    return result
  }

  /// What each thread made of its files, by an index of events that lives no longer than this.
  private func collected(
    _ files: [LogFile], _ rules: ConcurrentResult<Result<NormalizationRules, any Error>>,
    for intake: BaselineIntake, progress: (Int) -> Void
  ) throws -> [LogLanes] {
    let size = files.reduce(0) { $0 + $1.size }
    let expected = min(size / Self.leastEventSize, 1 << 24)
    let events = SharedEventIndex(expecting: expected, jobs: jobs)
    let task = LogLaneTask(
      rules: try rules.value.get(), window: window, intake: intake, hash: KeyedHash(), events: events,
      expectedEvents: expected / max(1, jobs),
      isRepeat: false)
    let parts = collect(files, task, progress: progress)
    guard task.events.hasConflict else { return parts }
    // Deliveries of one event differ: read again, knowing which delivery comes first.
    var again = task
    again.isRepeat = true
    return collect(files, again, progress: progress)
  }

  /// The parts with their moments by group: by now the index of events is gone, and its room serves for this.
  private func grouped(_ parts: consuming [LogLanes]) -> [LogLanes] {
    let count = parts.count
    let waiting = WaitingParts(parts)
    return ConcurrentMap(jobs: jobs).map(count) { waiting.grouped($0) }.compactMap(\.self)
  }

  /// Parts that threads take out one by one, so that nobody else holds what they change.
  private final class WaitingParts: Sendable {
    private let parts: Mutex<[LogLanes?]>

    init(_ parts: consuming [LogLanes]) { self.parts = Mutex(parts.map(Optional.some)) }

    func grouped(_ index: Int) -> LogLanes? {
      var part = parts.withLock { $0[index].take() }
      part?.groupMoments()
      return part
    }
  }

  private func collect(
    _ files: [LogFile], _ task: LogLaneTask, progress: (Int) -> Void
  ) -> [LogLanes] {
    NeighbouringWorkers(count: files.count, jobs: max(1, min(jobs, files.count))).run(progress: progress) {
      LogLaneCollector(task)
    } work: { collector, index in
      collector.read(files[index], number: index)
    } finish: { collector in
      collector.lanes
    }
  }
}

/// What one thread made of its files.
struct LogLanes: Sendable {
  var strings = StringTable()
  var groups: [LaneGroup] = []
  /// When the groups' events were, in the order of reading, until `groupMoments`.
  var log = MomentLog()
  /// The same by group, after `groupMoments`.
  private(set) var moments = GroupedMoments()
  var habits = HabitTable()
  var outcomes: [UInt64: CriticalOutcomes] = [:]
  var sequences = SequenceCollector()
  /// What was no native record.
  var others: BaselineIntake
  var otherAccounting = InputAccounting()
  var records = 0
  var duplicates = 0
  var rejects: [String: Int] = [:]
  var faults: [(Int, InputFault)] = []
}

extension LogLanes {
  /// Puts the moments in the order of their groups.
  mutating func groupMoments() {
    let moments = log
    log = MomentLog()
    self.moments = moments.grouped(groups.count)
  }
}

/// Where the observations of a group were.
private struct LanePlace: Hashable {
  var account: NameNumber
  var region: NameNumber
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
    var counts: [LanePlace: Int] = [:]
    var last: (place: LanePlace?, count: Int) = (nil, 0)
    for (number, group) in part.groups.enumerated() {
      let span = part.moments.withMoments(of: number) { moments in
        moments.reduce(into: SeenSpan()) { $0.add($1.time, $1.count) }
      }
      guard span.count > 0 else { continue }
      observations += span.count
      let place = LanePlace(account: group.key.account, region: group.awsRegion)
      if place == last.place {
        last.count += span.count
      } else {
        if let known = last.place { counts[known, default: 0] += last.count }
        last = (place, span.count)
      }
      guard group.place != .nowhere else {
        eventsWithoutTime += span.count
        continue
      }
      first = min(first ?? span.first, span.first)
      self.last = max(self.last ?? span.last, span.last)
    }
    if let known = last.place { counts[known, default: 0] += last.count }
    for (place, count) in counts {
      coverage[part.strings[place.account], default: [:]][part.strings[place.region], default: 0] += count
    }
  }
}
