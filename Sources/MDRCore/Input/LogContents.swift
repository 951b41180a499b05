#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Opens log files for one thread, plain or gzip, and keeps the room it reads them into.
///
/// A delivery's gzip file is small: it is inflated whole by libdeflate, where that is installed. Larger files,
/// damaged ones and those that expand suspiciously are streamed through zlib, which names what is wrong.
final class LogContents {
  /// Inflated bytes that a file may have to be inflated whole.
  private static let wholeLimit = 64 << 20
  private static let windowSize = 1 << 20

  private let decompressor = Deflate.installed.flatMap(Deflate.Decompressor.init)
  private var packed = GrowingBuffer()
  private var inflated = GrowingBuffer()

  /// A window over the file's bytes, valid until the next file is opened.
  func open(_ path: String) throws(InputFault) -> ByteWindow {
    let source = try FileProducer(path: path)
    guard source.isRegular else {
      return ByteWindow(producer: try GzipProducer.unpacked(source), capacity: Self.windowSize)
    }
    guard source.isGzip else {
      let size = min(max(source.size, 4_096), Self.windowSize)
      return ByteWindow(producer: source, capacity: size)
    }
    if let count = try whole(source) { return ByteWindow(contents: inflated.start, count: count) }
    return ByteWindow(producer: try GzipProducer.unpacked(source), capacity: Self.windowSize)
  }

  /// Inflates the whole file, all its members; `nil` where streaming has to decide.
  private func whole(_ source: FileProducer) throws(InputFault) -> Int? {
    guard let decompressor, (18...Self.wholeLimit).contains(source.size) else { return nil }
    packed.reserve(source.size, keeping: 0)
    var count = 0
    while count < source.size {
      let read = try source.read(
        into: UnsafeMutableRawBufferPointer(start: packed.start + count, count: source.size - count))
      guard read > 0 else { break }
      count += read
    }
    defer { source.rewind() }
    var position = 0
    var produced = 0
    while position < count {
      // A member ends with its size; the file's last four bytes hold that of the last one.
      let rest = UnsafeRawBufferPointer(start: packed.start + position, count: count - position)
      guard rest.count >= 18, rest[0] == 0x1F else { return nil }
      let size = Int(rest.loadUnaligned(fromByteOffset: rest.count - 4, as: UInt32.self).littleEndian)
      guard produced + size <= Self.wholeLimit else { return nil }
      inflated.reserve(produced + max(size, 1), keeping: produced)
      guard
        let member = decompressor.inflateMember(
          rest, into: UnsafeMutableRawBufferPointer(start: inflated.start + produced, count: size))
      else { return nil }
      position += member.read
      produced += member.written
    }
    // Packed twice: streaming takes off each layer.
    if produced > 1, inflated.start[0] == 0x1F, inflated.start[1] == 0x8B { return nil }
    return produced
  }
}

/// Room that is kept from file to file and grows to the largest, with slack for scanning in words.
private struct GrowingBuffer: ~Copyable {
  private(set) var start = UnsafeMutablePointer<UInt8>.allocate(capacity: ByteWindow.slack)
  private var capacity = 0

  mutating func reserve(_ count: Int, keeping kept: Int) {
    guard count > capacity else { return }
    let room = max(count, capacity * 2)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: room + ByteWindow.slack)
    larger.update(from: start, count: kept)
    start.deallocate()
    start = larger
    capacity = room
  }

  deinit { start.deallocate() }
}
