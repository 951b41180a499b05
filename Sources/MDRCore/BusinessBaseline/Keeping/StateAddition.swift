import Foundation

/// Newer observations on their way into a state: each event once, whichever export it comes from.
struct StateAddition {
  let state: BaselineState
  let oldFolder: String
  let folder: ArtifactFolder
  let staging: BaselineFolder
  private var recorder: StateRecorder
  /// The events of the days that were touched.
  private var seen: [Int: Set<EventKey>] = [:]
  private(set) var added = 0
  private(set) var known = 0
  private var copied: Set<Int> = []

  init(
    _ state: BaselineState, of baseline: String, into folder: ArtifactFolder, folder staging: BaselineFolder
  ) {
    self.state = state
    oldFolder = baseline + "/" + BaselineState.folderName
    self.folder = folder
    self.staging = staging
    recorder = StateRecorder(folder)
  }

  mutating func add(_ observation: Observation) throws {
    let day = observation.eventTime.day
    let event = EventKey(observation)
    if seen[day] == nil { seen[day] = try events(of: day) }
    guard seen[day]?.insert(event).inserted == true else {
      known += 1
      return
    }
    if !copied.contains(day) {
      copied.insert(day)
      if state.days.contains(where: { $0.day == day }) {
        try staging.copy(BaselineState.folderName + "/" + DayFile.name(day))
      }
    }
    added += 1
    try recorder.add(observation, digest: event.id)
  }

  private func events(of day: Int) throws -> Set<EventKey> {
    guard let file = state.days.first(where: { $0.day == day }) else { return [] }
    var events = Set<EventKey>(minimumCapacity: file.observations)
    try file.forEach(in: oldFolder) { observation, digest in
      events.insert(EventKey(id: digest, call: CallMark(observation)))
    }
    return events
  }

  /// Takes over the days that did not change and drops those before the window; returns the days that stay and the
  /// number dropped.
  mutating func finish(lastDay: Int?, windowDays: Int?) throws(CommandError) -> (days: [DayFile], gone: Int) {
    let all = try recorder.finish(known: state.days)
    guard let last = lastDay ?? all.last?.day else { return ([], 0) }
    let first = windowDays.map { last - $0 + 1 } ?? .min
    let stays = all.filter { $0.day >= first && $0.day <= last }
    if let newest = state.days.last, newest.day < first {
      throw CommandError(
        .noUsableInput,
        "every day of the baseline is older than \(windowDays ?? 0) days before "
          + Timestamp.startOfDay(last).date,
        mend: "check the newest event's time, give --until, or build the baseline again")
    }
    for file in stays where !copied.contains(file.day) {
      try staging.keep(BaselineState.folderName + "/" + DayFile.name(file.day))
    }
    for file in all where !stays.contains(file) && copied.contains(file.day) {
      try? FileManager.default.removeItem(atPath: folder.path + "/" + DayFile.name(file.day))
    }
    return (stays, all.count - stays.count)
  }
}
