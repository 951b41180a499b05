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

/// Why a file, or the rest of one, could not be read.
package enum InputFault: Error, Equatable, Sendable, CustomStringConvertible {
  case cannotOpen(String)
  case cannotRead(String)
  case truncatedGzip
  case damagedGzip
  case gzipBomb(ratio: Int)
  case empty
  case utf16
  case notJSON(start: String)

  package var description: String {
    switch self {
    case .cannotOpen(let reason): "the file can't be opened (\(reason)): check its permissions"
    case .cannotRead(let reason): "the file can't be read (\(reason)): check the disk"
    case .truncatedGzip: "the gzip data ends too early: fetch the file again"
    case .damagedGzip: "the gzip data is damaged: fetch the file again"
    case .empty: "the file is empty"
    case .utf16: "the file is UTF-16: convert it to UTF-8, as with iconv -f UTF-16 -t UTF-8"
    case .notJSON(let start):
      "the file is neither JSON nor a table of CloudTrail's columns (it starts with \(start)): give logs as CloudTrail, the AWS CLI or a SIEM exports them"
    case .gzipBomb(let ratio):
      "the gzip data expands more than \(ratio) times, which no log does: look at it by hand"
    }
  }
}

/// A plain file.
final class FileProducer: ByteProducer {
  private let descriptor: Int32

  init(path: String) throws(InputFault) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(String(cString: strerror(errno))) }
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
