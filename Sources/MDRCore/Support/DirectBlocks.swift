import Dispatch

/// Collects bytes for a file in blocks that go from here to the disk, without a copy in the page cache.
///
/// Copying into the page cache costs the processor more than everything else about writing. A direct write waits for
/// the disk, so another thread does it while the next block is filled.
final class DirectBlocks {
  /// Blocks of which one is filled while the others are written.
  private static let blockCount = 3

  private let file: BlockFile
  private let queue = DispatchQueue(label: "blocks of a file")
  private let free = DispatchSemaphore(value: blockCount - 1)
  /// The block at hand, and how much of it is filled.
  private var block = 0
  private var count = 0

  /// Blocks of an open, empty file.
  ///
  /// A disk that takes less than `leastSpeed` bytes in a second is slow, and written to through the page cache.
  init(descriptor: Int32, leastSpeed: Double = 300e6) {
    file = BlockFile(descriptor: descriptor, blocks: Self.blockCount, leastSpeed: leastSpeed)
  }

  /// Waits for what is still being written.
  deinit { queue.sync {} }

  /// Whether the disk is still written to directly.
  var isDirect: Bool { queue.sync { file.isDirect } }

  /// Takes in bytes and has full blocks written; `nil` while all goes well, else the reason in the system's words.
  func append(_ bytes: UnsafeRawBufferPointer) -> String? {
    var rest = bytes
    while !rest.isEmpty {
      if count == BlockFile.blockSize {
        handOver()
        if let reason = file.failure { return reason }
      }
      let size = min(rest.count, BlockFile.blockSize - count)
      UnsafeMutableRawBufferPointer(start: file.block(block) + count, count: size)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<size]))
      count += size
      rest = UnsafeRawBufferPointer(rebasing: rest[size...])
    }
    return nil
  }

  /// Has the block at hand written, and waits until the next one is free.
  private func handOver() {
    queue.async { [file, free, block] in
      file.write(block, count: BlockFile.blockSize)
      free.signal()
    }
    free.wait()
    block = (block + 1) % Self.blockCount
    count = 0
  }

  /// Writes what is left; nothing can be appended behind it.
  func finish() -> String? {
    queue.sync {
      file.endDirectWriting()
      file.write(block, count: count)
    }
    count = 0
    return file.failure
  }
}
