/// Collects the lanes of the files that one thread reads: an event is a handful of numbers, and events that agree in
/// them are one group.
final class LogLaneCollector {
  private var state: LogLaneState
  private let reader = RawRecordReader()

  init(_ task: LogLaneTask) { state = LogLaneState(task) }

  /// Hands over what was collected.
  func takeLanes() -> LogLanes { state.takeLanes() }

  /// Reads a file; gives the number of its records.
  func read(_ file: LogFile, number: Int) -> Int {
    read(number: number) { try reader.forEachEntry(in: file, native: $0, body: $1) }
  }

  /// Reads a source of bytes through a window that starts at a size; gives the number of its records.
  func read(from source: any ByteProducer, isGzip: Bool, windowSize: Int) -> Int {
    read(number: 0) {
      try reader.forEachEntry(from: source, isGzip: isGzip, windowSize: windowSize, native: $0, body: $1)
    }
  }

  private typealias Walking = (
    RawRecordReader.NativeReading?, (RawRecordReader.Entry, Int, Int) throws -> Void
  ) throws -> InputFault?

  private func read(number: Int, _ walk: Walking) -> Int {
    let before = state.part.records
    do {
      let fault = try walk({ bytes, start, count, _, isInArray in
        self.state.natives(bytes, from: start, count: count, isInArray: isInArray, file: number)
      }) { entry, _, _ in
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
