#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A stream of bytes from a file, plain or gzip, read piece by piece.
package protocol ByteProducer: AnyObject {
  /// Fills as much of the buffer as there is; 0 means the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFault) -> Int
}

/// A plain file, or a pipe.
final class FileProducer: ByteProducer {
  private let descriptor: Int32
  /// Whether it is a file, whose bytes can be read again.
  let isRegular: Bool

  init(path: String) throws(InputFault) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(String(cString: strerror(errno))) }
    var status = stat()
    isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  deinit { close(descriptor) }

  /// The file's size in bytes, 0 where it has none.
  var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Whether the file starts with gzip's magic number.
  var isGzip: Bool {
    var magic: (UInt8, UInt8) = (0, 0)
    return pread(descriptor, &magic, 2, 0) == 2 && magic == (0x1F, 0x8B)
  }

  /// Reads from the first byte again.
  func rewind() { lseek(descriptor, 0, SEEK_SET) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFault) -> Int {
    var filled = 0
    while filled < buffer.count {
      #if canImport(Darwin)
        let count = Darwin.read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
      #else
        let count = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
      #endif
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .cannotRead(String(cString: strerror(errno))) }
      if count == 0 { break }
      filled += count
    }
    return filled
  }
}

/// A source of bytes whose first ones are known: a pipe can't be asked for them twice.
final class HeadedProducer: ByteProducer {
  private let source: any ByteProducer
  private var head: [UInt8] = []

  init(_ source: any ByteProducer) throws(InputFault) {
    self.source = source
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 2, alignment: 1)
    defer { room.deallocate() }
    while head.count < room.count {
      let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: room[head.count...]))
      guard count > 0 else { break }
      head += room[head.count..<head.count + count]
    }
  }

  /// Whether the bytes start with gzip's magic number.
  var isGzip: Bool { head == [0x1F, 0x8B] }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFault) -> Int {
    guard head.isEmpty else {
      let count = min(head.count, buffer.count)
      buffer.copyBytes(from: head[..<count])
      head.removeFirst(count)
      return count
    }
    return try source.read(into: buffer)
  }
}
