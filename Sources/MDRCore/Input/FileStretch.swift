#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Some bytes of a plain file, so that several threads can read one file.
final class FileStretch: ByteProducer {
  private let descriptor: Int32
  private var position: Int
  private let end: Int

  init(path: String, _ range: Range<Int>) throws(InputFault) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(String(cString: strerror(errno))) }
    position = range.lowerBound
    end = range.upperBound
  }

  deinit { close(descriptor) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFault) -> Int {
    var filled = 0
    let room = min(buffer.count, end - position)
    while filled < room {
      let count = pread(
        descriptor, buffer.baseAddress.map { $0 + filled }, room - filled, off_t(position))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .cannotRead(String(cString: strerror(errno))) }
      if count == 0 { break }
      filled += count
      position += count
    }
    return filled
  }

  /// Where stretches of about `length` bytes may begin: at the file's start, and at lines that start an object.
  ///
  /// A file that can't be opened has one, whose reading says why.
  static func lineStarts(path: String, every length: Int) -> [Int] {
    guard let file = try? FileStretch(path: path, 0..<Int.max) else { return [0] }
    var status = stat()
    guard fstat(file.descriptor, &status) == 0 else { return [0] }
    var starts = [0]
    while let start = file.lineStart(from: (starts.last ?? 0) + length, before: Int(status.st_size)) {
      starts.append(start)
    }
    return starts
  }

  /// The first line at or after a place that starts an object.
  private func lineStart(from place: Int, before size: Int) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    // The last byte is looked at again: the line break before an object may be it.
    position = place
    while position < size {
      let start = position
      let count = bytes.withUnsafeMutableBytes { (try? read(into: $0)) ?? 0 }
      guard count > 1 else { return nil }
      for index in 1..<count where bytes[index] == UInt8(ascii: "{") && bytes[index - 1] == 0x0A {
        return start + index
      }
      position = start + count - 1
    }
    return nil
  }
}
