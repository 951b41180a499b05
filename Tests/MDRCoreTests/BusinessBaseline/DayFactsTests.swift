import Foundation
import Testing

@testable import MDRCore

@Suite struct DayFactsTests {
  private static let observations: [Observation] = {
    var observations = (0..<50).map { number in
      Sample.observation(
        Sample.time(day: 3, hour: number % 24), event: "iam.amazonaws.com:CreateRole",
        outcome: number.isMultiple(of: 7) ? .denied : .success,
        override: number.isMultiple(of: 5) ? .identity : nil, id: "event-\(number)",
        resources: ["role/app-\(number)", "arn:aws:iam::111111111111:role/app"],
        targets: number.isMultiple(of: 2) ? ["user": ["a", "b"], "cidr": ["0.0.0.0/0"]] : [:])
    }
    observations[4].identity.sessionStart = nil
    observations[5].identity.person = "someone@example.com"
    observations[6].origin.userAgentFamily = ""
    return observations
  }()

  private static func withFolder<Result>(_ body: (ArtifactFolder) throws -> Result) throws -> Result {
    let path = NSTemporaryDirectory() + "day-facts-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(ArtifactFolder(path))
  }

  private static func record(_ observations: [Observation], in folder: ArtifactFolder) throws -> [DayFile] {
    var recorder = StateRecorder(folder)
    for observation in observations { try recorder.add(observation) }
    return try recorder.finish()
  }

  @Test func `a baseline of kept facts is that of the observations`() throws {
    try Self.withFolder { folder in
      let all = Self.observations + Sample.background()
      let files = try Self.record(all, in: folder)
      #expect(files.count == 90)
      #expect(files.reduce(0) { $0 + $1.observations } == all.count)
      var expected = BaselineBuilder()
      for observation in all { expected.add(observation) }
      var found = BaselineBuilder()
      var digests: Set<EventDigest> = []
      for file in files {
        try file.forEach(in: folder.path) { observation, digest in
          found.add(observation)
          digests.insert(digest)
        }
      }
      #expect(found.baseline() == expected.baseline())
      #expect(digests == Set(all.map { EventDigest($0.eventID) }))
    }
  }

  @Test func `a file grows by blocks`() throws {
    try Self.withFolder { folder in
      let first = try Self.record(Array(Self.observations.prefix(20)), in: folder)
      var recorder = StateRecorder(folder)
      for observation in Self.observations.dropFirst(20) { try recorder.add(observation) }
      let files = try recorder.finish(known: first)
      #expect(files.map(\.observations) == [50])
      var times: [Timestamp] = []
      try files[0].forEach(in: folder.path) { observation, _ in times.append(observation.eventTime) }
      #expect(times == Self.observations.map(\.eventTime))
    }
  }

  @Test func `any damage is refused`() throws {
    try Self.withFolder { folder in
      let file = try #require(try Self.record(Self.observations, in: folder).first)
      let path = folder.path + "/" + DayFile.name(file.day)
      let bytes = try #require(FileManager.default.contents(atPath: path))
      for place in [0, 30, bytes.count / 2, bytes.count - 1] {
        var damaged = bytes
        damaged[place] ^= 0x55
        try damaged.write(to: URL(fileURLWithPath: path))
        #expect(throws: CommandError.self) { try file.forEach(in: folder.path) { _, _ in } }
      }
      try bytes.dropLast().write(to: URL(fileURLWithPath: path))
      #expect(throws: CommandError.self) { try file.forEach(in: folder.path) { _, _ in } }
    }
  }

  @Test func `bytes that no writer left are damage, not a crash`() throws {
    var generator = FixedGenerator(state: 11)
    var facts = DayFacts()
    for observation in Self.observations { facts.add(observation, digest: EventDigest(observation.eventID)) }
    let bytes = facts.encoded()
    var refused = 0
    for _ in 0..<2_000 {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int.random(in: damaged.indices, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      damaged.withUnsafeBytes { buffer in
        var reader = FactReader(buffer)
        do { try DayFacts.forEach(in: &reader, day: 1) { _, _ in } } catch { refused += 1 }
      }
    }
    #expect(refused > 0)
  }
}
