/// The part of a file that is in memory: contiguous bytes that can be moved on and enlarged.
///
/// Some readable bytes follow the valid ones, as scanning in words needs.
final class ByteWindow {
  /// What is read on from; `nil` where all bytes were there at once.
  private let producer: (any ByteProducer)?
  private(set) var storage: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// Valid bytes in the window.
  private(set) var count = 0
  /// The file's offset of the window's first byte, counted in inflated bytes.
  private(set) var fileOffset = 0
  /// No bytes follow the window's.
  private(set) var isAtEnd = false
  /// What stopped the file before its end.
  private(set) var fault: InputFault?

  /// Readable bytes behind the valid ones.
  static let slack = 64

  init(producer: any ByteProducer, capacity: Int) {
    self.producer = producer
    self.capacity = capacity
    storage = .allocate(capacity: capacity + Self.slack)
    (storage + capacity).initialize(repeating: 0, count: Self.slack)
  }

  /// A window over all of a file's bytes, which somebody else keeps; slack follows them.
  init(contents: UnsafeMutablePointer<UInt8>, count: Int) {
    producer = nil
    storage = contents
    capacity = count
    self.count = count
    isAtEnd = true
  }

  deinit { if producer != nil { storage.deallocate() } }

  var bytes: UnsafePointer<UInt8> { UnsafePointer(storage) }

  /// Drops the bytes before `position`, then reads on; enlarges the window when nothing could be dropped.
  ///
  /// - Returns: how many bytes were dropped, so that the caller can move its own positions.
  func advance(keepingFrom position: Int) -> Int {
    guard !isAtEnd, let producer else { return 0 }
    if position > 0 {
      (storage).update(from: storage + position, count: count - position)
      count -= position
      fileOffset += position
    }
    if count == capacity {
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + Self.slack)
      larger.update(from: storage, count: count)
      storage.deallocate()
      storage = larger
      capacity *= 2
      (storage + capacity).initialize(repeating: 0, count: Self.slack)
    }
    do throws(InputFault) {
      let room = UnsafeMutableRawBufferPointer(start: storage + count, count: capacity - count)
      let read = try producer.read(into: room)
      count += read
      isAtEnd = read == 0
    } catch {
      fault = error
      isAtEnd = true
    }
    return position
  }
}
