import Foundation
import MDRCore
import Testing

/// Reports that can leave the team.
@Suite struct AnonymousReportTests {
  @Test
  func `an anonymised report keeps what log text says behind stand-ins, and its case's place to itself`()
    throws
  {
    try withTemporaryDirectory { directory in
      let report = try ReportCase(in: directory)
      try report.write(
        "business-triage/closures.jsonl",
        #"{"schema":"mdr-rainer/closure/1","finding_id":"f-1","status":"waiting","by":"Some Body","#
          + #""at":"2026-04-03T09:00:00Z","why":"asked Ann Other","answers":[{"id":"E4","answer":"NAT of Lyon","#
          + #""from":"Lyon team"}],"missing":["E5"],"count":1,"last_seen":"2026-04-01T00:00:00Z"}"# + "\n")
      _ = try report.build(["--anonymise", "--customer", "Customer-Word"])
      let text = try report.text
      #expect(text.contains("What people answered"))
      #expect(!text.contains("Some Body") && !text.contains("Ann Other") && !text.contains("Lyon"))
      #expect(!text.contains("000000000001") && !text.contains("198.51.100"))
      #expect(text.contains("| `account-1` | 8 | `us-east-1` |"))
      #expect(!text.contains("## Findings by rank | x"))
      let claims = try String(contentsOfFile: report.report + "/report.json", encoding: .utf8)
      #expect(!claims.contains("000000000001") && !claims.contains(directory.lastPathComponent))
      #expect(try report.verify().exitCode == 64)
      let verify = ["verify", report.report, "--case", report.path]
      #expect(try Executable("report-packager").run(verify).exitCode == 0)
    }
  }

  @Test func `a word that the customer is known by goes, in whatever case it stands`() throws {
    try withTemporaryDirectory { directory in
      var finding = EvidenceCase.finding("f-1", events: ["e-1"])
      finding["why_different"] = ["Seen by ACME-ops, never by others."]
      let report = try ReportCase(in: directory, findings: [finding])
      _ = try report.build(["--anonymise"])
      #expect(try report.text.contains("ACME-ops"))
      _ = try report.build(["--anonymise", "--customer", "Acme"])
      #expect(try report.text.contains("Seen by name-1, never by others."))
      #expect(try report.build(["--customer", "Acme"]).exitCode == 64)
      #expect(try report.build(["--anonymise", "--customer", "Acme Corp"]).exitCode == 64)
    }
  }
}
