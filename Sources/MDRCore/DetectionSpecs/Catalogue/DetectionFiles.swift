import Foundation

/// The texts of detection files, from a folder or from the files that the tools are built with.
struct DetectionFiles: Sendable {
  static let folder = "detection-specs/detections"

  /// Names from the folder on, sorted, with their texts.
  let files: [(name: String, text: String)]

  /// Reads the reviewed detections, or those below a folder of the user's own.
  init(directory: String?) throws(CommandError) {
    guard let directory else {
      files = Content.names(below: Self.folder).filter { $0.hasSuffix(".md") }
        .map { (String($0.dropFirst(Self.folder.count + 1)), Content.text($0)) }
      return
    }
    guard let names = FileManager.default.enumerator(atPath: directory) else {
      throw CommandError(
        .noSuchInput, "\(directory) can't be opened", mend: "name a folder of detection files")
    }
    var found: [(String, String)] = []
    for case let name as String in names where name.hasSuffix(".md") {
      guard let data = FileManager.default.contents(atPath: directory + "/" + name),
        let text = String(data: data, encoding: .utf8)
      else {
        throw CommandError(
          .inputOutput, "\(name) can't be read", mend: "give it in UTF-8, with read permission")
      }
      found.append((name, text.replacing("\r\n", with: "\n")))
    }
    guard !found.isEmpty else {
      throw CommandError(
        .noSuchInput, "\(directory) holds no detection",
        mend: "name a folder with .md files, or leave --detections out")
    }
    files = found.sorted { $0.0 < $1.0 }
  }

  /// What became of each file.
  func parsed() -> (detections: [Detection], faults: [DetectionFileError]) {
    var detections: [Detection] = []
    var faults: [DetectionFileError] = []
    for (name, text) in files {
      do throws(DetectionFileError) {
        detections.append(try DetectionParser.parse(text, file: name))
      } catch {
        faults.append(error)
      }
    }
    return (detections, faults)
  }
}
