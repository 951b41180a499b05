#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file in the making: bytes go to a neighbour with a temporary name, which a commit renames.
package final class ArtifactStream {
  private let target: String
  private let temporary: String
  private var descriptor: Int32
  private var isCommitted = false

  init?(target: String) {
    self.target = target
    temporary = target + ".partial"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return nil }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isCommitted { unlink(temporary) }
  }

  /// Appends bytes.
  package func append(_ bytes: [UInt8]) throws(CommandError) {
    if let reason = DescriptorWriting.writeAll(bytes, to: descriptor) {
      throw CommandError(
        .inputOutput, "\(target) can't be written (\(reason))",
        mend: "free some space and run the command again; the file before it is whole")
    }
  }

  /// Puts the file in its place.
  package func commit() throws(CommandError) {
    close(descriptor)
    descriptor = -1
    guard rename(temporary, target) == 0 else { throw ArtifactFolder.refusal(target) }
    isCommitted = true
  }
}
