import Foundation

/// An input that observations come from.
package enum ObservationInput: Hashable, Sendable {
  /// A folder written by normalize-observations, or its `observations.jsonl`.
  case observations(String)
  /// Raw logs, normalised on the way.
  case logs(String)
}

extension LogFile {
  /// The observations that a path names: a folder written by normalize-observations, or its `observations.jsonl`.
  ///
  /// Throws where neither is there.
  init(observations path: String) throws(CommandError) {
    let name = NormalizeCommand.observationsName
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw CommandError(
        .noSuchInput, "\(path) does not exist", mend: "name a folder written by normalize-observations")
    }
    guard isFolder.boolValue else {
      self.init(path: path, name: (path as NSString).lastPathComponent)
      return
    }
    guard FileManager.default.fileExists(atPath: path + "/" + name) else {
      throw CommandError(
        .noSuchInput, "\(path) holds no \(name)",
        mend: "name a folder written by normalize-observations; raw logs go to normalize-observations --input"
      )
    }
    self.init(path: path + "/" + name, name: name)
  }
}

/// Reads observations from logs or from `observations.jsonl`, each event once.
package struct ObservationReader: Sendable {
  let inputs: [ObservationInput]
  let jobs: Int
  /// Whether observations carry what evidence needs and lanes don't: documents and records' digests.
  let keepsEvidence: Bool
  let archetypes: ArchetypeRules
  /// What is no log although it may lie among the logs.
  let besides: OwnFolders
  /// Bytes of an `observations.jsonl` that one worker takes at a time, whatever their number.
  var stretchLength = 8 << 20

  /// Reads `inputs` with a number of threads, 0 for one each core.
  package init(
    inputs: [ObservationInput], jobs: Int, keepsEvidence: Bool = true,
    archetypes: ArchetypeRules = ArchetypeRules(), besides: OwnFolders = OwnFolders()
  ) {
    self.inputs = inputs
    self.archetypes = archetypes
    self.besides = besides
    self.jobs = Arguments.threads(jobs)
    self.keepsEvidence = keepsEvidence
  }

  /// What a worker hands over: what it made of the observations of one file, in the file's order, and the rejects.
  struct Batch<Element: Sendable>: Sendable {
    /// What accounting needs of an observation, and what was made of it.
    struct Entry: Sendable {
      var event: EventKey
      var time: Timestamp
      var account: String
      var region: String
      var element: Element
    }

    var entries: [Entry] = []
    var rejects: [InputAccounting.Reject] = []
    var fault: InputAccounting.FileFault?

    var isFull: Bool { entries.count + rejects.count >= 512 }
  }

  /// What a thread reads with.
  struct ThreadContext<Element: Sendable> {
    let normalizer: Normalizer
    let decoder = ObservationDecoder()
    let judge: ObservationJudge<Element>
  }

  /// Calls back with each observation, in an order that depends on the files' names alone.
  ///
  /// Of two records of one call and event id the first in that order counts, the others are duplicates.
  package func read(
    rejected: (InputAccounting.Reject) throws -> Void = { _ in },
    progress: (InputAccounting) -> Void = { _ in },
    _ consume: (Observation) throws -> Void
  ) throws -> InputAccounting {
    try read(judge: { ObservationJudge { $0 } }, rejected: rejected, progress: progress, consume)
  }

  /// Calls back, in the same order, with what `judge` made of each observation on some thread.
  ///
  /// Duplicates are judged too, but not handed over.
  package func read<Verdict: Sendable>(
    judging judge: @escaping @Sendable (Observation) -> Verdict,
    progress: (InputAccounting) -> Void = { _ in }, _ consume: (Verdict) throws -> Void
  ) throws -> InputAccounting {
    try read(judgingOnThreads: { ObservationJudge(judge) }, progress: progress, consume)
  }

  /// The same, where each thread makes a judge of its own, which may remember what it saw.
  func read<Verdict: Sendable>(
    judgingOnThreads judge: @escaping @Sendable () -> ObservationJudge<Verdict>,
    progress: (InputAccounting) -> Void = { _ in }, _ consume: (Verdict) throws -> Void
  ) throws -> InputAccounting {
    try read(judge: judge, rejected: { _ in }, progress: progress, consume)
  }

  private func read<Element: Sendable>(
    judge: @escaping @Sendable () -> ObservationJudge<Element>,
    rejected: (InputAccounting.Reject) throws -> Void, progress: (InputAccounting) -> Void,
    _ consume: (Element) throws -> Void
  ) throws -> InputAccounting {
    var accounting = InputAccounting()
    let sources = try sources(leavingOut: &accounting.leftOut)
    accounting.files = sources.count { !$0.isContinued }
    var seen = EventIndex()
    var positions = StretchPositions()
    let hashes = keepsEvidence
    let rules = try NormalizationRules(archetypes: archetypes)
    try OrderedWorkers<ObservationSource, Batch<Element>>(jobs: jobs).run(sources) {
      ThreadContext(normalizer: Normalizer(rules: rules, keepsDetails: hashes), judge: judge())
    } work: { source, thread, emit in
      source.read(thread, hashes: hashes, emit: emit)
    } consume: { number, batch in
      positions.begin(number, sources[number])
      for entry in batch.entries {
        accounting.records += 1
        switch seen.insert(entry.event) {
        case .again:
          accounting.duplicates += 1
          continue
        case .firstOfSharedID: accounting.sharedIDs += 1
        case .first: break
        }
        accounting.countObservation(account: entry.account, region: entry.region, time: entry.time)
        try consume(entry.element)
      }
      for reject in batch.rejects {
        accounting.records += 1
        accounting.count(reject)
        try rejected(positions.placed(reject))
      }
      positions.pass(batch.entries.count + batch.rejects.count)
      if let fault = batch.fault { accounting.faults.append(fault) }
      progress(accounting)
    }
    accounting.inherit(from: inputs)
    accounting.noteLostLines(of: inputs)
    return accounting
  }

  private func sources(leavingOut leftOut: inout [String]) throws(CommandError) -> [ObservationSource] {
    var logs: [String] = []
    var observations: [LogFile] = []
    for input in inputs {
      switch input {
      case .logs(let path): logs.append(path)
      case .observations(let path):
        observations.append(try LogFile(observations: path))
      }
    }
    guard !logs.isEmpty || !observations.isEmpty else {
      throw CommandError.usage("nothing to read", mend: "give --observations PATH or --logs PATH")
    }
    let found = logs.isEmpty ? nil : try LogFileDiscovery(in: logs, besides: besides)
    leftOut = found?.leftOut ?? []
    return observations.sorted().flatMap { ObservationSource.stretches(of: $0, every: stretchLength) }
      + (found?.files ?? []).map { ObservationSource(file: $0) }
  }
}
