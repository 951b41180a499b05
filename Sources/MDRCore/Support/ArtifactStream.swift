#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file in the making: bytes go to a neighbour with a temporary name, which a commit renames.
package final class ArtifactStream {
  private let target: String
  private let temporary: String
  /// The file's name in errors.
  private let shown: String
  /// Its folder, which stays until the file is gone.
  private let folder: MadeFolders
  /// Holds the file open, and other runs off it.
  private let lock: WriterLock
  private var isCommitted = false
  /// Bytes that wait for it to be known whether the file is a large one.
  private var waiting: [[UInt8]] = []
  private var waitingCount = 0
  /// Where the bytes of a large file go, none of which stay in the page cache.
  private var blocks: DirectBlocks?

  /// Bytes of the largest file that stays in the page cache for whoever reads it next.
  ///
  /// A larger one is written once and would push out other files, and finding memory for it costs more than writing it.
  private static let cachedLimit = 8 << 20

  init(target: String, shown: String, in folder: MadeFolders) throws(CommandError) {
    (self.target, self.shown, self.folder) = (target, shown, folder)
    temporary = target + ".partial"
    guard let lock = try WriterLock(temporary, isFolder: false, for: shown),
      ftruncate(lock.descriptor, 0) == 0
    else { throw ArtifactFolder.refusal(shown) }
    self.lock = lock
    UnfinishedPlaces.add(temporary)
  }

  deinit {
    // What is still being written ends before its descriptor can be another file's.
    blocks = nil
    // Before the lock ends: afterwards the name may be another run's.
    if !isCommitted { unlink(temporary) }
    UnfinishedPlaces.forget(temporary)
  }

  /// Appends bytes.
  package func append(_ bytes: [UInt8]) throws(CommandError) {
    if blocks == nil, waitingCount + bytes.count <= Self.cachedLimit {
      waiting.append(bytes)
      waitingCount += bytes.count
    } else if let reason = writeWaiting(toBlocks: true) ?? bytes.withUnsafeBytes({ blocks?.append($0) }) {
      throw failure(reason)
    }
  }

  /// Appends bytes that are only lent.
  func append(_ bytes: UnsafeRawBufferPointer) throws(CommandError) {
    guard let blocks else { return try append(Array(bytes)) }
    if let reason = blocks.append(bytes) { throw failure(reason) }
  }

  /// Writes what waits; `nil` when done, else the reason in the system's words.
  private func writeWaiting(toBlocks areLarge: Bool) -> String? {
    if areLarge, blocks == nil { blocks = DirectBlocks(descriptor: lock.descriptor) }
    defer { (waiting, waitingCount) = ([], 0) }
    var pageCache = DescriptorWriting.PageCache.used
    for bytes in waiting {
      let reason = bytes.withUnsafeBytes { bytes in
        blocks.map { $0.append(bytes) }
          ?? DescriptorWriting.writeAll(bytes, to: lock.descriptor, pageCache: &pageCache)
      }
      if let reason { return reason }
    }
    return nil
  }

  private func failure(_ reason: String) -> CommandError {
    CommandError(
      .inputOutput, "\(shown) can't be written (\(reason))",
      mend: "free some space and run the command again; the file before it is whole")
  }

  /// Writes all that was appended; nothing can be appended behind it.
  package func finish() throws(CommandError) {
    if let reason = writeWaiting(toBlocks: false) ?? blocks?.finish() { throw failure(reason) }
  }

  /// Writes all that was appended and puts the file in its place.
  package func commit() throws(CommandError) {
    try finish()
    try place()
  }

  /// Puts a finished file in its place.
  func place() throws(CommandError) {
    guard rename(temporary, target) == 0 else { throw ArtifactFolder.refusal(shown) }
    isCommitted = true
  }
}
