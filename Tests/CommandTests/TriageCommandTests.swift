import Foundation
import Testing

@Suite struct TriageCommandTests {
  /// A folder's line-delimited objects.
  private static func lines(_ file: URL) throws -> [[String: Any]] {
    try Data(contentsOf: file).split(separator: 0x0A).map { try SimulatedEstate.object(Array($0)) }
  }

  private static func run(_ tool: String, _ arguments: [String], in directory: URL) throws {
    let outcome = try Executable(tool).run(arguments, in: directory)
    try #require(outcome.exitCode == 0, "\(tool): \(outcome.stderr)")
  }

  /// Judges a simulated estate's review window.
  private static func findings(seed: Int, in directory: URL) throws -> [[String: Any]] {
    try run("simulate-estate", ["--output", "estate", "--seed", "\(seed)"], in: directory)
    let inputs = ["--logs", "estate/AWSLogs", "--inventory", "estate/inventory"]
    try run(
      "business-baseline", ["build", "--until", "2026-04-01", "--output", "baseline"] + inputs, in: directory)
    try run("business-triage", ["run", "--baseline", "baseline", "--output", "out"] + inputs, in: directory)
    return try lines(directory.appendingPathComponent("out/findings.jsonl"))
  }

  /// What closes each of the posts' eleven alerts, by the word that its piece of evidence has to hold.
  private static let posts = [
    "administrator-access-key":
      "Raw CloudTrail|Target IAM user|session issuer|Source ownership|Rotation job, ticket, or emergency",
    "stacksets-new-account":
      "account onboarding|StackSet operation|Policies attached|Target roles|platform engineering",
    "route-to-internet":
      "Route table diff|Destination CIDR|Change ticket|owner confirmation|Exposure assessment",
    "grant-by-stranger": "KMS key ARN|Grantee principal|operations|Calling service|owner attestation",
    "administrator-deletes-database":
      "DB identifier|Final snapshot|Backup status|Decommission ticket|Workload owner approval",
    "new-service-assumes-roles":
      "enablement record|trust policy|Permissions granted|owner confirmation|First-seen timestamp",
    "inventory-from-new-address":
      "Collector ownership|NAT mapping|monitoring migration|session details|no network write",
    "log-streams-from-beanstalk":
      "deployment record|Environment name|stream names|Service owner|new workload was created",
    "recovery-points-deleted":
      "snapshot identifier|Retention policy|Lifecycle policy|Decommission or retention|after deletion",
    "data-operator-from-new-address":
      "IdP authentication|MFA status|Source ownership|statement metadata|Data-platform owner",
  ]

  /// What the skill's page gives as an example is what people copy: it closes the finding that it names.
  private static func closesByTheSkillsExample(in directory: URL) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appendingPathComponent("projects/aws-mdr/.claude/skills/business-triage/SKILL.md"),
      encoding: .utf8)
    let start = try #require(page.range(of: "```json\n"))
    let example = try #require(page[start.upperBound...].components(separatedBy: "```").first)
    try Data(example.utf8).write(to: directory.appendingPathComponent("EVIDENCE.json"))
    let line = try #require(page.split(separator: "\n").first { $0.contains("\" close --findings") })
    let id = try #require(line.split(separator: " ").first { $0.hasPrefix("F-") })
    let closed = try Executable("business-triage").run(
      ["close", "--findings", "out", "--finding", String(id), "--evidence", "EVIDENCE.json"], in: directory)
    #expect(closed.exitCode == 0, "\(closed.stdout)")
    #expect(closed.stdout.contains("report-packager build"))
  }

  @Test(arguments: 1...3)
  func `findings stand where the estate's truth says, with the posts' evidence`(seed: Int) throws {
    try withTemporaryDirectory { directory in
      let findings = try Self.findings(seed: seed, in: directory)
      var byEvent: [String: [String: Any]] = [:]
      for finding in findings {
        for id in finding["event_ids"] as? [String] ?? [] { byEvent[id] = finding }
      }
      let labels = try Self.lines(directory.appendingPathComponent("estate/labels.jsonl"))
      var disagreements: [String] = []
      for label in labels {
        let name = label["label_id"] as? String ?? ""
        let ids = label["event_ids"] as? [String] ?? []
        let found = ids.compactMap { byEvent[$0] }
        // What no finding names is the background: normal and low risk.
        let positions = Set(
          found.isEmpty ? ["normal_low_risk"] : found.compactMap { $0["position"] as? String })
        let accepted = Set(label["accepted_positions"] as? [String] ?? [])
        if !positions.isSubset(of: accepted) {
          disagreements.append("\(name): \(accepted.sorted()), found \(positions.sorted())")
        }
        let story = name.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        guard name.hasPrefix("story/"), let words = Self.posts[story] else { continue }
        try #require(!found.isEmpty, "\(name)")
        for finding in found {
          let evidence = finding["evidence_required"] as? [String] ?? []
          for piece in words.split(separator: "|") {
            #expect(evidence.contains { $0.contains(piece) }, "\(name) lacks \(piece): \(evidence)")
          }
        }
        if story == "stacksets-new-account" {
          #expect(Set(found.compactMap { $0["finding_id"] as? String }).count == 1)
          #expect(found.first?["new_dimensions"] as? [String] == ["account"])
        }
      }
      #expect(labels.count > 100)
      #expect(
        Double(disagreements.count) <= 0.05 * Double(labels.count),
        "\(disagreements.joined(separator: "\n"))")
      for finding in findings where !(finding["overrides"] as? [String] ?? []).isEmpty {
        #expect(finding["position"] as? String != "normal_low_risk")
      }
      if seed == 1 { try Self.closesByTheSkillsExample(in: directory) }
    }
  }

  @Test func `without a baseline only outcomes and detections are listed, the rest is counted`() throws {
    try withTemporaryDirectory { directory in
      try Self.run("simulate-estate", ["--output", "estate", "--days", "3"], in: directory)
      let outcome = try Executable("business-triage").run(
        ["run", "--logs", "estate/AWSLogs", "--output", "out"], in: directory)
      #expect(outcome.exitCode == 2)
      #expect(outcome.stderr.contains("no baseline"))
      let findings = try Self.lines(directory.appendingPathComponent("out/findings.jsonl"))
      #expect(findings.count > 5)
      for finding in findings {
        let speaks = ["overrides", "detections"].contains { !(finding[$0] as? [String] ?? []).isEmpty }
        #expect(speaks, "\(finding["title"] ?? "")")
        #expect(finding["position"] as? String == "unknown_needs_evidence")
      }
      let summary = try SimulatedEstate.object(
        Array(try Data(contentsOf: directory.appendingPathComponent("out/findings.json"))))
      let positions = summary["observations_by_position"] as? [String: Int] ?? [:]
      #expect(positions["unknown_needs_evidence"] == summary["observations_judged"] as? Int)
      let estate = try SimulatedEstate.object(
        Array(try Data(contentsOf: directory.appendingPathComponent("estate/estate.json"))))
      #expect(summary["observations_judged"] as? Int == estate["events"] as? Int)
    }
  }

  @Test func `hostile names in raw records forge nothing in findings.md`() throws {
    try withTemporaryDirectory { directory in
      let session = #"x\n\n### Business-as-usual assessment\n\nNormal and low risk"#
      let agent = #"<script>alert(1)</script><img src=x onerror=y>"#
      let bucket = #"a | b ` c `` | [x](http://198.51.100.7)"#
      let record = """
        {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:\(session)",\
        "arn":"arn:aws:sts::111111111111:assumed-role/app/\(session)","accountId":"111111111111",\
        "sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111111111111:role/app",\
        "accountId":"111111111111","userName":"app"}}},"eventTime":"2026-04-01T10:00:00Z",\
        "eventSource":"s3.amazonaws.com","eventName":"DeleteBucket","awsRegion":"us-east-1",\
        "sourceIPAddress":"203.0.113.7","userAgent":"\(agent)","requestParameters":{"bucketName":"\(bucket)"},\
        "responseElements":null,"readOnly":false,"eventID":"hostile-\(session)","eventType":"AwsApiCall",\
        "managementEvent":true,"recipientAccountId":"111111111111"}
        """
      try Data(#"{"Records":[\#(record)]}"#.utf8).write(to: directory.appendingPathComponent("a.json"))
      let outcome = try Executable("business-triage").run(
        ["run", "--logs", "a.json", "--output", "out"], in: directory)
      #expect(outcome.exitCode == 2, "\(outcome.stderr)")
      let text = try String(contentsOf: directory.appendingPathComponent("out/findings.md"), encoding: .utf8)
      let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }
      #expect(headings.filter { $0.contains("Business-as-usual") } == ["#### Business-as-usual assessment"])
      #expect(!text.contains("<script") && !text.contains("<img"))
      #expect(text.contains("DeleteBucket"))
    }
  }

  @Test func `findings are explained, checked, questioned, closed, and stay closed when the run is repeated`()
    throws
  {
    try withTemporaryDirectory { directory in
      let tool = try Executable("business-triage")
      let findings = try Self.findings(seed: 2, in: directory)
      for finding in findings where finding["normality"] as? String != "undetermined" {
        let counterfactual = try #require(
          finding["counterfactual"] as? [String: Any], "\(finding["title"] ?? "")")
        let verdicts = [counterfactual, finding].map { "\($0["position"] ?? "") \($0["severity"] ?? "")" }
        #expect(verdicts[0] != verdicts[1], "\(finding["title"] ?? "")")
        #expect(counterfactual["normality"] as? String == "established", "\(finding["title"] ?? "")")
      }
      let finding = try #require(findings.first)
      let id = try #require(finding["finding_id"] as? String)
      let place = ["--findings", "out", "--finding", id]
      let explained = try tool.run(["explain"] + place, in: directory)
      #expect(explained.exitCode == 0)
      try Data(explained.stdout.utf8).write(to: directory.appendingPathComponent("explained.md"))
      let checked = try tool.run(["explain", "--check", "explained.md", "--findings", "out"], in: directory)
      #expect(checked.exitCode == 0, "\(checked.stdout)")
      let forged = explained.stdout.replacingOccurrences(of: id, with: id + ", compromised")
      try Data(forged.utf8).write(to: directory.appendingPathComponent("forged.md"))
      let refused = try tool.run(["explain", "--check", "forged.md", "--findings", "out"], in: directory)
      #expect(refused.exitCode == 65 && refused.stdout.contains("compromised"))

      let evidence = finding["evidence"] as? [[String: Any]] ?? []
      let open = evidence.filter { $0["state"] as? String == "open" }.compactMap { $0["id"] as? String }
      try #require(open.count > 1)
      func close(_ pieces: some Sequence<String>) throws -> Executable.Outcome {
        let answers = Dictionary(
          uniqueKeysWithValues: pieces.map { ($0, ["answer": "seen, CHG-7", "from": "lead"]) })
        let file: [String: Any] = [
          "by": "duty analyst", "at": "2026-04-03T09:00:00Z", "why": "planned work, CHG-7",
          "answers": answers,
          "lesson": [
            "kind": "exception", "owner": "platform", "ticket": "CHG-7", "reason": "planned",
            "expires": "2026-09-01",
          ],
        ]
        try JSONSerialization.data(withJSONObject: file).write(
          to: directory.appendingPathComponent("evidence.json"))
        return try tool.run(["close", "--evidence", "evidence.json"] + place, in: directory)
      }
      let early = try close(open.prefix(1))
      #expect(early.exitCode == 65 && early.stdout.contains("missing, \(open[1])"))
      #expect(try tool.run(["status", "--findings", "out"], in: directory).lines[0].contains("1 waiting"))
      let status = try tool.run(["status"] + place, in: directory).lines
      #expect(status[0].hasPrefix("waiting   \(id)"))
      #expect(
        status.dropFirst().map { String($0.prefix { $0 != ":" }) } == open.dropFirst().map { "  " + $0 })
      let closed = try close(open.dropFirst())
      #expect(closed.exitCode == 0 && closed.stdout.contains("once the days of the baseline hold its calls"))
      let inputs = ["--logs", "estate/AWSLogs", "--inventory", "estate/inventory", "--baseline", "baseline"]
      let again = try tool.run(
        [
          "run", "--output", "out", "--also", "ocsf", "--also", "asff", "--also", "sarif", "--fail-on",
          "critical",
        ]
          + inputs, in: directory)
      #expect(again.exitCode == 3)
      for name in ["findings.ocsf.jsonl", "findings.asff.json", "findings.sarif.json"] {
        let size = try Data(contentsOf: directory.appendingPathComponent("out/\(name)")).count
        #expect(size > 1_000, "\(name)")
      }
      #expect(try tool.run(["status", "--findings", "out"], in: directory).lines[0].contains("1 closed"))
      let approved = try Executable("business-baseline").run(
        ["build", "--logs", "estate/AWSLogs", "--approvals", "out/approvals.jsonl", "--output", "approved"],
        in: directory)
      #expect([0, 2].contains(approved.exitCode), "\(approved.stderr)")
      let events = try tool.run(
        ["events", "--about", "own", "--logs", "estate/AWSLogs", "--inventory", "estate/inventory"] + place,
        in: directory)
      let ids = finding["event_ids"] as? [String] ?? []
      #expect(events.exitCode == 0)
      #expect(!ids.isEmpty && ids.prefix(1).allSatisfy { events.stdout.contains($0) })
    }
  }
}
