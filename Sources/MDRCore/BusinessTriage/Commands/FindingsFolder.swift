import Foundation

/// The folder that a run wrote: its findings, and beside them the closures that people made.
struct FindingsFolder {
  static let option = Option<String?>.optional(
    "--findings", "DIR", help: "the folder that business-triage run wrote")
  static let finding = Option<String?>.optional("--finding", "ID", help: "the finding's id")

  let path: String
  let findings: [Finding]
  let caveats: [String]

  init(_ path: String) throws(CommandError) {
    let file = try FindingsFile(path: path + "/findings.jsonl")
    self.path = path
    findings = file.findings
    caveats = file.caveats
  }

  /// The finding that a command line names.
  func finding(_ id: String) throws(CommandError) -> Finding {
    guard let finding = findings.first(where: { $0.findingID == id }) else {
      throw CommandError(
        .noSuchInput, "\(path) has no finding \(id)",
        mend: "copy the id from findings.md, such as F-91f15c326e9f")
    }
    return finding
  }

  /// Reads a small JSON file that a person wrote.
  static func json(_ path: String, for option: String) throws(CommandError) -> JSONValue {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandError(.noSuchInput, "\(path) can't be read", mend: "check the path given to \(option)")
    }
    do {
      return try JSONValue(parsing: Array(data))
    } catch {
      throw CommandError(.noUsableInput, "\(path) is no JSON: \(error)", mend: "mend the file")
    }
  }
}
