import Foundation

/// The folders and files that raw logs lie in now, to find again what an observation names.
struct RawLogRoots: Sendable {
  let roots: [String]

  /// The links that normalize-observations left beside the observations, and the places named on the line.
  init(observations: String, logs: [String]) throws(CommandError) {
    for path in logs where !FileManager.default.fileExists(atPath: path) {
      throw CommandError(
        .noSuchInput, "\(path) does not exist", mend: "name where the raw logs lie with --logs")
    }
    let folder = observations + "/raw"
    let links = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    roots = logs + links.sorted().map { folder + "/" + $0 }
  }

  /// The files that a relative name can mean; a name that leads out of its root means none.
  func candidates(for name: String) -> [LogFile] {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, !name.utf8.contains(0), !parts.contains(".."), !parts.contains("") else { return [] }
    return roots.compactMap { root in
      let target = URL(fileURLWithPath: root).resolvingSymlinksInPath().path
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: target, isDirectory: &isFolder) else { return nil }
      let path = isFolder.boolValue ? target + "/" + name : target
      guard isFolder.boolValue || (target as NSString).lastPathComponent == name,
        FileManager.default.fileExists(atPath: path)
      else { return nil }
      return LogFile(path: path, name: name)
    }
  }
}
