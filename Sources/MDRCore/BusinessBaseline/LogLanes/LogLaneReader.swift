import Foundation

/// Reads raw logs straight into lanes, many files at a time.
///
/// The same lanes come out as from observations: an event's parts are taken in as raw bytes, and each distinct part is
/// canonicalised once by the code that makes observations. What is no native record goes that way whole.
struct LogLaneReader: Sendable {
  let paths: [String]
  let jobs: Int
  let cutOff: Timestamp?
  let inventory: Inventory

  /// Reads all files and gives the lanes' builder and where every record went.
  func read(progress: (Int) -> Void) throws -> (BaselineBuilder, InputAccounting) {
    let files = try LogFileDiscovery.files(in: paths)
    let rules = try NormalizationRules()
    let size = files.reduce(0) { $0 + $1.size }
    // A compressed event takes some 150 to 250 bytes.
    let events = SharedEventIndex(expecting: min(size / 200, 1 << 26))
    var parts = try collect(files, rules: rules, events: events, isRepeat: false, progress: progress)
    if events.hasConflict {
      // Deliveries of one event differ: read again, knowing which delivery comes first.
      parts = try collect(files, rules: rules, events: events, isRepeat: true, progress: progress)
    }
    return merged(parts, files: files)
  }

  private func collect(
    _ files: [LogFile], rules: NormalizationRules, events: SharedEventIndex, isRepeat: Bool,
    progress: (Int) -> Void
  ) throws -> [LogLanes] {
    let hash = KeyedHash()
    let workers = max(1, min(jobs, files.count))
    return NeighbouringWorkers(count: files.count, jobs: workers).run(progress: progress) {
      LogLaneCollector(
        rules: rules, cutOff: cutOff, inventory: inventory, hash: hash, events: events, isRepeat: isRepeat)
    } work: { collector, index in
      collector.read(files[index], number: index)
    } finish: { collector in
      collector.lanes
    }
  }

  private func merged(_ parts: [LogLanes], files: [LogFile]) -> (BaselineBuilder, InputAccounting) {
    var builder = BaselineBuilder(until: cutOff, crownJewels: inventory.crownJewels)
    var accounting = InputAccounting()
    accounting.files = files.count
    var faults: [(Int, InputFault)] = []
    for part in parts {
      builder.merge(part)
      accounting.merge(part)
      faults += part.faults
    }
    accounting.faults = faults.sorted { $0.0 < $1.0 }.map {
      .init(file: files[$0.0].name, reason: $0.1.description)
    }
    return (builder, accounting)
  }
}

/// What one thread made of its files.
struct LogLanes: Sendable {
  var strings = StringTable()
  var groups: [LaneGroup] = []
  /// Lanes of what was no native record.
  var others: BaselineBuilder
  var otherAccounting = InputAccounting()
  var records = 0
  var duplicates = 0
  var rejects: [String: Int] = [:]
  var faults: [(Int, InputFault)] = []
}

extension InputAccounting {
  /// Takes in where the records of one thread went.
  fileprivate mutating func merge(_ part: LogLanes) {
    merge(part.otherAccounting)
    records += part.records
    duplicates += part.duplicates
    for (reason, count) in part.rejects {
      rejects += count
      rejectReasons[reason, default: 0] += count
    }
    for group in part.groups where group.times.count > 0 {
      observations += group.times.count
      coverage[part.strings[group.key.account], default: [:]][
        part.strings[group.awsRegion], default: 0] += group.times.count
      guard group.times.first.seconds > 0 else {
        eventsWithoutTime += group.times.count
        continue
      }
      first = min(first ?? group.times.first, group.times.first)
      last = max(last ?? group.times.last, group.times.last)
    }
  }
}
