import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Artifacts of one run that take their places in a folder together, once all of them are written.
///
/// Until then what lay there before stays; other files of the folder stay in any case. No other run that writes the same
/// set there can begin before this one ends; runs that write others can.
package final class ArtifactSet {
  private let target: ArtifactFolder
  private let stage: ArtifactFolder
  private let lock: WriterLock
  /// The names of the artifacts, in the order in which they were begun.
  private var names: [String] = []

  /// Prepares a folder, making it where it is missing; `name` tells the set from others that may share the folder.
  package init(_ path: String, of name: String) throws(CommandError) {
    target = try ArtifactFolder(path)
    // The name is hidden, so that the folder is never read as input.
    (stage, lock) = try StagedFolder.emptied(path + "/.\(name).partial", for: path)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: stage.path)
    UnfinishedPlaces.forget(stage.path)
    stage.keep()
  }

  /// The folder's path.
  package var path: String { target.path }

  /// Writes a text file.
  package func write(_ name: String, _ text: String) throws(CommandError) {
    names.append(name)
    try stage.write(name, text)
  }

  /// Starts a file that is written piece by piece and belongs to the set when committed.
  package func stream(_ name: String) throws(CommandError) -> ArtifactStream {
    names.append(name)
    return try stage.stream(name)
  }

  /// Moves the artifacts to their places, the last that was begun at the end; nothing can be written behind it.
  ///
  /// Moving needs no room, so that a full disk, too, leaves the older set or the new one.
  package func commit() throws(CommandError) {
    let manager = FileManager.default
    for name in names {
      var isFolder: ObjCBool = false
      if manager.fileExists(atPath: path + "/" + name, isDirectory: &isFolder), isFolder.boolValue {
        throw CommandError(
          .cannotWrite, "\(path)/\(name) is a folder", mend: "choose another --output, or move that folder")
      }
    }
    for name in names {
      let place = path + "/" + name
      let folder = (place as NSString).deletingLastPathComponent
      if folder != path { try? manager.createDirectory(atPath: folder, withIntermediateDirectories: true) }
      guard rename(stage.path + "/" + name, place) == 0 else { throw ArtifactFolder.refusal(place) }
    }
    names = []
  }
}
