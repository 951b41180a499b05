#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Writing to an open file, whole or with the system's reason why not.
enum DescriptorWriting {
  /// Whether the system keeps what is written in memory too.
  enum PageCache {
    case used, bypassed
    /// The file system can't do without it.
    case unavoidable
  }

  /// Writes all bytes; `nil` when done, else the reason in the system's words.
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> String? {
    bytes.withUnsafeBytes { bytes in
      var pageCache = PageCache.used
      return writeAll(bytes, to: descriptor, pageCache: &pageCache)
    }
  }

  /// The same for borrowed bytes, past the page cache where that is asked for and can be done.
  static func writeAll(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, pageCache: inout PageCache
  ) -> String? {
    var offset = 0
    while offset < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
      let written =
        pageCache == .bypassed
        ? writeUncached(rest, to: descriptor) : write(descriptor, rest.baseAddress, rest.count)
      if written < 0, errno == EINTR { continue }
      if written < 0, pageCache == .bypassed, [EOPNOTSUPP, EINVAL, ENOSYS].contains(errno) {
        pageCache = .unavoidable
        continue
      }
      guard written > 0 else { return String(cString: strerror(errno)) }
      offset += written
    }
    return nil
  }

  /// Prepares a file for writing past the page cache.
  static func bypassPageCache(of descriptor: Int32) {
    #if canImport(Darwin)
      _ = fcntl(descriptor, F_NOCACHE, 1)
    #endif
  }

  private static func writeUncached(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
    #if canImport(Darwin)
      return write(descriptor, bytes.baseAddress, bytes.count)
    #else
      guard let writeAtOffset else {
        errno = ENOSYS
        return -1
      }
      // Linux 6.14 and later, by file system: pages are dropped as soon as they are on the disk.
      let uncached: Int32 = 0x80
      var piece = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
      return writeAtOffset(descriptor, &piece, 1, -1, uncached)
    #endif
  }

  #if !canImport(Darwin)
    private typealias WriteAtOffset =
      @convention(c) (Int32, UnsafePointer<iovec>, Int32, off_t, Int32) -> Int

    /// `pwritev2`, which the toolchain's module of the C library doesn't show.
    private static let writeAtOffset = dlsym(nil, "pwritev2").map {
      unsafeBitCast($0, to: WriteAtOffset.self)
    }
  #endif
}
