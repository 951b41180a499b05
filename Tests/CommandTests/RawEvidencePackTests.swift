import Foundation
import MDRCore
import Testing

@Suite struct `raw-evidence-pack` {
  @Test func `packs the very bytes that were delivered, each record once, and no name leaves the folder`()
    throws
  {
    try withTemporaryDirectory { directory in
      let evidence = try EvidenceCase(in: directory)
      let outcome = try evidence.build()
      #expect(outcome.exitCode == 0, "\(outcome.stderr)")
      let files = try contents(of: evidence.pack)
      #expect(
        files.keys.sorted() == [
          "SHA256SUMS", "evidence.md", "manifest.json", "records/000001-e-1.json", "records/000002-e-2.json",
          "records/000003-_________escape___x.json",
        ])
      #expect(files["records/000001-e-1.json"] == Array(EvidenceCase.records[0].utf8))
      #expect(files["records/000002-e-2.json"] == Array(EvidenceCase.records[1].utf8))
      let manifest = try JSONValue(parsing: files["manifest.json"] ?? [])
      #expect(
        manifest["records"]?.elements.map { $0["finding_ids"]?.strings } == [
          ["f-1"], ["f-1", "f-2"], ["f-2"],
        ])
      #expect(manifest["sources"]?.elements.count == 2)
      let notes = String(decoding: files["evidence.md"] ?? [], as: UTF8.self)
      #expect(notes.contains("These are raw logs"))
      #expect(!notes.contains(directory.path))
      #expect(notes.split(separator: "\n").count { $0.hasPrefix("# ") } == 1)
      #expect(try evidence.verify().exitCode == 0)
    }
  }

  @Test func `takes the folder of a triage as it takes the findings in it`() throws {
    try withTemporaryDirectory { directory in
      let evidence = try EvidenceCase(in: directory)
      #expect(try evidence.build().exitCode == 0)
      let named = try contents(of: evidence.pack)
      let folder = String(evidence.findings.dropLast("/findings.jsonl".count))
      let outcome = try evidence.build(findings: folder)
      #expect(outcome.exitCode == 0, "\(outcome.stderr)")
      #expect(try contents(of: evidence.pack) == named)
      let empty = try evidence.build(findings: directory.path)
      #expect(empty.exitCode == 66)
      #expect(empty.stderr.contains("findings.jsonl can't be read"))
    }
  }

  /// LookupEvents gives a record as text within a row that spells its id another way.
  @Test(
    .enabled(
      if: ["/usr/bin/jq", "/opt/homebrew/bin/jq"].contains(where: FileManager.default.isExecutableFile)))
  func `the command that finds a record again finds it, delivered or looked up, whatever the file's name`()
    throws
  {
    let record =
      #"{"eventVersion":"1.08","eventID":"e-9","eventName":"DeleteTrail","eventSource":"cloudtrail.amazonaws.com","eventTime":"2026-04-01T00:00:00Z"}"#
    let row: JSONValue = [
      "EventId": "e-9", "EventName": "DeleteTrail", "CloudTrailEvent": .string(record),
    ]
    for (name, text) in [("-x y.json", #"{"Records":[\#(record)]}"#), ("-r.jsonl", row.compactText + "\n")] {
      try withTemporaryDirectory { folder in
        let pack = try EvidenceCase(in: folder)
        try FileManager.default.removeItem(at: pack.logs)
        try pack.write("logs/" + name, text)
        let normalised = try Executable("normalize-observations").run(
          ["--input", pack.logs.path, "--output", folder.path + "/again"])
        #expect(normalised.exitCode == 0)
        try pack.writeFindings([("f-1", ["e-9"])])
        let built = try Executable("raw-evidence-pack").run(
          [
            "build", "--observations", folder.path + "/again", "--findings", pack.findings, "--output",
            pack.pack,
          ])
        #expect(built.exitCode == 0, "\(built.stderr)")
        let notes = String(decoding: try pack.bytes("pack/evidence.md"), as: UTF8.self)
        let start = try #require(notes.range(of: "cd THE-FOLDER-OF-THE-LOGS\n")).upperBound
        let end = try #require(notes[start...].range(of: "\n```")).lowerBound
        let found = try Executable(url: URL(fileURLWithPath: "/bin/sh")).run(
          ["-c", String(notes[start..<end])], in: pack.logs)
        #expect(found.stderr.isEmpty, "\(name)")
        let first = try JSONValue(parsing: try #require(found.lines.first))
        #expect((first["EventId"] ?? first["eventID"])?.string == "e-9", "\(name)")
      }
    }
  }

  @Test func `sha256sum agrees with the list`() throws {
    try withTemporaryDirectory { directory in
      let evidence = try EvidenceCase(in: directory)
      _ = try evidence.build()
      for line in String(decoding: try evidence.bytes("pack/SHA256SUMS"), as: UTF8.self).split(
        separator: "\n")
      {
        let bytes = try evidence.bytes("pack/" + line.dropFirst(66))
        #expect(line.hasPrefix(bytes.withUnsafeBytes { SHA256Digest.hex($0) } + "  "))
      }
    }
  }

  @Test func `gives the same bytes again, and in the place of an older pack`() throws {
    try withTemporaryDirectory { directory in
      let evidence = try EvidenceCase(in: directory)
      _ = try evidence.build()
      let first = try contents(of: evidence.pack)
      #expect(try evidence.build().exitCode == 0)
      #expect(try contents(of: evidence.pack) == first)
      #expect(try evidence.build(["--finding", "f-1"]).exitCode == 0)
      #expect(try contents(of: evidence.pack).keys.count { $0.hasPrefix("records/") } == 2)
    }
  }

  @Test(arguments: [
    ("pack/records/000001-e-1.json", "{}", "records/000001-e-1.json was altered"),
    ("pack/manifest.json", #"{"records":[]}"#, "manifest.json was altered"),
    ("pack/records/000009-new.json", "{}", "records/000009-new.json was added"),
    ("pack/records/000002-e-2.json", nil, "records/000002-e-2.json is missing"),
  ])
  func `verify names what differs`(file: String, text: String?, named: String) throws {
    try withTemporaryDirectory { directory in
      let evidence = try EvidenceCase(in: directory)
      _ = try evidence.build()
      if let text {
        try evidence.write(file, text)
      } else {
        try FileManager.default.removeItem(at: directory.appendingPathComponent(file))
      }
      let outcome = try evidence.verify()
      #expect(outcome.exitCode == 65)
      #expect(outcome.stderr.contains(named))
    }
  }

  @Test func `a record and its line in the list changed together still differ from the manifest`() throws {
    try withTemporaryDirectory { directory in
      let evidence = try EvidenceCase(in: directory)
      _ = try evidence.build()
      try evidence.write("pack/records/000001-e-1.json", "{}")
      let list = String(decoding: try evidence.bytes("pack/SHA256SUMS"), as: UTF8.self)
      try evidence.write(
        "pack/SHA256SUMS",
        list.replacing(SHA256Digest.hex(EvidenceCase.records[0]), with: SHA256Digest.hex("{}")))
      let outcome = try evidence.verify()
      #expect(outcome.exitCode == 65)
      #expect(
        outcome.stderr.contains("records/000001-e-1.json is not the record that the manifest describes"))
    }
  }

  @Test func `a raw record that changed since it was normalised is refused and named`() throws {
    try withTemporaryDirectory { directory in
      let evidence = try EvidenceCase(in: directory)
      let log = String(decoding: try evidence.bytes("logs/AWSLogs/a.json"), as: UTF8.self)
      try evidence.write("logs/AWSLogs/a.json", log.replacing("1.50", with: "1.51"))
      let outcome = try evidence.build()
      #expect(outcome.exitCode == 2)
      #expect(outcome.stderr.contains("event e-1 is not packed"))
      #expect(try contents(of: evidence.pack)["records/000001-e-1.json"] == nil)
      #expect(try contents(of: evidence.pack)["records/000002-e-2.json"] != nil)
      #expect(String(decoding: try evidence.bytes("pack/evidence.md"), as: UTF8.self).contains("## Caveats"))
    }
  }

  @Test func `logs that moved are found where --logs says`() throws {
    try withTemporaryDirectory { directory in
      let evidence = try EvidenceCase(in: directory)
      let moved = directory.appendingPathComponent("archive")
      try FileManager.default.moveItem(at: evidence.logs, to: moved)
      let lost = try evidence.build()
      #expect(lost.exitCode == 65)
      #expect(lost.stderr.contains("--logs"))
      #expect(try evidence.build(["--logs", moved.path]).exitCode == 0)
    }
  }

  @Test func `of files with one name in two inputs each gives its record, and one that is gone is named`()
    throws
  {
    try withTemporaryDirectory { directory in
      let log =
        #"{"eventVersion":"1.08","userIdentity":{"type":"Root","accountId":"000000000001"},"eventID":"ID"#
      let rest =
        #"","eventName":"CreateAccessKey","eventSource":"iam.amazonaws.com","eventTime":"2026-04-01T00:00:00Z"}"#
      let evidence = try EvidenceCase(in: directory)
      for input in ["one", "two"] { try evidence.write("\(input)/a.jsonl", log + "-" + input + rest + "\n") }
      let normalised = directory.path + "/both"
      let made = try Executable("normalize-observations").run([
        "--input", directory.path + "/one", "--input", directory.path + "/two", "--output", normalised,
      ])
      try #require(made.exitCode == 0, "\(made.stderr)")
      try evidence.writeFindings([("f-1", ["ID-one", "ID-two"])])
      let line = [
        "build", "--observations", normalised, "--findings", evidence.findings, "--output", evidence.pack,
      ]
      let both = try Executable("raw-evidence-pack").run(line)
      #expect(both.exitCode == 0, "\(both.stderr)")
      let names = try FileManager.default.contentsOfDirectory(atPath: evidence.pack + "/records")
      #expect(Set(names.map { $0.dropFirst(7) }) == ["ID-one.json", "ID-two.json"])
      try FileManager.default.removeItem(atPath: directory.path + "/two")
      let one = try Executable("raw-evidence-pack").run(line)
      #expect(one.exitCode == 2)
      #expect(one.stderr.contains("event ID-two is not packed"), "\(one.stderr)")
    }
  }

  @Test func `an event that is not among the observations is a caveat`() throws {
    try withTemporaryDirectory { directory in
      let evidence = try EvidenceCase(in: directory)
      try evidence.writeFindings([("f-1", ["e-1", "e-404"])])
      let outcome = try evidence.build()
      #expect(outcome.exitCode == 2)
      #expect(outcome.stderr.contains("event e-404 of finding f-1"))
    }
  }

  @Test func `a record reference that leads out of the logs is not followed`() throws {
    try withTemporaryDirectory { directory in
      let evidence = try EvidenceCase(in: directory)
      let secret = "{\"eventVersion\":\"1.08\",\"eventID\":\"e-9\"}"
      try evidence.write("secret.jsonl", secret)
      let observation: JSONValue = [
        "event_id": "e-9",
        "record": ["file": "../secret.jsonl", "index": 0, "sha256": .string(SHA256Digest.hex(secret))],
      ]
      try evidence.write("case/normalize-observations/observations.jsonl", observation.compactText)
      try evidence.writeFindings([("f-1", ["e-9"])])
      #expect(try evidence.build().exitCode == 65)
      #expect(!FileManager.default.fileExists(atPath: evidence.pack))
    }
  }

  @Test func `wrong paths and lines end with the documented codes`() throws {
    try withTemporaryDirectory { directory in
      let evidence = try EvidenceCase(in: directory)
      let tool = try Executable("raw-evidence-pack")
      #expect(try tool.run(["verify", "/nonexistent"]).exitCode == 66)
      #expect(try tool.run(["verify", evidence.observations]).exitCode == 65)
      #expect(try tool.run(["verify"]).exitCode == 64)
      #expect(try evidence.build(["--finding", "f-9"]).exitCode == 65)
      #expect(try evidence.build(["--logs", "/nonexistent"]).exitCode == 66)
      try evidence.write("pack/notes.txt", "mine")
      let outcome = try evidence.build()
      #expect(outcome.exitCode == 73)
      #expect(try evidence.bytes("pack/notes.txt") == Array("mine".utf8))
    }
  }
}
