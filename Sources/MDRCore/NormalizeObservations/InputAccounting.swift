/// Where every record of a run went: an observation, a duplicate, or a reject with its reason.
package struct InputAccounting: Equatable, Sendable {
  /// A record that is no observation, and why.
  package struct Reject: Equatable, Sendable {
    package var file: String
    /// The record's position in the file, from 0.
    package var index: Int
    /// Bytes from the start of the (inflated) file.
    package var offset: Int
    package var reason: String

    package init(file: String, index: Int, offset: Int, reason: String) {
      self.file = file
      self.index = index
      self.offset = offset
      self.reason = reason
    }

    package var json: JSONValue {
      ["file": .string(file), "index": .number(index), "offset": .number(offset), "reason": .string(reason)]
    }
  }

  /// A file that could not be read, or not to its end.
  package struct FileFault: Equatable, Sendable {
    package var file: String
    package var reason: String
  }

  package var files = 0
  package var records = 0
  package var observations = 0
  package var duplicates = 0
  /// Observations whose event id another call or outcome has too, the first of them not counted.
  package var sharedIDs = 0
  package var rejects = 0
  package var rejectReasons: [String: Int] = [:]
  package var faults: [FileFault] = []
  /// Files that were read to their end and hold no record, as normalising notes them.
  package var emptyFiles: [String] = []
  /// What lies among the inputs and is the command's own output.
  package var leftOut: [String] = []
  /// What earlier steps said of these observations that isn't among the faults.
  package var inherited: [String] = []
  /// Records that earlier steps set aside.
  package var inheritedRejects = 0
  package var eventsWithoutTime = 0
  package var first: Timestamp?
  package var last: Timestamp?
  /// Observations by account and region.
  package var coverage: [String: [String: Int]] = [:]

  package init() {}

  static let withoutTime = "with no time, which no baseline counts"
  static let withSharedID =
    "with the event id of another call or outcome: an export that leaves something out, or a forged record; compare the log files with their digests"

  /// What later steps have to know about this input.
  package var caveats: [String] {
    var caveats = faultCaveats
    for (reason, count) in rejectReasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(10) {
      caveats.append("\(count.of("record")) set aside: \(reason)")
    }
    if eventsWithoutTime > 0 {
      caveats.append("\(eventsWithoutTime.of("observation")) \(Self.withoutTime)")
    }
    if sharedIDs > 0 { caveats.append("\(sharedIDs.of("observation")) \(Self.withSharedID)") }
    return caveats + inherited
  }

  /// Says what is no log because the command writes it or reads it as something else; no caveat, since no log is missing.
  package var leftOutNotes: [String] {
    leftOut.isEmpty
      ? [] : ["not read as logs, being the output or another input: \(leftOut.joined(separator: ", "))"]
  }

  /// From when to when the observations are.
  var span: String {
    guard let first, let last else { return "with \(Timestamp.unknown.shown)" }
    return "from \(first.iso8601) to \(last.iso8601)"
  }

  /// The totals as an object.
  package var json: JSONValue {
    var totals = totals
    if sharedIDs > 0 { totals["observations_with_shared_id"] = .number(sharedIDs) }
    if !leftOut.isEmpty { totals["left_out"] = JSONValue(leftOut) }
    if !emptyFiles.isEmpty { totals["files_without_records"] = JSONValue(emptyFiles) }
    return totals
  }

  private var totals: JSONValue {
    [
      "files": .number(files), "records": .number(records), "observations": .number(observations),
      "duplicates": .number(duplicates), "rejects": .number(rejects),
      "reject_reasons": .object(rejectReasons.mapValues { .number($0) }),
      "file_faults": .array(faults.map { ["file": .string($0.file), "reason": .string($0.reason)] }),
      "events_without_time": .number(eventsWithoutTime), "first_event": JSONValue(first?.iso8601),
      "last_event": JSONValue(last?.iso8601),
      "coverage": .object(coverage.mapValues { .object($0.mapValues { .number($0) }) }),
    ]
  }

  mutating func count(_ observation: Observation) {
    countObservation(
      account: observation.accountID, region: observation.awsRegion, time: observation.eventTime)
  }

  mutating func countObservation(account: String, region: String, time: Timestamp) {
    observations += 1
    coverage[account, default: [:]][region, default: 0] += 1
    guard time.isKnown else {
      eventsWithoutTime += 1
      return
    }
    first = min(first ?? time, time)
    last = max(last ?? time, time)
  }

  /// Takes in the observations that another part of the input gave.
  mutating func merge(_ other: InputAccounting) {
    observations += other.observations
    eventsWithoutTime += other.eventsWithoutTime
    for (account, regions) in other.coverage {
      coverage[account, default: [:]].merge(regions, uniquingKeysWith: +)
    }
    first = [first, other.first].compactMap { $0 }.min()
    last = [last, other.last].compactMap { $0 }.max()
  }

  mutating func count(_ reject: Reject) {
    rejects += 1
    rejectReasons[reject.reason, default: 0] += 1
  }
}

extension CommandOutcome {
  /// Names what was left out of an input, beneath the summary and as `left_out`.
  mutating func name(leftOut accounting: InputAccounting) {
    summary += accounting.leftOutNotes
    if !accounting.leftOut.isEmpty { json["left_out"] = JSONValue(accounting.leftOut) }
  }
}
