import Foundation
import MDRCore
import Testing

@Suite struct `report-packager` {
  @Test func `tells caveats first, then numbers, ranks, how the business operates, and each finding in full`()
    throws
  {
    try withTemporaryDirectory { directory in
      let report = try ReportCase(in: directory)
      let outcome = try report.build()
      #expect(outcome.exitCode == 2, "\(outcome.stderr)")
      let text = try report.text
      let headings = text.split(separator: "\n").filter { $0.hasPrefix("## ") }
      #expect(
        headings == [
          "## Caveats", "## At a glance", "## What was examined", "## Findings by rank",
          "## How this business operates",
          "## Findings in full", "## Detections that matched", "## Evidence pack", "## Remediation roadmap",
          "## Blind spots", "## Appendix: inputs",
        ])
      #expect(text.contains("- `business-triage`: The review window is short."))
      #expect(text.contains("| abnormal and high risk | 0 | 1 | 0 | 0 | 0 | 1 |"))
      #expect(text.contains("| Rejects | 1 |"))
      #expect(text.contains("| `000000000001` | 8 | `us-east-1` |"))
      #expect(text.contains("| High | `access-key-creation` | Access key | 1 | 1 | 1 |"))
      let ranks = text.split(separator: "\n").filter { $0.contains(" in `000000000001` |") }
      #expect(ranks.map { $0.hasSuffix(" | `f-1` |") } == [true, false])
      // Few enough to be read in a terminal.
      #expect(
        text.contains(
          "| Severity | Position | Event | Principal and account | ATT&CK (confidence) | Why | Finding |"))
      #expect(text.contains("- `normalize-observations`, `detection-specs`: 1 record set aside: not JSON\n"))
      #expect(text.split(separator: "\n").filter { $0.hasPrefix("#### Residual risk") }.count == 2)
      #expect(text.contains("| Move the pipeline to federation. | Medium | 1 | `f-2` |"))
      #expect(!text.contains(directory.path))
      #expect(try report.verify().exitCode == 0)
    }
  }

  @Test func `detections of the findings are told where nothing else evaluated them`() throws {
    try withTemporaryDirectory { directory in
      var finding = EvidenceCase.finding("f-1", events: ["e-1"])
      finding["detections"] = ["access-key-creation"]
      finding["matched_detections"] = [
        ["id": "access-key-creation", "title": "Access key | made", "severity": "high"]
      ]
      let report = try ReportCase(in: directory, findings: [finding])
      try FileManager.default.removeItem(atPath: report.path + "/detection-specs")
      let outcome = try report.build()
      #expect(outcome.exitCode == 2, "\(outcome.stderr)")
      let text = try report.text
      #expect(!text.contains("Not evaluated in this case."))
      #expect(text.contains("which detections match beyond the findings was not evaluated"))
      #expect(text.split(separator: "\n").contains { $0.hasPrefix("| High | `access-key-creation` |") })
      #expect(try report.verify().exitCode == 0)
    }
  }

  @Test func `a step that can't be listed is no step that was not run`() throws {
    try withTemporaryDirectory { directory in
      let report = try ReportCase(in: directory)
      try FileManager.default.removeItem(atPath: report.path + "/detection-specs")
      try Data().write(to: URL(fileURLWithPath: report.path + "/detection-specs"))
      let outcome = try report.build()
      #expect(outcome.exitCode == 74)
      #expect(outcome.stderr.contains("detection-specs can't be listed"), "\(outcome.stderr)")
    }
  }

  @Test func `findings that are equally severe stand in the order that triage gave them`() throws {
    try withTemporaryDirectory { directory in
      // Neither their times nor their ids are in this order: triage knows more than both.
      var findings = ["f-3", "f-1", "f-2"].map { EvidenceCase.finding($0, events: ["e-\($0)"]) }
      findings[0]["first_seen"] = "2026-04-01T12:00:00Z"
      let report = try ReportCase(in: directory, findings: findings)
      _ = try report.build()
      let rows = try report.text.split(separator: "\n").filter {
        $0.hasSuffix("` |") && $0.contains("abnormal")
      }
      #expect(rows.map { $0.suffix(7).prefix(5) } == ["`f-3`", "`f-1`", "`f-2`"])
    }
  }

  @Test(arguments: [
    ("report-packager/report.md", "2 findings; each", "1 findings; each", "findings.total"),
    ("report-packager/report.md", "| Rejects | 1 |", "| Rejects | 0 |", "coverage.rejects"),
    (
      "report-packager/report.md", "normal but high residual risk | 0 | 0 | 1",
      "normal but high residual risk | 0 | 0 | 0",
      "findings.position.normal_high_residual_risk"
    ),
    ("report-packager/report.md", "Rotation ticket.", "Nothing.", "finding.f-1.in_full"),
    ("report-packager/report.json", "\"value\": 8", "\"value\": 9", "coverage.observations"),
    (
      "business-triage/findings.jsonl", "\"high\"", "\"low\"",
      "input business-triage/findings.jsonl was altered"
    ),
    ("business-triage/findings.jsonl", "\"high\"", "\"low\"", "claim finding.f-1"),
    (
      "business-baseline/lanes.json", "\"lanes\":3", "\"lanes\":4",
      "claim baseline.lanes: the report states 3, the case 4"
    ),
  ])
  func `verify names the claim that an altered report or case does not bear out`(
    file: String, old: String, new: String, named: String
  ) throws {
    try withTemporaryDirectory { directory in
      let report = try ReportCase(in: directory)
      _ = try report.build()
      try report.edit(file, old, new)
      let outcome = try report.verify()
      #expect(outcome.exitCode == 65)
      #expect(outcome.stderr.contains(named), "\(outcome.stderr)")
    }
  }

  @Test func `verify names what was added to a report or taken from its case`() throws {
    try withTemporaryDirectory { directory in
      let report = try ReportCase(in: directory)
      _ = try report.build()
      try report.write("report-packager/report.md", try report.text + "\nAll of it was approved.\n")
      #expect(try report.verify().exitCode == 65)
      _ = try report.build()
      try FileManager.default.removeItem(atPath: report.path + "/detection-specs/matches.json")
      let outcome = try report.verify()
      #expect(outcome.exitCode == 65)
      #expect(outcome.stderr.contains("input detection-specs/matches.json is missing"))
      #expect(
        outcome.stderr.contains("claim detection.access-key-creation has nothing in the case to rest on"))
    }
  }

  @Test func `the roadmap asks for evidence that is open, and of whom`() throws {
    try withTemporaryDirectory { directory in
      var finding = EvidenceCase.finding("f-1", events: ["e-1"])
      finding["position"] = "unknown_needs_evidence"
      finding["evidence_required"] = ["First-seen timestamp.", "Service enablement record."]
      finding["evidence"] = [
        [
          "id": "E1", "text": "First-seen timestamp.", "answered_by": "logs", "state": "answered",
          "answer": "On 2026-04-01.", "event_ids": ["e-1"],
        ],
        [
          "id": "E2", "text": "Service enablement record.", "answered_by": "people", "state": "open",
          "event_ids": [],
          "ask": "the account's owner",
        ],
      ]
      let report = try ReportCase(in: directory, findings: [finding])
      _ = try report.build()
      let text = try report.text
      let roadmap = try #require(text.range(of: "## Remediation roadmap"))
      #expect(
        text[roadmap.upperBound...].contains(
          "| Service enablement record. Ask the account's owner. | High | 1 |"))
      #expect(!text[roadmap.upperBound...].contains("First-seen timestamp."))
    }
  }

  @Test func `a runbook stands with the findings that could be part of its scenario, and only then`() throws {
    try withTemporaryDirectory { directory in
      var made = EvidenceCase.finding("f-1", events: ["e-1"])
      made["tuples"] = [
        [
          "account": "000000000001", "actor": "sso:AWS-Admin",
          "event": "iam.amazonaws.com:CreateAccessKey",
          "source": "ip:198.51.100.0/24", "region": "global", "prior_observations": 0,
          "position": "New",
        ]
      ]
      var usual = made
      usual["finding_id"] = "f-2"
      usual["position"] = "normal_high_residual_risk"
      let report = try ReportCase(in: directory, findings: [made, usual])
      _ = try report.build()
      let runbooks = try report.text.split(separator: "## ").first { $0.hasPrefix("Runbooks") }
      #expect(try report.text.contains("### A long-lived key that somebody else may hold\n\nFor `f-1`.\n"))
      #expect(try report.text.contains("3. Revoke: set the key to inactive."))
      #expect(try !report.text.contains("### A bucket that others can reach"))
      #expect(runbooks != nil)
      let other = try ReportCase(in: directory, findings: [usual])
      _ = try other.build()
      #expect(try !other.text.contains("## Runbooks"))
    }
  }

  @Test func `what people answered stands in it, and a closed finding asks for nothing more`() throws {
    try withTemporaryDirectory { folder in
      let reported = try ReportCase(in: folder)
      _ = try reported.build()
      #expect(!(try reported.text).contains("What people answered"))
      #expect(try reported.text.contains("Revoke the key."))
      func record(_ id: String, _ status: String, missing: String) -> String {
        #"{"schema":"mdr-rainer/closure/1","finding_id":"\#(id)","status":"\#(status)","by":"analyst <b>","#
          + #""at":"2026-04-03T09:00:00Z","why":"planned | CHG-7","answers":[{"id":"E4","answer":"NAT of Lyon","#
          + #""from":"network"}],"missing":[\#(missing)],"count":1,"last_seen":"2026-04-01T00:00:00Z"}"#
          + "\n"
      }
      let finding = EvidenceCase.finding("f-1", events: ["e-1"])
      #expect(finding["count"] == 1 && finding["last_seen"]?.string == "2026-04-01T00:00:00Z")
      try reported.write(
        "business-triage/closures.jsonl",
        record("f-1", "waiting", missing: #""E5""#) + record("f-1", "closed", missing: "")
          + record("f-2", "waiting", missing: #""E5""#))
      #expect(try reported.build().exitCode == 2)
      let text = try reported.text
      #expect(text.contains("1 of 2 findings is closed."))
      #expect(
        text.contains(
          #"| `f-1` | closed | analyst &lt;b&gt; | 2026-04-03T09:00:00Z | planned \| CHG-7 | `E4` NAT of Lyon (network) |"#
        ))
      #expect(text.contains("> **Closed** by analyst &lt;b&gt;, 2026-04-03T09:00:00Z: planned \\| CHG-7"))
      #expect(text.contains("> **Waiting** for `E5`"))
      let roadmap = try #require(text.range(of: "## Remediation roadmap")).upperBound
      #expect(!text[roadmap...].contains("Revoke the key."))
      #expect(text[roadmap...].contains("Move the pipeline to federation."))
      #expect(try reported.verify().exitCode == 0)
      // A closure that is taken back afterwards is a difference.
      try reported.edit("business-triage/closures.jsonl", #""closed""#, #""waiting""#)
      let verified = try reported.verify()
      #expect(verified.exitCode == 65)
      #expect(verified.stderr.contains("closure.f-1"))
    }
  }

  @Test func `closures that can't be read are a caveat of the report`() throws {
    try withTemporaryDirectory { folder in
      let reported = try ReportCase(in: folder)
      try reported.write("business-triage/closures.jsonl", "{\n")
      let outcome = try reported.build()
      #expect(outcome.exitCode == 2)
      #expect(outcome.stderr.contains("the report lacks what people recorded of findings"))
    }
  }

  @Test func `a case and its report can be moved together`() throws {
    try withTemporaryDirectory { directory in
      let report = try ReportCase(in: directory)
      _ = try report.build()
      let moved = directory.appendingPathComponent("elsewhere")
      try FileManager.default.moveItem(atPath: report.path, toPath: moved.path)
      let outcome = try Executable("report-packager").run(["verify", moved.path + "/report-packager"])
      #expect(outcome.exitCode == 0, "\(outcome.stderr)")
    }
  }

  @Test func `the same case gives the same bytes wherever it lies`() throws {
    let runs = try (0..<2).map { _ in
      try withTemporaryDirectory { directory in
        let report = try ReportCase(in: directory)
        _ = try report.build()
        return try contents(of: report.report)
      }
    }
    #expect(runs[0] == runs[1])
  }

  @Test func `steps that were not run are named, and the absence of findings is not praised`() throws {
    try withTemporaryDirectory { directory in
      let report = try ReportCase(in: directory)
      for step in ["business-baseline", "detection-specs", "business-triage", "raw-evidence-pack"] {
        try FileManager.default.removeItem(atPath: report.path + "/" + step)
      }
      #expect(try report.build().exitCode == 2)
      let text = try report.text
      #expect(text.contains("- `business-baseline`: not in this case: nothing says what is usual"))
      #expect(text.contains("the absence of findings means nothing"))
      #expect(try report.verify().exitCode == 0)
    }
  }

  @Test func `findings beyond the limit stand in the table only`() throws {
    try withTemporaryDirectory { directory in
      let findings = (1...60).map { EvidenceCase.finding("f-\($0)", events: ["e-1"]) }
      let report = try ReportCase(in: directory, findings: findings)
      _ = try report.build()
      let text = try report.text
      #expect(text.contains("50 of 60 findings"))
      #expect(text.split(separator: "\n").count { $0.hasPrefix("### Finding: ") } == 50)
      #expect((1...60).allSatisfy { text.contains("| `f-\($0)` |") })
      _ = try report.build(["--max-findings", "3"])
      #expect(try report.text.contains("3 of 60 findings"))
      #expect(try report.verify().exitCode == 0)
    }
  }

  @Test func `wrong paths and lines end with the documented codes`() throws {
    try withTemporaryDirectory { directory in
      let tool = try Executable("report-packager")
      let output = directory.appendingPathComponent("out").path
      #expect(try tool.run(["build", "--case", "/nonexistent", "--output", output]).exitCode == 66)
      #expect(try tool.run(["build", "--case", directory.path, "--output", output]).exitCode == 65)
      #expect(try tool.run(["build", "--case", directory.path]).exitCode == 64)
      #expect(try tool.run(["verify", directory.path]).exitCode == 66)
      #expect(try tool.run(["verify"]).exitCode == 64)
    }
  }
}
