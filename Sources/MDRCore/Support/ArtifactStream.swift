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
  private var written = 0
  private var pageCache = DescriptorWriting.PageCache.used
  /// Where bytes go that don't stay in the page cache.
  private var blocks: DirectBlocks?

  /// Bytes of a file that stay in the page cache for whoever reads it next.
  ///
  /// What follows is written once and would push out other files, and finding memory for it costs more than writing it.
  private static let cachedLimit = 8 << 20

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
    if let reason = bytes.withUnsafeBytes({ write($0) }) { throw failure(reason) }
  }

  /// Appends bytes.
  func append(_ bytes: UnsafeRawBufferPointer) throws(CommandError) {
    if let reason = write(bytes) { throw failure(reason) }
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> String? {
    if let blocks { return blocks.append(bytes) }
    let head = written < Self.cachedLimit ? bytes.count : min(bytes.count, DirectBlocks.gap(at: written))
    written += head
    if let reason = DescriptorWriting.writeAll(
      UnsafeRawBufferPointer(rebasing: bytes[..<head]), to: descriptor, pageCache: &pageCache)
    {
      return reason
    }
    guard written >= Self.cachedLimit, DirectBlocks.gap(at: written) == 0 else { return nil }
    let blocks = DirectBlocks(descriptor: descriptor)
    self.blocks = blocks
    return blocks.append(UnsafeRawBufferPointer(rebasing: bytes[head...]))
  }

  private func failure(_ reason: String) -> CommandError {
    CommandError(
      .inputOutput, "\(target) can't be written (\(reason))",
      mend: "free some space and run the command again; the file before it is whole")
  }

  /// Puts the file in its place.
  package func commit() throws(CommandError) {
    if let reason = blocks?.finish() { throw failure(reason) }
    close(descriptor)
    descriptor = -1
    guard rename(temporary, target) == 0 else { throw ArtifactFolder.refusal(target) }
    isCommitted = true
  }
}
