#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Writing to an open file, whole or with the system's reason why not.
enum DescriptorWriting {
  /// Writes all bytes; `nil` when done, else the reason in the system's words.
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> String? {
    var offset = 0
    while offset < bytes.count {
      let written = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress.map { $0 + offset }, bytes.count - offset)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return String(cString: strerror(errno)) }
      offset += written
    }
    return nil
  }
}
