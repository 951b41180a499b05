import Foundation
import Testing

/// Secrets of requests and responses, by the API that carries them, stay in the logs: no artifact of any tool has one,
/// whichever way the tool reads.
///
/// An evidence pack's records are the logs' own bytes on purpose, as its skill says.
@Suite struct SecretArtifactTests {
  private static let cases = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Cases")

  @Test func `from collection to report`() throws {
    try withTemporaryDirectory { folder in
      let logs = folder.appendingPathComponent("logs")
      try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
      var planted = 0
      for name in ["secrets", "secrets-by-api"] {
        let text = try String(
          contentsOf: Self.cases.appendingPathComponent("normalize/\(name)/input.jsonl"), encoding: .utf8)
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
      for (name, text) in try Self.texts(in: folder) { #expect(!text.contains("PLANTED"), "\(name)") }
    }
  }

  @Test func `secrets as long and as random as real ones, over many services`() throws {
    let templates = try String(
      contentsOf: Self.cases.appendingPathComponent("secrets/realistic.jsonl"), encoding: .utf8)
    var planter = SecretPlanter()
    let records = templates.split(separator: "\n").enumerated().map { planter.record($1, number: $0) }
    #expect(records.count > 300 && planter.secrets.count > 500)
    try withTemporaryDirectory { folder in
      let logs = folder.appendingPathComponent("logs")
      try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
      try Data(records.joined(separator: "\n").utf8).write(to: logs.appendingPathComponent("a.jsonl"))
      let texts = try Self.texts(in: folder)
      #expect(texts["case/normalize-observations/observations.jsonl"]?.count(of: "\n") == records.count)
      for (name, text) in texts {
        for secret in planter.secrets where text.contains(secret.text) {
          Issue.record("\(name) holds a secret of \(secret.record)")
        }
      }
    }
  }

  /// What all tools print and write for the logs of a folder.
  private static func texts(in folder: URL) throws -> [String: String] {
    var texts: [String: String] = [:]
    func run(_ tool: String, _ arguments: [String]) throws {
      let outcome = try Executable(tool).run(arguments, in: folder)
      #expect([0, 2].contains(outcome.exitCode), "\(tool) \(arguments): \(outcome.stderr)")
      texts["what \(tool) \(arguments) printed"] = outcome.stdout + outcome.stderr
    }
    try run("normalize-observations", ["--input", "logs", "--output", "case/normalize-observations"])
    try run("business-baseline", ["build", "--logs", "logs", "--output", "case/business-baseline"])
    try run(
      "business-baseline",
      ["build", "--observations", "case/normalize-observations", "--keep-state", "--output", "case/kept"])
    try run("business-baseline", ["build", "--logs", "logs", "--keep-state", "--output", "case/straight"])
    for (name, arguments) in [
      ("business-triage", ["--observations", "case/normalize-observations"]),
      ("cold", ["--logs", "logs"]),
      ("with-baseline", ["--logs", "logs", "--baseline", "case/business-baseline", "--since", "2026-01-01"]),
    ] {
      try run(
        "business-triage",
        ["run"] + arguments + [
          "--also", "ocsf", "--also", "asff", "--also", "sarif", "--output", "case/" + name,
        ])
    }
    for (name, arguments) in [
      ("detection-specs", ["--observations", "case/normalize-observations"]),
      ("straight-specs", ["--logs", "logs"]),
    ] {
      try run("detection-specs", ["evaluate"] + arguments + ["--output", "case/" + name])
    }
    try run(
      "raw-evidence-pack",
      [
        "build", "--observations", "case/normalize-observations", "--findings",
        "case/business-triage/findings.jsonl", "--output", "case/raw-evidence-pack",
      ])
    try run("report-packager", ["build", "--case", "case", "--output", "case/report-packager"])
    let artifacts = try CaseArtifacts(folder.appendingPathComponent("case")).texts
    #expect(artifacts.count > 20)
    for (name, text) in artifacts { texts["case/" + name] = text }
    // What is judged straight from the logs is what is judged from observations.
    for name in ["lanes.jsonl", "actors.jsonl", "sequences.jsonl"] {
      #expect(texts["case/business-baseline/" + name] == texts["case/kept/" + name], "\(name)")
    }
    for (one, other) in [
      ("business-triage/findings", "cold/findings"), ("detection-specs/matches", "straight-specs/matches"),
    ] {
      #expect(texts["case/\(one).jsonl"] == texts["case/\(other).jsonl"], "\(one)")
    }
    return texts
  }
}

extension String {
  fileprivate func count(of character: Character) -> Int { count { $0 == character } }
}
