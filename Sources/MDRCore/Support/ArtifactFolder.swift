import Foundation

/// A folder of artifacts, each written whole or not at all.
package struct ArtifactFolder: Sendable {
  /// The folder's path.
  package let path: String
  /// What becomes of the folder, as errors name it.
  private let place: String
  /// Takes the folder away again where nothing is written.
  private let made: MadeFolders

  /// Opens a folder, making it where it is missing; if it is still empty when nobody needs it any more, it goes again.
  package init(_ path: String) throws(CommandError) { try self.init(path, for: path) }

  /// Opens a folder whose files will be moved to another, as errors name it.
  init(_ path: String, for place: String) throws(CommandError) {
    (self.path, self.place) = (path, place)
    do { made = try MadeFolders(path) } catch { throw Self.refusal(place) }
    guard FileManager.default.isWritableFile(atPath: path) else { throw Self.refusal(place) }
  }

  /// The folder stays even if it is empty, or has been moved.
  func keep() { made.keep() }

  /// Asks, without making anything, whether a folder could be written: before hours of reading, not after.
  package static func requireWritable(_ path: String) throws(CommandError) {
    var ancestor = URL(fileURLWithPath: path).standardizedFileURL.path
    var isFolder: ObjCBool = false
    while !FileManager.default.fileExists(atPath: ancestor, isDirectory: &isFolder), ancestor != "/" {
      ancestor = (ancestor as NSString).deletingLastPathComponent
    }
    guard isFolder.boolValue || ancestor == "/", FileManager.default.isWritableFile(atPath: ancestor) else {
      throw refusal(path)
    }
  }

  /// Writes a text file in the place of an older one.
  package func write(_ name: String, _ text: String) throws(CommandError) {
    try write(name, bytes: Array(text.utf8))
  }

  /// Writes a file in the place of an older one; readers see the old bytes or the new, never a part.
  package func write(_ name: String, bytes: [UInt8]) throws(CommandError) {
    let file = try stream(name)
    try file.append(bytes)
    try file.commit()
  }

  /// Writes a file of any name in the place of an older one; its folder is made if missing.
  static func writeFile(_ path: String, _ text: String) throws(CommandError) {
    let url = URL(fileURLWithPath: path).standardizedFileURL
    try ArtifactFolder(url.deletingLastPathComponent().path).write(url.lastPathComponent, text)
  }

  /// Starts a file that is written piece by piece and takes its place when committed.
  package func stream(_ name: String) throws(CommandError) -> ArtifactStream {
    let target = path + "/" + name
    let folder = (target as NSString).deletingLastPathComponent
    if folder != path {
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    return try ArtifactStream(target: target, shown: place + "/" + name, in: made)
  }

  /// Puts files in their places once the bytes of all are written: a full disk leaves the older ones or the new.
  static func commit(_ files: [ArtifactStream]) throws(CommandError) {
    for file in files { try file.finish() }
    for file in files { try file.place() }
  }

  static func refusal(_ path: String) -> CommandError {
    CommandError(.cannotWrite, "\(path) can't be written", mend: "choose an --output that you may write to")
  }
}
