import Foundation
import MDRCore
import Testing

/// A case on disk with every step's header, small enough to count by hand.
struct ReportCase {
  let folder: URL

  var path: String { folder.appendingPathComponent("case").path }
  var report: String { path + "/report-packager" }
  var text: String {
    get throws { try String(contentsOfFile: report + "/report.md", encoding: .utf8) }
  }

  init(in folder: URL, findings: [JSONValue]? = nil) throws {
    self.folder = folder
    let hostile = "sso:\n\n## Findings by rank\n| x | `y` |"
    var risky = EvidenceCase.finding("f-2", events: ["e-2"])
    risky["position"] = "normal_high_residual_risk"
    risky["severity"] = "medium"
    risky["remediation"] = ["Move the pipeline to federation."]
    var abnormal = EvidenceCase.finding("f-1", events: ["e-1"])
    abnormal["actor"] = .string(hostile)
    abnormal["remediation"] = ["Revoke the key."]
    abnormal["detections"] = ["access-key-creation"]
    try write(
      "business-triage/findings.jsonl",
      (findings ?? [risky, abnormal]).map { $0.compactText + "\n" }.joined())
    try write("business-triage/findings.json", #"{"caveats":["The review window is short."]}"#)
    try write(
      "normalize-observations/observations.json",
      #"{"files":2,"records":10,"observations":8,"duplicates":1,"rejects":1,"first_event":"2026-01-01T00:00:00Z","#
        + #""last_event":"2026-04-01T00:00:00Z","coverage":{"000000000001":{"us-east-1":8}},"#
        + #""caveats":["1 record set aside: not JSON"]}"#)
    try write(
      "business-baseline/lanes.json",
      #"{"totals":{"observations":7,"accounts":1,"lanes":3,"established_lanes":2,"approved_lanes":0},"#
        + #""window":{"first_observation":"2026-01-01T00:00:00Z","cut_off":"2026-04-01T00:00:00Z"},"#
        + #""families":[{"business_family":"ci_cd_deployment","title":"CI/CD and deployment automation","#
        + #""observations":7}],"accounts":[{"account_id":"000000000001","observations":7,"lanes":3,"#
        + #""established_lanes":2,"families":{"ci_cd_deployment":7},"mature":true}],"caveats":[]}"#)
    try write(
      "detection-specs/matches.json",
      #"{"detections":[{"id":"access-key-creation","title":"Access key","severity":"high","matches":1,"#
        + #""accounts":["000000000001"]}],"caveats":["1 record set aside: not JSON"]}"#)
    try write(
      "raw-evidence-pack/manifest.json",
      #"{"totals":{"findings":2,"records":2,"bytes":300,"sources":1,"refused":0},"refused":[],"caveats":[]}"#)
  }

  func write(_ name: String, _ text: String) throws {
    let url = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func edit(_ name: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    try #require(text.contains(old))
    try write(name, text.replacing(old, with: new))
  }

  func build(_ more: [String] = []) throws -> Executable.Outcome {
    try Executable("report-packager").run(["build", "--case", path, "--output", report] + more)
  }

  func verify() throws -> Executable.Outcome { try Executable("report-packager").run(["verify", report]) }
}
