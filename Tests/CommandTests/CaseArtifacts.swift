import Foundation
import Testing

/// The texts of all artifacts of a case, by their names in it, but for the raw bytes of an evidence pack and the links to
/// the logs.
struct CaseArtifacts {
  private(set) var texts: [String: String] = [:]

  init(_ folder: URL) throws {
    let walk = try #require(FileManager.default.enumerator(atPath: folder.path))
    for case let name as String in walk {
      let url = folder.appendingPathComponent(name)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), !isFolder.boolValue,
        !name.hasPrefix("raw-evidence-pack/records/"), !name.contains("/raw/")
      else { continue }
      texts[name] = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }
  }
}
