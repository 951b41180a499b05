import Foundation
import Testing

/// That an anonymised report of a whole case names none of what its findings name, and can still be verified.
struct AnonymousReportCheck {
  private let directory: URL

  init(_ directory: URL) { self.directory = directory }

  func check() throws {
    let manager = FileManager.default
    let folder = directory.appendingPathComponent("case")
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    for (step, made) in [
      ("normalize-observations", "observations"), ("business-baseline", "baseline"),
      ("business-triage", "triage"),
    ] {
      try manager.createSymbolicLink(
        at: folder.appendingPathComponent(step), withDestinationURL: directory.appendingPathComponent(made))
    }
    let tool = try Executable("report-packager")
    let outcome = try tool.run(
      ["build", "--case", "case", "--output", "shared", "--anonymise"], in: directory)
    #expect(outcome.exitCode == 2, "\(outcome.stderr)")
    let report = try ["report.md", "report.json"].map {
      try String(contentsOf: directory.appendingPathComponent("shared/\($0)"), encoding: .utf8)
    }.joined()
    // Digests hold any digits.
    let text = report.replacing(/[0-9a-f]{64}/, with: "")
    for word in try names().sorted() { #expect(!text.contains(word), "\(word) is in the anonymised report") }
    #expect(text.firstMatch(of: /\b\d{12}\b/) == nil)
    #expect(text.firstMatch(of: /\S@\S/) == nil)
    #expect(text.replacing("0.0.0.0/0", with: "").firstMatch(of: /\b\d+\.\d+\.\d+\.\d+\b/) == nil)
    // What happened is told all the same.
    #expect(text.contains("`StopLogging`") && text.contains("account-1"))
    let verified = try tool.run(["verify", "shared", "--case", "case"], in: directory)
    #expect(verified.exitCode == 0, "\(verified.stderr)")
  }

  /// Accounts, people, roles, networks and resources of the case, but for what is the same at every customer.
  private func names() throws -> Set<String> {
    var names: Set<String> = []
    let findings = try Data(contentsOf: directory.appendingPathComponent("triage/findings.jsonl"))
    for line in findings.split(separator: 0x0A) {
      let finding = try SimulatedEstate.object(Array(line))
      for field in ["account_id", "account_name", "account_purpose", "person", "actor", "source"] {
        names.formUnion([finding[field] as? String].compactMap { $0 })
      }
      for field in ["resources", "source_ips", "sessions"] {
        names.formUnion(finding[field] as? [String] ?? [])
      }
    }
    let bare = names.compactMap { $0.split(whereSeparator: { ":/".contains($0) }).last.map(String.init) }
    return names.union(bare).filter {
      $0.count > 3 && !$0.contains(".amazonaws.com") && !$0.hasPrefix("slr:")
        && !$0.hasPrefix("arn:aws:iam::aws:")
        && !["root", "0.0.0.0/0", "AdministratorAccess", "AWSLambdaBasicExecutionRole"].contains($0)
        && !names.contains("slr:\($0)")
    }
  }
}
