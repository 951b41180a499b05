#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The folder that a command writes to, which may lie among its inputs and is none.
package struct OwnOutput: Sendable {
  /// A folder, however its path is spelled and whatever links lead there.
  private struct Place: Hashable {
    var device: UInt64
    var node: UInt64

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
      device = UInt64(truncatingIfNeeded: status.st_dev)
      node = UInt64(truncatingIfNeeded: status.st_ino)
    }
  }

  private var folder: Place?
  private var staged: Set<Place> = []
  private var artifacts: Set<String> = []

  /// Nothing is the command's own.
  package init() {}

  /// An output folder, and the names of the artifacts that are written there.
  ///
  /// What an interrupted run may have left of them is its own too: files and folders with `.partial` behind their names.
  package init(_ path: String, artifacts: [String]) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    folder = Place(path)
    staged = Set([path + ".partial", path + ".previous"].compactMap(Place.init))
    self.artifacts = Set(artifacts + artifacts.map { $0 + ".partial" })
  }

  /// Whether a path leads to the output folder.
  func isFolder(_ path: String) -> Bool { folder != nil && Place(path) == folder }

  /// Whether a path leads to a folder beside it that is, or was, to take its place.
  func isStaged(_ path: String) -> Bool { !staged.isEmpty && Place(path).map(staged.contains) ?? false }

  /// Whether a file of the output folder is one of the artifacts, or a part of one.
  func isArtifact(_ name: String) -> Bool { artifacts.contains(name) }
}
