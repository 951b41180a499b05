import Foundation

/// A folder of artifacts that appears whole: it is filled beside its place and moved there at the end.
///
/// What was in the place before stays until then, and is replaced only if it is an artifact of the same kind.
package struct StagedFolder: Sendable {
  /// The folder to fill.
  package let folder: ArtifactFolder
  private let target: String
  private let lock: WriterLock

  /// Prepares a folder; `mark` is the file by which an older artifact of the kind is known.
  package init(_ target: String, mark: String) throws(CommandError) {
    let path = URL(fileURLWithPath: target).standardizedFileURL.path
    let manager = FileManager.default
    if manager.fileExists(atPath: path) {
      guard let names = try? manager.contentsOfDirectory(atPath: path) else {
        throw ArtifactFolder.refusal(target)
      }
      guard names.isEmpty || names.contains(mark) else {
        throw CommandError(
          .cannotWrite, "\(target) holds other files",
          mend: "choose an --output that is empty or does not exist")
      }
    }
    self.target = path
    (folder, lock) = try Self.emptied(path + ".partial", for: target)
  }

  /// An empty folder that no other run fills, whatever a killed one left in its place.
  static func emptied(_ path: String, for target: String) throws(CommandError) -> (ArtifactFolder, WriterLock)
  {
    let manager = FileManager.default
    // A file or a link goes; a folder stays, which another run may have made just now.
    unlink(path)
    // Each further turn means that another run, as it ended, took the folder away before it was claimed here.
    for _ in 0..<100 {
      let folder = try ArtifactFolder(path, for: target)
      if let lock = try WriterLock(path, isFolder: true, for: target) {
        UnfinishedPlaces.add(path)
        for name in (try? manager.contentsOfDirectory(atPath: path)) ?? [] {
          try? manager.removeItem(atPath: path + "/" + name)
        }
        return (folder, lock)
      }
      guard !manager.fileExists(atPath: path) else { break }
    }
    throw ArtifactFolder.refusal(target)
  }

  /// Moves the folder to its place.
  package func commit() throws(CommandError) {
    UnfinishedPlaces.forget(folder.path)
    folder.keep()
    let manager = FileManager.default
    let previous = target + ".previous"
    do {
      try? manager.removeItem(atPath: previous)
      let replaces = manager.fileExists(atPath: target)
      // What was replaced gets the name that other runs fill, until it is removed.
      let older = replaces ? try? WriterLock(target, isFolder: true, for: target) : nil
      defer { withExtendedLifetime(older) {} }
      if replaces, FolderExchange.swap(folder.path, target) {
        try? manager.removeItem(atPath: folder.path)
        return
      }
      if replaces { try manager.moveItem(atPath: target, toPath: previous) }
      try manager.moveItem(atPath: folder.path, toPath: target)
      if replaces { try? manager.removeItem(atPath: previous) }
    } catch {
      throw ArtifactFolder.refusal(target)
    }
  }

  /// Removes what was filled so far.
  package func discard() { try? FileManager.default.removeItem(atPath: folder.path) }
}
