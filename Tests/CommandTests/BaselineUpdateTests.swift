import Foundation
import Testing

@Suite(.serialized) struct BaselineUpdateTests {
  private static func run(_ line: String, in directory: URL) throws -> Executable.Outcome {
    let words = line.split(separator: " ").map(String.init)
    return try Executable(words[0]).run(Array(words.dropFirst()), in: directory)
  }

  private static func bytes(_ name: String, in directory: URL) throws -> Data {
    try Data(contentsOf: directory.appendingPathComponent(name))
  }

  /// An estate of thirty days, its deliveries sorted into folders by the day that they bear.
  private static func writeEstate(seed: Int, to directory: URL) throws {
    let made = try run(
      "simulate-estate --output estate --seed \(seed) --days 30 --review-days 1", in: directory)
    try #require(made.exitCode == 0, "\(made.stderr)")
    let logs = directory.appendingPathComponent("estate/AWSLogs")
    for path in try FileManager.default.subpathsOfDirectory(atPath: logs.path)
    where path.hasSuffix(".json.gz") {
      let parts = path.split(separator: "/")
      let day = parts[parts.count - 4..<parts.count - 1].joined(separator: "-")
      let folder = directory.appendingPathComponent("days/\(day)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        at: logs.appendingPathComponent(path), to: folder.appendingPathComponent(String(parts.last ?? "")))
    }
  }

  private static func days(_ range: ClosedRange<Int>) -> String {
    range.map { "--logs days/2026-03-" + ($0 < 10 ? "0" : "") + "\($0)" }.joined(separator: " ")
  }

  @Test(arguments: [1, 7])
  func `days added one after the other give the lanes of a full rebuild`(seed: Int) throws {
    try withTemporaryDirectory { directory in
      try Self.writeEstate(seed: seed, to: directory)
      let inventory = "--inventory estate/inventory"
      let built = try Self.run(
        "business-baseline build \(Self.days(2...20)) --until 2026-03-21 \(inventory) --keep-state --output kept",
        in: directory)
      #expect(built.exitCode == 0, "\(built.stderr)")
      // Exports that overlap: the day before and the day itself, each time.
      for day in [22, 24, 26, 28] {
        let updated = try Self.run(
          "business-baseline update --baseline kept \(Self.days(day - 2...day)) --until 2026-03-\(day + 1) --window-days 20 \(inventory)",
          in: directory)
        #expect(updated.exitCode == 0, "\(updated.stderr)")
      }
      let full = try Self.run(
        "business-baseline build --logs estate/AWSLogs --until 2026-03-29 --window-days 20 \(inventory) --output full",
        in: directory)
      #expect(full.exitCode == 0, "\(full.stderr)")
      #expect(
        try Self.bytes("kept/lanes.jsonl", in: directory) == Self.bytes("full/lanes.jsonl", in: directory))
      #expect(
        try FileManager.default.contentsOfDirectory(
          atPath: directory.appendingPathComponent("kept/state").path
        ).count == 21, "twenty days and their list")
    }
  }

  @Test func `the same files again change no byte`() throws {
    try withTemporaryDirectory { directory in
      try Self.writeEstate(seed: 3, to: directory)
      _ = try Self.run(
        "business-baseline build \(Self.days(2...14)) --until 2026-03-15 --keep-state --output kept",
        in: directory)
      let update =
        "business-baseline update --baseline kept \(Self.days(10...16)) --until 2026-03-17 --window-days 30 --json"
      let first = try Self.run(update, in: directory)
      #expect(first.exitCode == 0, "\(first.stderr)")
      let before = try Self.files(directory.appendingPathComponent("kept"))
      let second = try Self.run(update, in: directory)
      let summary = try SimulatedEstate.object(Array(second.stdout.utf8))
      #expect(summary["added"] as? Int == 0)
      #expect((summary["known"] as? Int ?? 0) > 0)
      #expect(try Self.files(directory.appendingPathComponent("kept")) == before)
    }
  }

  @Test func `a killed update leaves the old baseline or the new one, whole`() throws {
    try withTemporaryDirectory { directory in
      try Self.writeEstate(seed: 5, to: directory)
      _ = try Self.run(
        "business-baseline build \(Self.days(2...20)) --until 2026-03-21 --keep-state --output kept",
        in: directory)
      let kept = directory.appendingPathComponent("kept")
      try Data("reviewed by hand".utf8).write(to: kept.appendingPathComponent("notes.txt"))
      let old = try Self.files(kept)
      let update =
        "business-baseline update --baseline kept \(Self.days(20...26)) --until 2026-03-27 --window-days 20"
      let copy = directory.appendingPathComponent("copy")
      try FileManager.default.copyItem(at: kept, to: copy)
      let start = Date()
      let whole = try Self.run(update.replacing("baseline kept", with: "baseline copy"), in: directory)
      #expect(whole.exitCode == 0, "\(whole.stderr)")
      let duration = Date().timeIntervalSince(start)
      let new = try Self.files(copy)
      #expect(new != old)
      var killed = 0
      for step in 1...14 {
        let process = Process()
        process.executableURL = try Executable("business-baseline").url
        process.arguments = update.split(separator: " ").dropFirst().map(String.init)
        process.currentDirectoryURL = directory
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: duration * Double(step) / 14)
        if process.isRunning {
          kill(process.processIdentifier, SIGKILL)
          killed += 1
        }
        process.waitUntilExit()
        let found = try Self.files(kept)
        #expect(found == old || found == new, "killed after \(step)/14 of \(duration) s")
      }
      #expect(killed > 5)
      let last = try Self.run(update, in: directory)
      #expect(last.exitCode == 0, "\(last.stderr)")
      #expect(try Self.files(kept) == new)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: directory.path).allSatisfy {
          !$0.hasSuffix(".partial") && !$0.hasSuffix(".previous")
        })
    }
  }

  @Test(arguments: [
    ("--logs days/2026-03-20", Int32(64), "add --until"),
    ("--logs days/2026-03-20 --until 2026-03-10", 64, "lies before the baseline's end"),
    ("--logs days/2026-03-20 --until 2026-09-01 --window-days 30", 65, "older than 30 days"),
    ("--logs nowhere --until 2026-03-22", 66, "nowhere"),
    ("--observations days --until 2026-03-22", 66, "raw logs go to normalize-observations --input"),
  ])
  func `what can't be done is said with its mend and changes nothing`(
    words: String, code: Int32, message: String
  ) throws {
    try withTemporaryDirectory { directory in
      try Self.writeEstate(seed: 2, to: directory)
      _ = try Self.run(
        "business-baseline build \(Self.days(2...12)) --until 2026-03-13 --keep-state --output kept",
        in: directory)
      let before = try Self.files(directory.appendingPathComponent("kept"))
      let outcome = try Self.run("business-baseline update --baseline kept \(words)", in: directory)
      #expect(outcome.exitCode == code, "\(outcome.stderr)")
      #expect(outcome.stderr.contains(message), "\(outcome.stderr)")
      #expect(try Self.files(directory.appendingPathComponent("kept")) == before)
    }
  }

  @Test func `a baseline with an inventory is not updated without one, nor one without state`() throws {
    try withTemporaryDirectory { directory in
      try Self.writeEstate(seed: 2, to: directory)
      let build = "business-baseline build \(Self.days(2...8)) --output"
      _ = try Self.run("\(build) named --keep-state --inventory estate/inventory", in: directory)
      _ = try Self.run("\(build) bare", in: directory)
      let named = try Self.run(
        "business-baseline update --baseline named \(Self.days(9...9))", in: directory)
      #expect(named.exitCode == 64)
      #expect(named.stderr.contains("add --inventory"))
      let bare = try Self.run("business-baseline update --baseline bare \(Self.days(9...9))", in: directory)
      #expect(bare.exitCode == 65)
      #expect(bare.stderr.contains("with --keep-state"))
    }
  }

  private static func files(_ folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let url = folder.appendingPathComponent(path)
      if try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        files[path] = try Data(contentsOf: url)
      }
    }
    return files
  }
}
