import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that is written block by block past the page cache, as long as the disk is fast enough and the file system
/// can do it.
///
/// All but `failure` and the bytes of a block that nobody writes is for one thread at a time.
final class BlockFile: @unchecked Sendable {
  /// Disks take blocks of this size, or of a part of it, at multiples of it.
  private static let alignment = 4_096
  static let blockSize = 2 << 20
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
  private let room: UnsafeMutableRawPointer
  private var pageCache = DescriptorWriting.PageCache.bypassed
  private var written = 0
  private var time = Duration.zero
  private let firstFailure = Mutex<String?>(nil)

  /// Whether the disk is still written to directly.
  private(set) var isDirect = false

  init(descriptor: Int32, blocks: Int, leastSpeed: Double) {
    self.descriptor = descriptor
    self.leastSpeed = leastSpeed
    room = .allocate(byteCount: blocks * Self.blockSize, alignment: Self.alignment)
    #if os(Linux)
      let flags = fcntl(descriptor, F_GETFL)
      isDirect = flags >= 0 && fcntl(descriptor, F_SETFL, flags | Self.direct) == 0
    #else
      DescriptorWriting.bypassPageCache(of: descriptor)
    #endif
  }

  deinit { room.deallocate() }

  /// Why a block couldn't be written, in the system's words.
  var failure: String? { firstFailure.withLock { $0 } }

  /// The room of a block.
  func block(_ number: Int) -> UnsafeMutableRawPointer { room + number * Self.blockSize }

  /// Writes the first bytes of a block behind those before; nothing after a failure.
  func write(_ number: Int, count: Int) {
    guard failure == nil else { return }
    let start = block(number)
    var done = 0
    if isDirect {
      let clock = ContinuousClock.now
      done = max(0, system(start, count))
      time += ContinuousClock.now - clock
      written += done
      let isSlow = written >= Self.trial && Double(written) < leastSpeed * (time / .seconds(1))
      if isSlow || done < count { endDirectWriting() }
    }
    // What the direct write left over is written the ordinary way, which also gives the reason if it fails.
    let rest = UnsafeRawBufferPointer(start: start + done, count: count - done)
    if let reason = DescriptorWriting.writeAll(rest, to: descriptor, pageCache: &pageCache) {
      firstFailure.withLock { $0 = reason }
    }
  }

  private func system(_ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
    #if canImport(Darwin)
      Darwin.write(descriptor, start, count)
    #else
      Glibc.write(descriptor, start, count)
    #endif
  }

  func endDirectWriting() {
    guard isDirect else { return }
    isDirect = false
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~Self.direct)
  }
}
