import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Writes observations to a state folder, a file for each day, holding only so many in memory.
struct StateRecorder {
  /// Observations that are collected before they are written.
  static let limit = 1 << 18

  private let folder: ArtifactFolder
  private var facts: [Int: DayFacts] = [:]
  private var waiting = 0
  private var counts: [Int: Int] = [:]

  /// Starts in a folder that takes the files; those that are there grow.
  init(_ folder: ArtifactFolder) { self.folder = folder }

  /// Notes an observation that has a time.
  mutating func add(_ observation: Observation) throws(CommandError) {
    try add(observation, digest: EventDigest(observation.eventID))
  }

  /// The same, with the event id's digest at hand.
  mutating func add(_ observation: Observation, digest: EventDigest) throws(CommandError) {
    facts[observation.eventTime.day, default: DayFacts()].add(observation, digest: digest)
    waiting += 1
    if waiting >= Self.limit { try flush() }
  }

  /// Writes what waits and lists the files, by day; `known` are files that were there before.
  mutating func finish(known: [DayFile] = []) throws(CommandError) -> [DayFile] {
    try flush()
    var files = Dictionary(known.map { ($0.day, $0) }, uniquingKeysWith: { first, _ in first })
    for (day, count) in counts {
      let path = folder.path + "/" + DayFile.name(day)
      guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) else {
        throw ArtifactFolder.refusal(path)
      }
      files[day] = DayFile(
        day: day, observations: count + (files[day]?.observations ?? 0),
        sha256: data.withUnsafeBytes { SHA256Digest.hex($0) })
    }
    return files.values.sorted { $0.day < $1.day }
  }

  private mutating func flush() throws(CommandError) {
    for (day, block) in facts {
      try append(block.encoded(), to: folder.path + "/" + DayFile.name(day))
      counts[day, default: 0] += block.count
    }
    facts.removeAll(keepingCapacity: true)
    waiting = 0
  }

  private func append(_ block: [UInt8], to path: String) throws(CommandError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw ArtifactFolder.refusal(path) }
    defer { close(descriptor) }
    let head = lseek(descriptor, 0, SEEK_END) == 0 ? DayFile.magic : []
    if let reason = DescriptorWriting.writeAll(head + block, to: descriptor) {
      throw CommandError(
        .inputOutput, "\(path) can't be written (\(reason))",
        mend: "free some space and run the command again; the baseline before it is whole")
    }
  }
}
