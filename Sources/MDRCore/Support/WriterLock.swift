#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The right to write a place that no other run writes meanwhile; it ends when the lock does, or the process.
///
/// Two runs that fill the same file or folder at once would each take away what the other wrote.
final class WriterLock: Sendable {
  /// The open file or folder.
  let descriptor: Int32

  /// What came of asking for the right.
  private enum Answer {
    case granted, taken
    /// The place has got another file since it was opened.
    case moved
  }

  /// Opens a file, making it where it is missing, or a folder that exists; `nil` where that can't be done.
  ///
  /// `target` is what the place will become, as the error names it.
  init?(_ path: String, isFolder: Bool, for target: String) throws(CommandError) {
    let kind = isFolder ? O_RDONLY | O_DIRECTORY : O_WRONLY | O_CREAT
    // Each further turn means that another run ended just now.
    for _ in 0..<100 {
      let descriptor = open(path, kind | O_NOFOLLOW | O_CLOEXEC, 0o644)
      // A link in the place of a file would lead the bytes elsewhere.
      if descriptor < 0, errno == ELOOP, !isFolder, unlink(path) == 0 { continue }
      guard descriptor >= 0 else { return nil }
      switch Self.claim(descriptor, at: path) {
      case .granted:
        self.descriptor = descriptor
        return
      case .taken:
        close(descriptor)
        throw CommandError(
          .cannotWrite, "another run is writing \(target)", mend: "let it end, then run the command again")
      case .moved: close(descriptor)
      }
    }
    return nil
  }

  deinit { close(descriptor) }

  /// File systems that know no locks grant the right.
  private static func claim(_ descriptor: Int32, at path: String) -> Answer {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else { return .taken }
    var (held, named) = (stat(), stat())
    guard fstat(descriptor, &held) == 0, lstat(path, &named) == 0, held.st_ino == named.st_ino,
      held.st_dev == named.st_dev
    else { return .moved }
    return .granted
  }
}
