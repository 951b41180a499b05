/// Collects the lanes of the files that one thread reads: an event is a handful of numbers, and events that agree in
/// them are one group.
final class LogLaneCollector {
  private var state: LogLaneState
  private let reader = RawRecordReader()

  init(_ task: LogLaneTask) { state = LogLaneState(task) }

  /// What was collected.
  var lanes: LogLanes { state.lanes }

  /// Reads a file; gives the number of its records.
  func read(_ file: LogFile, number: Int) -> Int {
    let before = state.part.records
    do {
      let fault = try reader.forEachEntry(
        in: file,
        native: { bytes, start, count, _ in
          self.state.native(bytes, from: start, count: count, file: number)
        }
      ) { entry, _, _ in
        switch entry {
        case .rejected(let reason): state.reject(reason)
        case .record(let tape, let node, _, let notes):
          let observation = state.facets.normalizer.observation(
            tape, node, file: "", index: 0, sha256: "", recordNotes: notes)
          state.add(observation, file: number)
        }
      }
      if let fault { state.part.faults.append((number, fault)) }
    } catch {
      // Neither of the two bodies throws.
    }
    state.endFile()
    return state.part.records - before
  }
}
