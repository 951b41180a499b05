import Foundation
import MDRCore
import Testing

@Suite struct `simulate-estate answer-aws` {
  /// An estate on disk and a program that answers for it like the AWS CLI.
  private func withEstate(_ body: (URL, _ program: String, _ accounts: [String]) throws -> Void) throws {
    try withTemporaryDirectory { directory in
      let tool = try Executable("simulate-estate")
      let estate = directory.appendingPathComponent("estate").path
      #expect(try tool.run(["--output", estate, "--days", "9"]).exitCode == 0)
      let program = directory.appendingPathComponent("aws").path
      let script = "#!/bin/sh\nexec '\(tool.url.path)' answer-aws --logs '\(estate)/AWSLogs' -- \"$@\"\n"
      try Data(script.utf8).write(to: URL(fileURLWithPath: program))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      let facts = try SimulatedEstate.object(
        Array(try Data(contentsOf: URL(fileURLWithPath: estate + "/estate.json"))))
      let accounts = (facts["accounts"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
      try body(directory, program, accounts.sorted())
    }
  }

  @Test func `the collector gets every matching event of the logs through it, newest first`() throws {
    try withEstate { directory, program, accounts in
      let rows = accounts.map { "\($0),arn:aws:iam::\($0):role/collector\n" }.joined()
      try Data(rows.utf8).write(to: directory.appendingPathComponent("accounts.csv"))
      let output = directory.appendingPathComponent("out").path
      let outcome = try Executable("lookup-collector").run([
        "collect", "--regions", "us-east-1", "--events", "CreateRole,CreateAccessKey", "--aws", program,
        "--accounts",
        directory.appendingPathComponent("accounts.csv").path, "--since", "2026-03-20", "--until",
        "2026-04-03",
        "--as-of", "2026-04-04", "--calls-per-second", "50", "--output", output,
      ])
      #expect(outcome.exitCode == 0, "\(outcome.stderr)")
      var collected: Set<String> = []
      for (name, bytes) in try contents(of: output) where name.hasPrefix("events/") {
        var last = "9999"
        for line in bytes.split(separator: 0x0A) {
          let entry = try JSONValue(parsing: Array(line))
          let event = try JSONValue(parsing: entry["CloudTrailEvent"]?.string ?? "")
          let time = try #require(event["eventTime"]?.string)
          #expect(time <= last)
          last = time
          #expect(entry["EventId"] == event["eventID"])
          #expect(name.contains(event["recipientAccountId"]?.string ?? "-"))
          collected.insert(try #require(entry["EventId"]?.string))
        }
      }
      let expected = try SimulatedEstate(["--days", "9"]).events()
        .filter { ["CreateRole", "CreateAccessKey"].contains($0["eventName"] as? String ?? "") }
        .filter { $0["awsRegion"] as? String == "us-east-1" }.compactMap { $0["eventID"] as? String }
      #expect(collected.count > 20)
      #expect(collected == Set(expected))
    }
  }

  @Test func `pages are of the size asked for, and the token leads to the rest`() throws {
    try withEstate { _, program, accounts in
      let aws = Executable(url: URL(fileURLWithPath: program))
      #expect(
        try JSONValue(parsing: aws.run(["sts", "get-caller-identity"]).stdout)["Account"]?.string
          == accounts[0])
      let call = [
        "cloudtrail", "lookup-events", "--region", "us-east-1", "--max-results", "3", "--no-paginate",
      ]
      var ids: [String] = []
      var token: String?
      for _ in 0..<3 {
        let page = try JSONValue(parsing: aws.run(call + (token.map { ["--next-token", $0] } ?? [])).stdout)
        ids += page["Events"]?.elements.compactMap { $0["EventId"]?.string } ?? []
        token = page["NextToken"]?.string
        #expect(token != nil)
      }
      #expect(ids.count == 9 && Set(ids).count == 9)
    }
  }

  @Test func `a role in an account without logs is denied as AWS denies it`() throws {
    try withEstate { _, program, _ in
      let outcome = try Executable(url: URL(fileURLWithPath: program)).run([
        "sts", "assume-role", "--role-arn", "arn:aws:iam::999999999999:role/x", "--role-session-name", "x",
      ])
      #expect(outcome.exitCode != 0)
      #expect(
        outcome.stderr.contains("An error occurred (AccessDenied) when calling the AssumeRole operation"))
    }
  }

  @Test func `the estate's own command stands beside it`() throws {
    let help = try Executable("simulate-estate").run(["--help"])
    #expect(help.exitCode == 0)
    #expect(help.stdout.contains("--seed"))
    #expect(help.stdout.contains("simulate-estate answer-aws"))
    #expect(try Executable("simulate-estate").run(["answer-aws", "--help"]).stdout.contains("--logs"))
  }
}
