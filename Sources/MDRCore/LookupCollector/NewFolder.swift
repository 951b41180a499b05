import Foundation

/// The folder of a run's answers, which can't be had again: it is empty at the start, so that no earlier run is written over.
struct NewFolder {
  let folder: ArtifactFolder

  /// Opens a folder that is empty or missing; `earlier` says what another run would have left in it.
  init(_ path: String, earlier: String) throws(CommandError) {
    let manager = FileManager.default
    if manager.fileExists(atPath: path) {
      guard let names = try? manager.contentsOfDirectory(atPath: path) else {
        throw ArtifactFolder.refusal(path)
      }
      guard names.isEmpty else {
        throw CommandError(
          .cannotWrite, "\(path) holds files, perhaps an earlier \(earlier)",
          mend: "choose an --output that is empty or does not exist")
      }
    }
    folder = try ArtifactFolder(path)
  }

  /// Takes away what was begun, where no answer came and the same line can be given again after the mend; a folder that was
  /// there before stays.
  func empty() {
    let manager = FileManager.default
    for name in (try? manager.contentsOfDirectory(atPath: folder.path)) ?? [] {
      try? manager.removeItem(atPath: folder.path + "/" + name)
    }
  }
}
