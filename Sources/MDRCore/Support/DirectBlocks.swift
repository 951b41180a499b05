#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Collects bytes for a file in blocks that go from here to the disk, without a copy in the page cache.
///
/// Copying into the page cache costs the processor more than all else about writing. But who writes directly waits for
/// the disk, so that a slow one, and a file system that can't do it, get what the page cache is for.
final class DirectBlocks {
  /// Disks take blocks of this size, or of a part of it, at multiples of it.
  private static let alignment = 4_096
  private static let blockSize = 4 << 20
  /// Bytes after which a disk is known to be slow.
  private static let trial = 16 << 20

  /// `O_DIRECT`, which the toolchain's module of the C library doesn't show.
  #if arch(arm64) || arch(arm)
    private static let direct: Int32 = 0x10000
  #else
    private static let direct: Int32 = 0x4000
  #endif

  private let descriptor: Int32
  private let leastSpeed: Double
  private let block: UnsafeMutableRawPointer
  private var count = 0
  private var pageCache = DescriptorWriting.PageCache.bypassed
  private var written = 0
  private var time = Duration.zero

  /// Whether the disk is still written to directly.
  private(set) var isDirect = false

  /// Blocks of an open, empty file.
  ///
  /// A disk that takes less than `leastSpeed` bytes in a second is slow.
  init(descriptor: Int32, leastSpeed: Double = 300e6) {
    self.descriptor = descriptor
    self.leastSpeed = leastSpeed
    block = .allocate(byteCount: Self.blockSize, alignment: Self.alignment)
    #if os(Linux)
      let flags = fcntl(descriptor, F_GETFL)
      isDirect = flags >= 0 && fcntl(descriptor, F_SETFL, flags | Self.direct) == 0
    #else
      DescriptorWriting.bypassPageCache(of: descriptor)
    #endif
  }

  deinit { block.deallocate() }

  /// Takes in bytes and writes full blocks; `nil` when done, else the reason in the system's words.
  func append(_ bytes: UnsafeRawBufferPointer) -> String? {
    var rest = bytes
    while !rest.isEmpty {
      if count == Self.blockSize, let reason = writeBlock() { return reason }
      let size = min(rest.count, Self.blockSize - count)
      UnsafeMutableRawBufferPointer(start: block + count, count: size)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<size]))
      count += size
      rest = UnsafeRawBufferPointer(rebasing: rest[size...])
    }
    return nil
  }

  /// Writes what is left; nothing can be appended behind it.
  func finish() -> String? {
    endDirectWriting()
    return writeBlock()
  }

  private func writeBlock() -> String? {
    defer { count = 0 }
    var done = 0
    if isDirect {
      let start = ContinuousClock.now
      done = max(0, write(descriptor, block, count))
      time += ContinuousClock.now - start
      written += done
      let isSlow = written >= Self.trial && Double(written) < leastSpeed * (time / .seconds(1))
      if isSlow || done < count { endDirectWriting() }
    }
    // Whatever the disk did not take, another way of writing takes or names the reason.
    return DescriptorWriting.writeAll(
      UnsafeRawBufferPointer(start: block + done, count: count - done), to: descriptor, pageCache: &pageCache)
  }

  private func endDirectWriting() {
    guard isDirect else { return }
    isDirect = false
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~Self.direct)
  }
}
