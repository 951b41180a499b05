import Foundation
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Folders that a run has made for its artifacts: those in which nothing came to lie go when it ends.
final class MadeFolders: Sendable {
  /// The outermost first.
  private let paths: Mutex<[String]>

  /// Makes a folder where it is missing, with those that lead to it.
  init(_ path: String) throws {
    var missing: [String] = []
    var place = URL(fileURLWithPath: path).standardizedFileURL.path
    while place != "/", !FileManager.default.fileExists(atPath: place) {
      missing.append(place)
      place = (place as NSString).deletingLastPathComponent
    }
    // Before any is made, so that where only some can be, those go again.
    paths = Mutex(missing.reversed())
    for path in missing { UnfinishedPlaces.add(emptyFolder: path) }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// The folders stay, or are where another run may make its own.
  func keep() {
    for path in paths.withLock({ $0 }) { UnfinishedPlaces.forget(emptyFolder: path) }
    paths.withLock { $0 = [] }
  }

  deinit {
    for path in paths.withLock({ $0 }).reversed() {
      // Only an empty folder can be removed so.
      rmdir(path)
      UnfinishedPlaces.forget(emptyFolder: path)
    }
  }
}
