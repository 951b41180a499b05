import Foundation

/// An input that observations come from.
package enum ObservationInput: Hashable, Sendable {
  /// A folder written by normalize-observations, or its `observations.jsonl`.
  case observations(String)
  /// Raw logs, normalised on the way.
  case logs(String)
}

/// Reads observations from logs or from `observations.jsonl`, each event once.
package struct ObservationReader: Sendable {
  let inputs: [ObservationInput]
  let jobs: Int
  /// Whether observations carry what evidence needs and lanes don't: documents and records' digests.
  let keepsEvidence: Bool
  let archetypes: ArchetypeRules

  /// Reads `inputs` with a number of threads, 0 for one each core.
  package init(
    inputs: [ObservationInput], jobs: Int, keepsEvidence: Bool = true,
    archetypes: ArchetypeRules = ArchetypeRules()
  ) {
    self.inputs = inputs
    self.archetypes = archetypes
    self.jobs = Arguments.threads(jobs)
    self.keepsEvidence = keepsEvidence
  }

  /// What a worker hands over: observations and rejects of one file, in the file's order.
  struct Batch: Sendable {
    var observations: [Observation] = []
    var rejects: [InputAccounting.Reject] = []
    var fault: InputAccounting.FileFault?

    var isFull: Bool { observations.count + rejects.count >= 512 }
  }

  /// Calls back with each observation, in an order that depends on the files' names alone.
  ///
  /// Of two records with one event id the first in that order counts, the others are duplicates.
  package func read(
    rejected: (InputAccounting.Reject) throws -> Void = { _ in },
    progress: (InputAccounting) -> Void = { _ in },
    _ consume: (Observation) throws -> Void
  ) throws -> InputAccounting {
    let files = try sources()
    var accounting = InputAccounting()
    accounting.files = files.count
    var seen = EventIndex()
    let hashes = keepsEvidence
    let rules = try NormalizationRules(archetypes: archetypes)
    try OrderedWorkers<Source, Batch>(jobs: jobs).run(files) {
      Normalizer(rules: rules, keepsDetails: hashes)
    } work: { source, normalizer, emit in
      source.read(normalizer, hashes: hashes, emit: emit)
    } consume: { _, batch in
      for observation in batch.observations {
        accounting.records += 1
        guard seen.insert(observation.eventID) else {
          accounting.duplicates += 1
          continue
        }
        accounting.count(observation)
        try consume(observation)
      }
      for reject in batch.rejects {
        accounting.records += 1
        accounting.count(reject)
        try rejected(reject)
      }
      if let fault = batch.fault { accounting.faults.append(fault) }
      progress(accounting)
    }
    accounting.inherit(from: inputs)
    return accounting
  }

  private func sources() throws(CommandError) -> [Source] {
    var logs: [String] = []
    var observations: [Source] = []
    for input in inputs {
      switch input {
      case .logs(let path): logs.append(path)
      case .observations(let path):
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
          throw CommandError(
            .noSuchInput, "\(path) does not exist", mend: "name a folder written by normalize-observations")
        }
        let file = isFolder.boolValue ? path + "/observations.jsonl" : path
        guard FileManager.default.fileExists(atPath: file) else {
          throw CommandError(
            .noSuchInput, "\(path) holds no observations.jsonl",
            mend: "run normalize-observations --output \(path) first")
        }
        observations.append(
          Source(file: LogFile(path: file, name: (file as NSString).lastPathComponent), isObservations: true))
      }
    }
    guard !logs.isEmpty || !observations.isEmpty else {
      throw CommandError.usage("nothing to read", mend: "give --observations PATH or --logs PATH")
    }
    let files = logs.isEmpty ? [] : try LogFileDiscovery.files(in: logs)
    return observations.sorted { $0.file < $1.file } + files.map { Source(file: $0, isObservations: false) }
  }
}

/// One file of an input.
struct Source: Sendable {
  let file: LogFile
  let isObservations: Bool

  func read(_ normalizer: Normalizer, hashes: Bool, emit: (ObservationReader.Batch) -> Bool) {
    var batch = ObservationReader.Batch()
    struct Stopped: Error {}
    func add(_ change: (inout ObservationReader.Batch) -> Void) throws {
      change(&batch)
      guard batch.isFull || batch.fault != nil else { return }
      guard emit(batch) else { throw Stopped() }
      batch = .init()
    }
    do {
      let fault = try isObservations ? readObservations(add) : readLogs(normalizer, hashes: hashes, add)
      try add { $0.fault = fault.map { .init(file: file.name, reason: $0.description) } }
      _ = emit(batch)
    } catch {
      // The consumer has stopped: it has its own error to report.
    }
  }

  private typealias Adding = ((inout ObservationReader.Batch) -> Void) throws -> Void

  private func readLogs(_ normalizer: Normalizer, hashes: Bool, _ add: Adding) throws -> InputFault? {
    try RawRecordReader().forEachEntry(in: file) { entry, index, offset in
      switch entry {
      case .rejected(let reason):
        try add { $0.rejects.append(.init(file: file.name, index: index, offset: offset, reason: reason)) }
      case .record(let tape, let node, let delivered, let notes):
        let sha256 = hashes ? SHA256Digest.hex(UnsafeRawBufferPointer(delivered)) : ""
        let observation = normalizer.observation(
          tape, node, file: file.name, index: index, sha256: sha256, recordNotes: notes)
        try add { $0.observations.append(observation) }
      }
    }
  }

  private func readObservations(_ add: Adding) throws -> InputFault? {
    let tape = JSONTape()
    let source: FileProducer
    do throws(InputFault) { source = try FileProducer(path: file.path) } catch { return error }
    let window = ByteWindow(producer: source, capacity: 1 << 20)
    var index = 0
    try RecordWalker(window: window, tape: tape).forEachItem { item, offset in
      if case .value = item, let observation = Observation(tape, 0) {
        try add { $0.observations.append(observation) }
      } else {
        try add {
          $0.rejects.append(
            .init(file: file.name, index: index, offset: offset, reason: "a line that is no observation"))
        }
      }
      index += 1
    }
    return window.fault
  }
}
