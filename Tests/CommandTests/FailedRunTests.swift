import Foundation
import Testing

/// A run that fails leaves the folders as they were: no empty one, and no part of a set of files.
@Suite struct FailedRunTests {
  private static func names(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test(arguments: [
    ("normalize-observations", ["--input", "logs"]), ("business-baseline", ["build", "--logs", "logs"]),
    ("business-triage", ["run", "--logs", "logs"]), ("detection-specs", ["evaluate", "--logs", "logs"]),
    ("detection-specs", ["replay", "access-key-outside-rotation", "--logs", "logs"]),
    ("report-packager", ["build", "--case", "logs"]),
  ])
  func `an output folder that nothing was written to goes again`(tool: String, arguments: [String]) throws {
    try withTemporaryDirectory { folder in
      let logs = folder.appendingPathComponent("logs")
      try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
      try Data(#"{"no":"record"}"#.utf8).write(to: logs.appendingPathComponent("a.json"))
      let run = try Executable(tool).run(arguments + ["--output", "new/case/out"], in: folder)
      #expect(run.exitCode != 0)
      #expect(try Self.names(folder) == ["logs"])
      // One that was there stays, with what is in it.
      let output = folder.appendingPathComponent("mine")
      try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
      #expect(try Executable(tool).run(arguments + ["--output", "mine"], in: folder).exitCode != 0)
      #expect(try Self.names(output).isEmpty)
    }
  }

  @Test func `an export that can't be written whole is not written in part`() throws {
    try withTemporaryDirectory { folder in
      let output = folder.appendingPathComponent("out")
      try FileManager.default.createDirectory(
        at: output.appendingPathComponent("manifest.json"), withIntermediateDirectories: true)
      let arguments = ["export", "--target", "sigma", "--output", "out"]
      let refused = try Executable("detection-specs").run(arguments, in: folder)
      #expect(refused.exitCode == 73)
      #expect(refused.stderr.contains("out/manifest.json is a folder"))
      #expect(try Self.names(output) == ["manifest.json"])
      try FileManager.default.removeItem(at: output.appendingPathComponent("manifest.json"))
      #expect([0, 2].contains(try Executable("detection-specs").run(arguments, in: folder).exitCode))
      #expect(try Self.names(output).count > 200)
    }
  }
}
