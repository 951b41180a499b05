import Foundation
import Testing

/// Secrets of requests and responses, by the API that carries them, stay in the logs: no artifact of any tool has one,
/// whichever way the tool reads.
@Suite struct SecretArtifactTests {
  private static let cases = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Cases/normalize")

  private static func run(_ tool: String, _ arguments: [String], in folder: URL) throws {
    let outcome = try Executable(tool).run(arguments, in: folder)
    #expect([0, 2].contains(outcome.exitCode), "\(tool) \(arguments): \(outcome.stderr)")
    #expect(!outcome.stdout.contains("PLANTED") && !outcome.stderr.contains("PLANTED"), "\(tool)")
  }

  @Test func `from collection to report`() throws {
    try withTemporaryDirectory { folder in
      let logs = folder.appendingPathComponent("logs")
      try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
      var planted = 0
      for name in ["secrets", "secrets-by-api"] {
        let text = try String(
          contentsOf: Self.cases.appendingPathComponent(name + "/input.jsonl"), encoding: .utf8)
        planted += text.components(separatedBy: "PLANTED").count - 1
        try Data(text.utf8).write(to: logs.appendingPathComponent(name + ".jsonl"))
      }
      #expect(planted > 200)
      // Commands whose passwords are words of their own.
      let commands = ["ecs:RunTask", "batch:SubmitJob", "ssm:SendCommand", "lambda:CreateFunction20150331"]
        .enumerated().map { number, event in
          let parts = event.split(separator: ":")
          let words = #"["mysql","-u","root","-pPLANTED","--password","PLANTED","--password=PLANTED"]"#
          return #"""
            {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","userName":"u","accountId":"111122223333",\#
            "arn":"arn:aws:iam::111122223333:user/u"},"eventTime":"2026-02-01T00:00:00Z","awsRegion":"us-east-1",\#
            "eventSource":"\#(parts[0]).amazonaws.com","eventName":"\#(parts[1])","sourceIPAddress":"192.0.2.1",\#
            "eventID":"planted-\#(number)","recipientAccountId":"111122223333","requestParameters":{"cluster":"c",\#
            "overrides":{"containerOverrides":[{"command":\#(words)}]},"containerOverrides":{"command":\#(words)},\#
            "parameters":{"commands":["mysql -pPLANTED"]},"imageConfig":{"entryPoint":\#(words)}}}
            """#
        }.joined(separator: "\n")
      try Data(commands.utf8).write(to: logs.appendingPathComponent("commands.jsonl"))
      try Self.run(
        "normalize-observations", ["--input", "logs", "--output", "case/normalize-observations"], in: folder)
      try Self.run(
        "business-baseline", ["build", "--logs", "logs", "--output", "case/business-baseline"], in: folder)
      try Self.run(
        "business-baseline",
        ["build", "--observations", "case/normalize-observations", "--keep-state", "--output", "case/kept"],
        in: folder)
      try Self.run(
        "business-baseline", ["build", "--logs", "logs", "--keep-state", "--output", "case/straight"],
        in: folder)
      for (name, arguments) in [
        ("business-triage", ["--observations", "case/normalize-observations"]),
        ("cold", ["--logs", "logs"]),
        (
          "with-baseline",
          ["--logs", "logs", "--baseline", "case/business-baseline", "--since", "2026-01-01"]
        ),
      ] {
        try Self.run(
          "business-triage",
          ["run"] + arguments + [
            "--also", "ocsf", "--also", "asff", "--also", "sarif", "--output", "case/" + name,
          ],
          in: folder)
      }
      for (name, arguments) in [
        ("detection-specs", ["--observations", "case/normalize-observations"]),
        ("straight-specs", ["--logs", "logs"]),
      ] {
        try Self.run("detection-specs", ["evaluate"] + arguments + ["--output", "case/" + name], in: folder)
      }
      try Self.run(
        "raw-evidence-pack",
        [
          "build", "--observations", "case/normalize-observations", "--findings",
          "case/business-triage/findings.jsonl", "--output", "case/raw-evidence-pack",
        ], in: folder)
      try Self.run(
        "report-packager", ["build", "--case", "case", "--output", "case/report-packager"], in: folder)
      let artifacts = try CaseArtifacts(folder.appendingPathComponent("case")).texts
      for (name, text) in artifacts { #expect(!text.contains("PLANTED"), "\(name)") }
      #expect(artifacts.count > 20)
    }
  }
}
