import Foundation
import Testing

/// Documents that hold secrets: what is left out of them is left out of observations and lanes alike.
@Suite struct SecretDocumentTests {
  private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Cases/secret-documents/input.jsonl")

  private static func run(_ tool: String, _ arguments: [String], in folder: URL) throws {
    let outcome = try Executable(tool).run(arguments, in: folder)
    #expect([0, 2].contains(outcome.exitCode), "\(tool) \(arguments): \(outcome.stderr)")
  }

  @Test func `lanes are the same bytes by logs and by observations, and hold no secret`() throws {
    try withTemporaryDirectory { folder in
      let text = try String(contentsOf: Self.fixture, encoding: .utf8)
      #expect(text.components(separatedBy: "PLANTED").count > 90)
      let lines = text.split(separator: "\n")
      try Data(text.utf8).write(to: folder.appendingPathComponent("logs.jsonl"))
      // Whoever remembers how an event was judged must not take another for it, whichever came first.
      try Data((lines.reversed().joined(separator: "\n") + "\n").utf8)
        .write(to: folder.appendingPathComponent("turned.jsonl"))
      for name in ["logs", "turned"] {
        try Self.run(
          "normalize-observations", ["--input", name + ".jsonl", "--output", "case/\(name)-read"], in: folder)
        for (way, arguments) in [
          ("straight", ["--logs", name + ".jsonl"]), ("observed", ["--observations", "case/\(name)-read"]),
          ("kept", ["--logs", name + ".jsonl", "--keep-state"]),
        ] {
          try Self.run(
            "business-baseline", ["build"] + arguments + ["--output", "case/\(name)-\(way)"], in: folder)
        }
      }
      let artifacts = try CaseArtifacts(folder.appendingPathComponent("case")).texts
      let lanes = try #require(artifacts["logs-straight/lanes.jsonl"])
      #expect(lanes.split(separator: "\n").count > 20)
      for (name, text) in artifacts {
        #expect(!text.contains("PLANTED"), "\(name)")
        if name.hasSuffix("/lanes.jsonl") { #expect(text == lanes, "\(name)") }
      }
      let observed = try #require(artifacts["logs-read/observations.jsonl"])
      #expect(observed.split(separator: "\n").count == lines.count)
      // Ids are evidence, and so is what a policy grants.
      #expect(observed.contains("AKIAIOSFODNN7EXAMPLE") && observed.contains("iam:ChangePassword"))
    }
  }
}
