import Foundation
import Testing

@testable import MDRCore

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A folder of logs may hold anything; what isn't read is named, never passed over in silence.
@Suite struct LogFileDiscoveryTests {
  private static let record =
    #"{"eventVersion":"1.08","eventID":"e","eventTime":"2026-01-01T00:00:00Z","eventName":"CreateUser","eventSource":"iam.amazonaws.com","awsRegion":"us-east-1"}"#

  private static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private static func write(_ text: String, _ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private static func faults(_ input: String) throws -> [String: String] {
    let accounting = try ObservationReader(inputs: [.logs(input)], jobs: 1).read { _ in }
    var intake = BaselineIntake(BaselineContext(), until: nil)
    let straight = try LogLaneReader(paths: [input], jobs: 2, window: CountedWindow()).read(into: &intake) {
      _ in
    }
    #expect(straight == accounting)
    return Dictionary(accounting.faults.map { ($0.file, $0.reason) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `links to files are followed, circles and links to nowhere are named`() throws {
    try Self.withFolder { folder in
      try Self.write(Self.record, folder + "/outside/real.json")
      try Self.write(Self.record, folder + "/logs/sub/a.json")
      let files = FileManager.default
      try files.createSymbolicLink(
        atPath: folder + "/logs/link.json", withDestinationPath: "../outside/real.json")
      try files.createSymbolicLink(atPath: folder + "/logs/sub/circle", withDestinationPath: "..")
      try files.createSymbolicLink(atPath: folder + "/logs/nowhere", withDestinationPath: "missing")
      let found = try LogFileDiscovery.files(in: [folder + "/logs"])
      #expect(found.map(\.name) == ["link.json", "nowhere", "sub/a.json", "sub/circle"])
      let faults = try Self.faults(folder + "/logs")
      #expect(faults.keys.sorted() == ["nowhere", "sub/circle"])
      #expect(faults["sub/circle"]?.contains("name that folder as an input") == true)
      #expect(faults["nowhere"]?.contains("can't be opened") == true)
    }
  }

  #if !canImport(Darwin)
    /// Darwin's file systems take no such names.
    @Test func `a name that is not UTF-8 is named with its mend`() throws {
      try Self.withFolder { folder in
        try Self.write(Self.record, folder + "/logs/a.json")
        for bytes in [[UInt8(0xFF), 0x2E, 0x6A], [0x6F, 0xE9]] {
          let path = Array((folder + "/logs/").utf8) + bytes + [0]
          let descriptor = path.withUnsafeBytes { path in
            open(path.baseAddress!.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o600)
          }
          try #require(descriptor >= 0)
          close(descriptor)
        }
        let faults = try Self.faults(folder + "/logs")
        #expect(faults.count == 2)
        #expect(
          faults.values.allSatisfy {
            $0
              == "the name is not UTF-8, so that no artifact could name what was read: rename it, and run the command again"
          })
      }
    }
  #endif

  @Test func `folders that are listed side by side are found as one by one`() throws {
    try Self.withFolder { folder in
      var names: [String] = []
      for account in 0..<24 {
        for day in 0..<3 {
          names.append("a\(account)/d\(day)/x.json")
          try Self.write(Self.record, folder + "/" + names[names.count - 1])
        }
      }
      // Beside observations, `raw` holds links to the inputs, whatever comes first in the folder.
      for name in ["a7/d1/observations.json", "a7/d1/raw/y.json", "a8/raw/y.json"] {
        try Self.write(Self.record, folder + "/" + name)
      }
      names += ["a7/d1/observations.json", "a8/raw/y.json"]
      #expect(try LogFileDiscovery.files(in: [folder]).map(\.name) == names.sorted())
    }
  }

  @Test func `a folder that is named by a link is read like any other`() throws {
    try Self.withFolder { folder in
      try Self.write(Self.record, folder + "/real/a.json")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/linked", withDestinationPath: "real")
      #expect(try LogFileDiscovery.files(in: [folder + "/linked"]).map(\.name) == ["a.json"])
      #expect(try Self.faults(folder + "/linked").isEmpty)
    }
  }

  // The limit counts the time in which the test waits for others too.
  @Test(.timeLimit(.minutes(30))) func `a pipe in a folder is named and holds nobody up`() throws {
    try Self.withFolder { folder in
      try Self.write(Self.record, folder + "/a.json")
      #expect(mkfifo(folder + "/pipe", 0o600) == 0)
      #expect(try Self.faults(folder).keys.sorted() == ["pipe"])
    }
  }

  @Test(.enabled(if: getuid() != 0, "nothing is closed to the superuser"))
  func `what may not be read is named`() throws {
    try Self.withFolder { folder in
      try Self.write(Self.record, folder + "/a.json")
      try Self.write(Self.record, folder + "/closed/b.json")
      try Self.write(Self.record, folder + "/c.json")
      #expect(chmod(folder + "/closed", 0) == 0 && chmod(folder + "/c.json", 0) == 0)
      defer { chmod(folder + "/closed", 0o700) }
      let faults = try Self.faults(folder)
      #expect(faults.keys.sorted() == ["c.json", "closed"])
      #expect(faults.values.allSatisfy { $0.contains("check its permissions") })
    }
  }

  @Test func `the links to the inputs that normalisation leaves are no inputs`() throws {
    try Self.withFolder { folder in
      try Self.write(Self.record, folder + "/case/a.json")
      try Self.write("{}", folder + "/case/observations.json")
      try Self.write(Self.record, folder + "/case/raw/1.json")
      let found = try LogFileDiscovery.files(in: [folder + "/case"])
      #expect(found.map(\.name) == ["a.json", "observations.json"])
    }
  }

  @Test func `a file that shrinks while it is read gives what is left of it`() throws {
    try Self.withFolder { folder in
      let lines = (0..<40_000).map { Self.record.replacing("\"e\"", with: "\"e\($0)\"") }
      try Self.write(lines.joined(separator: "\n"), folder + "/a.jsonl")
      var records = 0
      var rejects = 0
      let fault = try RawRecordReader().forEachEntry(in: LogFile(path: folder + "/a.jsonl", name: "a")) {
        entry, _, _ in
        if case .record = entry { records += 1 } else { rejects += 1 }
        if records == 1 { #expect(truncate(folder + "/a.jsonl", 2_000_000) == 0) }
      }
      #expect(fault == nil)
      #expect(records > 1_000 && records < 40_000)
      #expect(rejects == 1)
    }
  }
}
