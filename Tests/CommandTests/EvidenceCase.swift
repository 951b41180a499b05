import Foundation
import MDRCore

/// A small case on disk: raw logs of awkward form, the observations made from them, and two findings.
struct EvidenceCase {
  let folder: URL

  var observations: String { folder.appendingPathComponent("case/normalize-observations").path }
  var findings: String { folder.appendingPathComponent("case/business-triage/findings.jsonl").path }
  var pack: String { folder.appendingPathComponent("pack").path }
  var logs: URL { folder.appendingPathComponent("logs") }

  /// Records with line breaks, odd spacing and other scripts: bytes that a parser would not print again.
  static let records = [
    "{\"eventID\" : \"e-1\",\n   \"eventName\":\"CreateAccessKey\",\"eventVersion\":\"1.08\",\"n\":1.50 }",
    "{\"eventVersion\":\"1.08\",\"eventID\":\"e-2\",\"eventName\":\"DeleteTrail\",\"s\":\"\\u00e9é\"}",
    "{\"eventVersion\":\"1.08\",\"eventID\":\"e-3\",\"eventName\":\"ListUsers\"}",
  ]
  static let hostileID = "../../../escape\n# x"

  init(in folder: URL) throws {
    self.folder = folder
    let delivery = "{\"Records\":[\n\(Self.records[0]) ,\(Self.records[1]),\r\n  \(Self.records[2])]}"
    try write("logs/AWSLogs/a.json", delivery)
    let hostile = "{\"eventVersion\":\"1.08\",\"eventName\":\"X\"}"
    try write("logs/b.jsonl", hostile + "\n")
    let places = Self.records.enumerated().map { ("e-\($0 + 1)", "AWSLogs/a.json", $0, $1) }
    let lines = (places + [(Self.hostileID, "b.jsonl", 0, hostile)]).map { id, file, index, bytes -> String in
      let observation: JSONValue = [
        "event_id": .string(id), "event_name": "CreateAccessKey", "event_time": "2026-04-01T00:00:00Z",
        "record": [
          "file": .string(file), "index": .number(index), "sha256": .string(SHA256Digest.hex(bytes)),
        ],
      ]
      return observation.compactText + "\n"
    }
    try write("case/normalize-observations/observations.jsonl", lines.joined())
    let links = folder.appendingPathComponent("case/normalize-observations/raw")
    try FileManager.default.createDirectory(at: links, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: links.appendingPathComponent("0").path, withDestinationPath: logs.path)
    try writeFindings([("f-1", ["e-1", "e-2"]), ("f-2", ["e-2", Self.hostileID])])
  }

  func writeFindings(_ findings: [(id: String, events: [String])]) throws {
    let lines = findings.map { Self.finding($0.id, events: $0.events).compactText + "\n" }
    try write("case/business-triage/findings.jsonl", lines.joined())
  }

  static func finding(_ id: String, events: [String]) -> JSONValue {
    [
      "finding_id": .string(id), "title": "Access key created", "severity": "high",
      "position": "abnormal_high_risk", "normality": "variant", "new_dimensions": ["source"],
      "overrides": ["identity"], "detections": [], "attack": [], "account_id": "000000000001",
      "actor": "sso:AWS-Admin", "source": "198.51.100.25", "region": "global",
      "event_names": ["CreateAccessKey"],
      "count": .number(events.count), "first_seen": "2026-04-01T00:00:00Z",
      "last_seen": "2026-04-01T00:00:00Z",
      "event_ids": JSONValue(events), "evidence_required": ["Rotation ticket."],
      "why_different": ["New source."],
    ]
  }

  func write(_ name: String, _ text: String) throws {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  func build(_ more: [String] = [], findings named: String? = nil) throws -> Executable.Outcome {
    try Executable("raw-evidence-pack").run(
      ["build", "--observations", observations, "--findings", named ?? findings, "--output", pack] + more)
  }

  func verify() throws -> Executable.Outcome { try Executable("raw-evidence-pack").run(["verify", pack]) }
}

/// Every file below a folder with its bytes.
func contents(of folder: String) throws -> [String: [UInt8]] {
  var files: [String: [UInt8]] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
    let url = URL(fileURLWithPath: folder + "/" + name)
    if try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
      files[name] = Array(try Data(contentsOf: url))
    }
  }
  return files
}
