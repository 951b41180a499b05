import Foundation

/// A `findings.jsonl`: its findings in the file's order, and the lines that could not be read.
package struct FindingsFile: Sendable, Equatable {
  package var findings: [Finding] = []
  /// One sentence for each line that is no finding.
  package var caveats: [String] = []

  /// Reads a file, or the one in a folder that business-triage wrote; a line that is no finding is named and passed over.
  package init(path: String) throws(CommandError) {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let file = isThere && isFolder.boolValue ? path + "/findings.jsonl" : path
    guard let data = FileManager.default.contents(atPath: file) else {
      throw CommandError(
        .noSuchInput, "\(file) can't be read", mend: "name the findings.jsonl that business-triage wrote")
    }
    for (index, line) in data.split(separator: 0x0A).enumerated() {
      do {
        findings.append(try Finding(json: JSONValue(parsing: Array(line))))
      } catch {
        caveats.append("line \(index + 1) of the findings is no finding: \(error)")
      }
    }
  }
}
