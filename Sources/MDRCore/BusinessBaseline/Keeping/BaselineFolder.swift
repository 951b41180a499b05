import Foundation

/// The folder of a baseline while a new one is written beside it: the old stays whole until the new is complete.
struct BaselineFolder {
  /// Where the new files go until they are committed.
  let folder: ArtifactFolder
  private let target: String
  /// Swapped as a whole, or, among files that are none of ours, moved file by file with the head last.
  private let staged: StagedFolder?
  /// Keeps other runs off the files among others.
  private let lock: WriterLock?

  /// Prepares to write a baseline to a folder, which may hold an older one.
  init(_ path: String) throws(CommandError) {
    target = URL(fileURLWithPath: path).standardizedFileURL.path
    Self.recover(target)
    let manager = FileManager.default
    let names = (try? manager.contentsOfDirectory(atPath: target)) ?? []
    let isParentWritable = manager.isWritableFile(atPath: (target as NSString).deletingLastPathComponent)
    let isWhole = names.isEmpty || names.contains(Baseline.headerName)
    if isWhole, isParentWritable || !manager.fileExists(atPath: target) {
      let staged = try StagedFolder(target, mark: Baseline.headerName)
      self.staged = staged
      folder = staged.folder
      lock = nil
    } else {
      staged = nil
      (folder, lock) = try StagedFolder.emptied(target + "/.business-baseline.partial", for: path)
    }
  }

  /// The folder for the state's files.
  func state() throws(CommandError) -> ArtifactFolder {
    try ArtifactFolder(folder.path + "/" + BaselineState.folderName)
  }

  /// Takes over a file of the old baseline as it is, without copying its bytes where the file system can.
  func keep(_ name: String) throws(CommandError) {
    let manager = FileManager.default
    let (old, new) = (target + "/" + name, folder.path + "/" + name)
    do {
      do { try manager.linkItem(atPath: old, toPath: new) } catch {
        try manager.copyItem(atPath: old, toPath: new)
      }
    } catch {
      throw ArtifactFolder.refusal(new)
    }
  }

  /// Takes over a file of the old state whose bytes are to grow.
  func copy(_ name: String) throws(CommandError) {
    do {
      try FileManager.default.copyItem(atPath: target + "/" + name, toPath: folder.path + "/" + name)
    } catch {
      throw ArtifactFolder.refusal(folder.path + "/" + name)
    }
  }

  /// Puts the new baseline in its place; what else lies in the folder stays there.
  func commit() throws(CommandError) {
    let manager = FileManager.default
    let written = try Self.names(in: folder.path)
    if let staged {
      let old = manager.fileExists(atPath: target) ? try Self.names(in: target) : []
      for name in old.sorted() where !written.contains(name) && name != BaselineState.folderName {
        try keep(name)
      }
      return try staged.commit()
    }
    UnfinishedPlaces.forget(folder.path)
    do {
      if !written.contains(BaselineState.folderName) {
        try? manager.removeItem(atPath: target + "/" + BaselineState.folderName)
      }
      for name in written.sorted(by: {
        ($0 == Baseline.headerName ? 1 : 0, $0) < ($1 == Baseline.headerName ? 1 : 0, $1)
      }) {
        try? manager.removeItem(atPath: target + "/" + name)
        try manager.moveItem(atPath: folder.path + "/" + name, toPath: target + "/" + name)
      }
      try manager.removeItem(atPath: folder.path)
    } catch {
      throw ArtifactFolder.refusal(target)
    }
  }

  /// What lies in a folder: one that can't be listed is no empty one, or what it holds would be given up for nothing.
  private static func names(in path: String) throws(CommandError) -> Set<String> {
    do { return Set(try FileManager.default.contentsOfDirectory(atPath: path)) } catch {
      throw ArtifactFolder.refusal(path)
    }
  }

  /// Removes what was written so far.
  func discard() { try? FileManager.default.removeItem(atPath: folder.path) }

  /// Brings back a baseline that a killed run had moved aside, where folders can't be swapped in one step.
  static func recover(_ target: String) {
    let manager = FileManager.default
    let previous = target + ".previous"
    guard !manager.fileExists(atPath: target),
      manager.fileExists(atPath: previous + "/" + Baseline.headerName)
    else { return }
    try? manager.moveItem(atPath: previous, toPath: target)
  }
}
