#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file of logs: where it lies, and the name that artifacts give it.
package struct LogFile: Hashable, Comparable, Sendable {
  /// The path to open.
  package let path: String
  /// The path from the input's root on: the same wherever the input lies.
  package let name: String
  /// Why it is not opened; `nil` for a file to read.
  let fault: InputFault?

  package init(path: String, name: String) { self.init(path: path, name: name, fault: nil) }

  init(path: String, name: String, fault: InputFault?) {
    self.path = path
    self.name = name
    self.fault = fault
  }

  package static func < (one: LogFile, other: LogFile) -> Bool {
    (one.name, one.path) < (other.name, other.path)
  }
}

extension LogFile {
  /// Bytes that the system is asked for ahead, at most.
  private static let aheadLimit = 16 << 20

  /// The file's size in bytes, 0 where it has none.
  var size: Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Tells the system that the file will be read soon, so that the disk is at work while others are inflated.
  func askAhead() {
    var status = stat()
    // To open a pipe would be to read from it.
    guard fault == nil, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let count = min(Int(status.st_size), Self.aheadLimit)
    #if canImport(Darwin)
      var advice = radvisory(ra_offset: 0, ra_count: Int32(count))
      _ = fcntl(descriptor, F_RDADVISE, &advice)
    #else
      posix_fadvise(descriptor, 0, count, POSIX_FADV_WILLNEED)
    #endif
  }

  /// Whether a path names what can be read only once, such as a pipe.
  static func isPipe(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }
}
