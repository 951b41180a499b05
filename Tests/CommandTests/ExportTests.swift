import Foundation
import MDRCore
import Testing

/// What the exports of a handful of detections look like: Tests/Cases/exports has the detections and each target's files.
///
/// With RECORD_GOLDEN=1 the files are written anew and the test fails, so that the change is looked at. That they mean
/// the same as the detections is proven by scripts/check-exports.
@Suite struct ExportTests {
  private static let tool = Result { try Executable("detection-specs") }
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Cases/exports")
  private static let detections = root.appendingPathComponent("detections").path

  static let targets = [
    "sigma", "athena", "lake", "clickhouse", "kql", "aql", "spl", "eventbridge", "json",
  ]

  private func run(_ arguments: [String]) throws -> Executable.Outcome { try Self.tool.get().run(arguments) }

  /// The files that an export writes, by name.
  private func export(_ target: String, _ options: String...) throws -> (Executable.Outcome, [String: String])
  {
    try withTemporaryDirectory { folder in
      let outcome = try run(["export", "--target", target, "--output", folder.path] + options)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      return (
        outcome,
        try Dictionary(
          uniqueKeysWithValues: names.map {
            ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
          })
      )
    }
  }

  @Test(arguments: targets)
  func `an export is what was looked at`(target: String) throws {
    let (outcome, files) = try export(target, "--detections", Self.detections)
    #expect(outcome.exitCode == 0 || outcome.exitCode == 2)
    let expected = Self.root.appendingPathComponent(target)
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try? FileManager.default.removeItem(at: expected)
      try FileManager.default.createDirectory(at: expected, withIntermediateDirectories: true)
      for (name, text) in files { try Data(text.utf8).write(to: expected.appendingPathComponent(name)) }
      Issue.record("\(target) was recorded anew: look at the difference, then run without RECORD_GOLDEN")
      return
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: expected.path)
    #expect(Set(names) == Set(files.keys))
    for name in names.sorted() {
      let text = try String(contentsOf: expected.appendingPathComponent(name), encoding: .utf8)
      #expect(files[name] == text, "\(target)/\(name)")
    }
  }

  @Test(arguments: targets)
  func `every reviewed detection is carried over, or the reason why not is in a file and in the manifest`(
    target: String
  ) throws {
    let (outcome, files) = try export(target)
    let manifest = try JSONValue(parsing: try #require(files["manifest.json"]))
    let listed = try run(["list"]).lines.count
    let entries = manifest["detections"]?.elements ?? []
    #expect(entries.count == listed)
    #expect(files.count == listed + 1)
    var missing = 0
    for entry in entries {
      let id = try #require(entry["id"]?.string)
      let text = try #require(files[entry["file"]?.string ?? ""], "\(id) has no file")
      if entry["expressible"] == true {
        #expect(entry["reason"] == nil)
      } else {
        missing += 1
        let reason = try #require(entry["reason"]?.string)
        #expect(text.contains("Not expressible: \(reason)."))
        #expect(outcome.stderr.contains("\(id) is not expressible: \(reason)"))
      }
    }
    #expect(outcome.exitCode == (missing == 0 ? 0 : 2))
  }

  @Test func `one detection can be chosen, and unknown names are refused`() throws {
    let (outcome, files) = try export("athena", "--id", "trail-stopped")
    #expect(outcome.exitCode == 0)
    #expect(Set(files.keys) == ["manifest.json", "trail-stopped.sql"])
    let unknown = try run(["export", "--target", "athena", "--id", "nothing", "--output", "/nonexistent/x"])
    #expect(unknown.exitCode == 66)
    #expect(unknown.stderr.contains("there is no detection nothing: see detection-specs list"))
    let target = try run(["export", "--target", "nothing", "--output", "/nonexistent/x"])
    #expect(target.exitCode == 64)
    #expect(target.stderr.contains("there is no target nothing: use one of"))
  }

  @Test func `without a baseline a question to it matches, and one that is silent is not exported`() throws {
    let asked = try export("clickhouse", "--id", "access-key-outside-rotation").1
    #expect(asked["access-key-outside-rotation.sql"]?.contains("mdr_lanes") == true)
    let cold = try export("clickhouse", "--id", "access-key-outside-rotation", "--without-baseline").1
    let text = try #require(cold["access-key-outside-rotation.sql"])
    #expect(!text.contains("mdr_lanes"))
    #expect(text.contains("that question counts as a match"))
    let silent = try export("clickhouse", "--id", "kms-grant-new-lane", "--without-baseline").1
    #expect(silent["kms-grant-new-lane.not-expressible.txt"]?.contains("silent without one") == true)
  }

  @Test(arguments: ["kql", "spl", "athena", "clickhouse"])
  func `a new source is a question to the table of lanes`(target: String) throws {
    let (outcome, files) = try export(target, "--id", "sign-in-from-new-source")
    #expect(outcome.exitCode == 0)
    let text = try #require(files.first { $0.key.hasPrefix("sign-in-from-new-source.") }?.value)
    #expect(text.contains("mdr_lanes") && text.contains("departure"))
  }

  @Test func `a threshold is a Sigma correlation that says how it groups`() throws {
    let files = try export("sigma", "--id", "sign-in-failures-burst").1
    let text = try #require(files["sign-in-failures-burst.yml"])
    #expect(text.contains("type: event_count"))
    #expect(text.contains("each session of a role counts by itself"))
  }

  @Test(arguments: targets)
  func `no control character of an inventory reaches an export`(target: String) throws {
    try withTemporaryDirectory { folder in
      let hostile = "\u{1B}]0;x\u{7}\u{0}\n\r\u{7F}\u{9B}\u{202E}\u{2028}'\\' OR 1=1 --"
      let document: JSONValue = [
        "crown_jewels": .array([.string("jewel" + hostile)]),
        "approved_rotation_roles": .array([.string("rotator" + hostile)]),
        "break_glass_roles": .array([.string("glass" + hostile), "ir-responder"]),
        "partner_accounts": .array([.string("999988887777" + hostile)]),
      ]
      let inventory = folder.appendingPathComponent("customer.json")
      try Data(document.compactText.utf8).write(to: inventory)
      let (outcome, files) = try export(target, "--inventory", inventory.path)
      #expect(outcome.exitCode == 2 && outcome.stderr.contains("of the inventory's lists left out"))
      for (name, text) in files {
        let strange = text.unicodeScalars.filter {
          $0 != "\n" && ($0.properties.generalCategory == .control || $0 == "\u{202E}" || $0 == "\u{2028}")
        }
        #expect(strange.isEmpty, "\(name)")
        #expect(!text.contains("1=1"), "\(name)")
      }
      // Those beside them stay, where a target writes lists at all.
      if target == "athena" {
        #expect(files["break-glass-role-taken.sql"]?.contains("ir-responder") == true)
      }
    }
  }

  @Test func `an evaluation with a baseline that isn't there is refused`() throws {
    let outcome = try run([
      "evaluate", "--logs", Self.detections, "--baseline", "/nonexistent/x", "--output", "/nonexistent/y",
    ])
    #expect(outcome.exitCode == 66)
  }
}
