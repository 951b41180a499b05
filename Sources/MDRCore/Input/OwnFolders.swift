#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The folders that a command writes to, or takes something else than logs from: they may lie among its logs and are none.
package struct OwnFolders: Sendable {
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

  private var output: Place?
  private var others: Set<Place> = []
  private var staged: Set<Place> = []
  private var artifacts: Set<String> = []

  /// Nothing is the command's own.
  package init() {}

  /// An output folder, and the names of the artifacts that are written there; `others`, where they are named, hold other
  /// inputs.
  ///
  /// What an interrupted run may have left of them is its own too: files and folders with `.partial` behind their names.
  package init(_ path: String, artifacts: [String], others: [String?] = []) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    output = Place(path)
    self.others = Set(others.compactMap { $0.flatMap(Place.init) })
    staged = Set([path + ".partial", path + ".previous"].compactMap(Place.init))
    self.artifacts = Set(artifacts + artifacts.map { $0 + ".partial" })
  }

  /// Whether a path leads to the output folder.
  func isOutput(_ path: String) -> Bool { output != nil && Place(path) == output }

  /// Whether a path leads to a folder without logs: the output's, one beside it that is, or was, to take its place, or
  /// that of another input.
  func contains(_ path: String) -> Bool {
    guard output != nil || !staged.isEmpty || !others.isEmpty, let place = Place(path) else { return false }
    return place == output || staged.contains(place) || others.contains(place)
  }

  /// Whether a file of the output folder is one of the artifacts, or a part of one.
  func isArtifact(_ name: String) -> Bool { artifacts.contains(name) }
}
