import Foundation
import MDRCore
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite(.serialized) struct CommandContractTests {
  private static let tools = [
    "normalize-observations", "business-baseline", "detection-specs", "business-triage", "raw-evidence-pack",
    "report-packager", "lookup-collector",
  ]

  /// A record as plain as can be.
  private static let record =
    #"{"eventVersion":"1.08","eventID":"plain","eventName":"DeleteTrail","eventTime":"2026-03-01T00:00:00Z"}"#

  private static func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

  /// Runs a line as a user types it.
  private static func run(_ line: String, in directory: URL, path: String? = nil) throws -> Executable.Outcome
  {
    let words = words(line)
    return try Executable(words[0]).run(
      Array(words.dropFirst()), in: directory, environment: path.map { ["PATH": $0] } ?? [:])
  }

  private static func lines(_ file: String, in directory: URL) throws -> [[String: Any]] {
    try Data(contentsOf: directory.appendingPathComponent(file)).split(separator: 0x0A)
      .map { try SimulatedEstate.object(Array($0)) }
  }

  /// The stable lines, in the order in which a case is made, with the exit codes that each may end with.
  private static let stable: [(line: String, codes: [Int32])] = [
    ("normalize-observations --input estate/AWSLogs --output case/normalize-observations", [0]),
    ("normalize-observations --input estate/AWSLogs --input more --output both", [0]),
    (
      "business-baseline build --observations case/normalize-observations --until 2026-04-01 --inventory estate/inventory --approvals approvals.jsonl --output case/business-baseline",
      [0]
    ),
    // A day four weeks before the others is a caveat.
    (
      "business-baseline build --logs estate/AWSLogs --observations both/observations.jsonl --output all", [2]
    ),
    ("detection-specs list", [0]), ("detection-specs show trail-stopped", [0]), ("detection-specs lint", [0]),
    ("detection-specs test", [0]), ("detection-specs lint --detections detections", [0]),
    (
      "detection-specs evaluate --observations case/normalize-observations --output case/detection-specs",
      [0, 2]
    ),
    (
      "business-triage run --observations case/normalize-observations --baseline case/business-baseline --since 2026-04-01T00:00:00Z --inventory estate/inventory --output case/business-triage",
      [0, 2]
    ),
    ("business-triage run --logs estate/AWSLogs --detections detections --output cold", [2]),
    (
      "raw-evidence-pack build --observations case/normalize-observations --findings case/business-triage/findings.jsonl --output case/raw-evidence-pack",
      [0]
    ),
    ("raw-evidence-pack verify case/raw-evidence-pack", [0]),
    ("report-packager build --case case --output case/report-packager", [0, 2]),
    ("report-packager verify case/report-packager", [0]),
    (
      "lookup-collector collect --regions us-east-1,us-west-2 --events CreateAccessKey,StopLogging --since 2026-03-01 --until 2026-03-02 --profile p --accounts accounts.txt --output collected",
      [0, 2]
    ),
  ]

  private static func prepare(_ directory: URL) throws {
    let made = try run("simulate-estate --output estate --days 2", in: directory)
    try #require(made.exitCode == 0, "\(made.stderr)")
    try EvidenceCase(in: directory.appendingPathComponent("evidence")).write(
      "../more/a.jsonl", record + "\n")
    try FileManager.default.createDirectory(
      at: directory.appendingPathComponent("detections"), withIntermediateDirectories: true)
    let source = try run("detection-specs show trail-stopped", in: directory).stdout
    try Data(source.utf8).write(to: directory.appendingPathComponent("detections/trail-stopped.md"))
    try Data().write(to: directory.appendingPathComponent("approvals.jsonl"))
    try Data(
      "000000000001,arn:aws:iam::000000000001:role/reader\n000000000002,arn:aws:iam::000000000002:role/reader\n"
        .utf8
    )
    .write(to: directory.appendingPathComponent("accounts.txt"))
    let aws = try FakeAWS(in: directory)
    try FileManager.default.createDirectory(
      at: directory.appendingPathComponent("bin"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: directory.path + "/bin/aws", withDestinationPath: aws.program)
  }

  @Test func `every stable line does its job, and with --json prints one object with its exit code`() throws {
    try withTemporaryDirectory { directory in
      try Self.prepare(directory)
      let path = directory.path + "/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
      for (line, codes) in Self.stable {
        let plain = try Self.run(line, in: directory, path: path)
        #expect(codes.contains(plain.exitCode), "\(line): \(plain.exitCode) \(plain.stderr)")
        #expect(!plain.stdout.isEmpty, "\(line)")
        // A collection is never overwritten: the second goes elsewhere.
        let again = line.replacing("--output collected", with: "--output collected-again") + " --json"
        let json = try Self.run(again, in: directory, path: path)
        #expect(json.lines.count == 1, "\(line)")
        let summary = try SimulatedEstate.object(Array(json.stdout.utf8))
        #expect(summary["exit_code"] as? Int == Int(json.exitCode), "\(line)")
        #expect(json.exitCode == plain.exitCode, "\(line)")
      }
      let finding = try #require(try Self.lines("case/business-triage/findings.jsonl", in: directory).first)
      let id = try #require(finding["finding_id"] as? String)
      let one = try Self.run(
        "raw-evidence-pack build --observations case/normalize-observations --findings case/business-triage/findings.jsonl --finding \(id) --output one",
        in: directory)
      #expect(one.exitCode == 0, "\(one.stderr)")
      for file in [
        "case/normalize-observations/observations.json", "case/normalize-observations/rejects.jsonl",
        "case/business-baseline/lanes.jsonl", "case/business-baseline/lanes.json",
        "case/business-triage/findings.json", "case/report-packager/report.md",
      ] { #expect(FileManager.default.fileExists(atPath: directory.path + "/" + file), "\(file)") }
      try Self.checkFields(in: directory)
    }
  }

  private static func checkFields(in directory: URL) throws {
    let observations = try lines("case/normalize-observations/observations.jsonl", in: directory)
    #expect(observations.count > 500)
    let fields = words(
      """
      event_id event_time account_id actor_account_id region event_source event_name outcome error_code actor \
      actor_type archetype source source_kind source_ip user_agent resources business_family business_risk overrides record
      """)
    let places: Set<String> = ["file", "index", "sha256"]
    for observation in observations {
      #expect(fields.filter { observation[$0] == nil } == [])
      #expect(Set((observation["record"] as? [String: Any] ?? [:]).keys).isSuperset(of: places))
    }
    let findings = try lines("case/business-triage/findings.jsonl", in: directory)
    #expect(findings.count > 5)
    let findingFields = words(
      """
      finding_id title severity position normality new_dimensions overrides detections attack account_id actor source \
      region event_names count first_seen last_seen event_ids evidence_required why_different
      """)
    for finding in findings {
      #expect(findingFields.filter { finding[$0] == nil } == [])
      let vocabulary: [(String, [String])] = [
        ("severity", Severity.allCases.map(\.rawValue)), ("position", Position.allCases.map(\.rawValue)),
        ("normality", Normality.allCases.map(\.rawValue)),
        ("new_dimensions", Dimension.allCases.map(\.rawValue)),
        ("overrides", OverrideClass.allCases.map(\.rawValue)),
      ]
      for (field, allowed) in vocabulary {
        let values = finding[field] as? [String] ?? [finding[field] as? String ?? "-"]
        #expect(Set(values).isSubset(of: allowed), "\(field): \(values)")
      }
      for technique in finding["attack"] as? [[String: Any]] ?? [] {
        #expect(Set(technique.keys) == ["id", "name", "tactic", "confidence"])
      }
      #expect(!(finding["evidence_required"] as? [String] ?? []).isEmpty)
      #expect(!(finding["why_different"] as? [String] ?? []).isEmpty)
    }
  }

  /// What a shell does with `words`; outputs that are full are known to Linux only.
  private static func shell(_ words: String) throws -> Executable.Outcome {
    try Executable(url: URL(fileURLWithPath: "/bin/sh")).run(["-c", words])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `a result that can't be printed ends with 74, and a reader that has seen enough with 0`() throws {
    let tool = try Executable("detection-specs").url.path
    for command in ["list", "show trail-stopped", "list --json", "--help"] {
      let outcome = try Self.shell("'\(tool)' \(command) > /dev/full")
      #expect(outcome.exitCode == 74, "\(command)")
      #expect(outcome.stderr.contains("the results can't be written (No space left on device)"), "\(command)")
    }
    let outcome = try Self.shell("{ '\(tool)' list; echo $? >&2; } | true")
    #expect(outcome.stderr == "0\n")
  }

  @Test func `what an interrupted run had begun is gone, and what was there before is whole`() throws {
    try withTemporaryDirectory { directory in
      try Self.prepare(directory)
      #expect(
        try Self.run(
          "business-baseline build --logs estate/AWSLogs --output case/kept --keep-state", in: directory
        )
        .exitCode == 0)
      let whole = try contents(of: directory.path + "/case/kept")
      // A pipe that nobody writes to keeps the run waiting with its output begun.
      let pipe = directory.appendingPathComponent("pipe").path
      #expect(mkfifo(pipe, 0o600) == 0)
      for line in [
        "business-baseline build --logs pipe --output case/kept --keep-state",
        "normalize-observations --input pipe --output case/out",
      ] {
        let words = Self.words(line)
        let process = Process()
        process.executableURL = try Executable(words[0]).url
        process.arguments = Array(words.dropFirst())
        process.currentDirectoryURL = directory
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let writer = open(pipe, O_WRONLY)
        defer { close(writer) }
        let place = directory.path + "/case"
        for _ in 0..<500 where try Self.partial(in: place).isEmpty { usleep(10_000) }
        #expect(try !Self.partial(in: place).isEmpty, "\(line)")
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal, "\(line)")
        #expect(process.terminationStatus == SIGTERM, "\(line)")
        #expect(try Self.partial(in: place) == [], "\(line)")
      }
      #expect(try contents(of: directory.path + "/case/kept") == whole)
    }
  }

  private static func partial(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.contains(".partial") }
  }

  @Test(arguments: tools)
  func `help and version end with 0, an unknown option with 64 and its name`(tool: String) throws {
    for option in ["--help", "--version"] {
      let outcome = try Executable(tool).run([option])
      #expect(outcome.exitCode == 0)
      #expect(outcome.stdout.contains(tool))
      #expect(!outcome.stdout.contains("(repeatable) (repeatable)"))
      #expect(outcome.stderr.isEmpty)
    }
    let line = Self.stable.map { Self.words($0.line) }.first { $0[0] == tool } ?? []
    let outcome = try Executable(tool).run(Array(line.dropFirst()) + ["--bogus"])
    #expect(outcome.exitCode == 64)
    #expect(outcome.stderr.contains("--bogus"))
    #expect(outcome.stdout.isEmpty)
  }

  @Test(arguments: [
    ("normalize-observations --output out", Int32(64), "--input"),
    ("normalize-observations --input logs", 64, "--output"),
    ("normalize-observations --input logs --output out --jobs many", 64, "--jobs"),
    ("normalize-observations --input= --output out", 64, "--input has no value: write --input PATH"),
    ("normalize-observations --input --output out", 64, "--input has no value"),
    ("normalize-observations --input mixed --output out", 2, "gone.json: the file can't be opened"),
    ("normalize-observations --input nowhere --output out", 66, "nowhere"),
    ("normalize-observations --input none --output out", 65, "none"),
    ("normalize-observations --input binary --output out", 65, "binary"),
    ("normalize-observations --input logs --output taken/out", 73, "taken"),
    ("normalize-observations --input mixed --output out", 2, "cut.json.gz"),
    ("business-baseline build --logs logs --until yesterday-ish --output out", 64, "--until yesterday-ish"),
    ("business-triage run --logs logs --since yesterday-ish --output out", 64, "--since yesterday-ish"),
    ("business-triage run --output out", 64, "--observations"),
    ("business-triage run --logs logs", 64, "--output"),
    ("business-triage run --logs nowhere --output out", 66, "nowhere"),
    ("business-triage run --observations logs --output out", 66, "observations.jsonl"),
    ("business-triage run --logs logs --baseline nowhere --output out", 66, "nowhere"),
    ("business-triage run --logs logs --inventory nowhere --output out", 66, "nowhere"),
    ("business-triage run --logs logs --detections nowhere --output out", 66, "nowhere"),
    ("business-triage run --logs binary --output out", 65, "no observation"),
    ("business-triage run --logs logs --output taken/out", 73, "taken"),
    ("business-baseline build --logs logs --output taken/out", 73, "taken"),
    ("detection-specs evaluate --logs logs --output taken/out", 73, "taken"),
    ("report-packager build --case nowhere --output out", 66, "nowhere"),
    ("raw-evidence-pack verify nowhere", 66, "nowhere"),
    (
      "lookup-collector collect --regions us-east-1 --events E --since yesterday-ish --until 2026-01-01 --output out",
      64, "--since"
    ),
  ])
  func `what can't be done ends with its code and names the place`(line: String, code: Int32, named: String)
    throws
  {
    try withTemporaryDirectory { directory in
      let record = Data((Self.record + "\n").utf8)
      for (file, bytes) in [
        ("logs/a.jsonl", record), ("mixed/a.jsonl", record), ("mixed/empty.json", Data()), ("taken", Data()),
        ("mixed/cut.json.gz", Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xAB, 0x56])),
        ("mixed/noise.json", Data([0, 1, 2, 0xFF])), ("binary/noise.json", Data([0, 1, 2, 0xFF])),
      ] {
        let url = directory.appendingPathComponent(file)
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: url)
      }
      try FileManager.default.createDirectory(
        at: directory.appendingPathComponent("none"), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: directory.path + "/mixed/gone.json", withDestinationPath: "nowhere")
      let outcome = try Self.run(line, in: directory)
      #expect(outcome.exitCode == code, "\(outcome.stderr)")
      #expect(outcome.stderr.contains(named), "\(outcome.stderr)")
      #expect(outcome.stdout.isEmpty == (code > 2))
      guard code == 2 else { return }
      #expect(try Self.lines("out/observations.jsonl", in: directory).count == 1)
    }
  }
}
