import Foundation
import Testing

@testable import MDRCore

@Suite struct DirectBlocksTests {
  private static let memory = URL(fileURLWithPath: "/dev/shm")

  private static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
  }

  /// Writes pieces of odd sizes; gives whether the disk was written to directly at the end, and what the file holds.
  private static func written(
    _ bytes: [UInt8], in folder: URL, leastSpeed: Double
  ) throws -> (isDirect: Bool, content: Data) {
    let file = folder.appendingPathComponent("blocks-\(leastSpeed)")
    try Data().write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    let blocks = DirectBlocks(descriptor: handle.fileDescriptor, leastSpeed: leastSpeed)
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(1_000_003)
      rest = rest.dropFirst(piece.count)
      #expect(piece.withUnsafeBytes { blocks.append($0) } == nil)
    }
    let isDirect = blocks.isDirect
    #expect(blocks.finish() == nil)
    try handle.close()
    return (isDirect, try Data(contentsOf: file))
  }

  private static func withFolder(in root: URL, _ body: (URL) throws -> Void) throws {
    let folder = root.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func `a slow disk gets the rest through the page cache, and the file holds all of it`() throws {
    let bytes = Self.bytes(24 << 20 + 5)
    try Self.withFolder(in: FileManager.default.temporaryDirectory) { folder in
      let slow = try Self.written(bytes, in: folder, leastSpeed: .infinity)
      #expect(!slow.isDirect)
      #expect(slow.content == Data(bytes))
      let fast = try Self.written(bytes, in: folder, leastSpeed: 0)
      #expect(fast.content == Data(bytes))
    }
  }

  #if os(Linux)
    @Test(
      .enabled(
        if: FileManager.default.isWritableFile(atPath: memory.path),
        "needs /dev/shm, which holds files in memory"))
    func `a file system in memory gets it through the page cache`() throws {
      let bytes = Self.bytes(9 << 20)
      try Self.withFolder(in: Self.memory) { folder in
        let written = try Self.written(bytes, in: folder, leastSpeed: 0)
        #expect(written.content == Data(bytes))
      }
    }

    @Test func `a full disk is named by the end, whichever block didn't fit`() throws {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
      let blocks = DirectBlocks(descriptor: handle.fileDescriptor)
      let bytes = Self.bytes(9 << 20)
      let reason = bytes.withUnsafeBytes { blocks.append($0) } ?? blocks.finish()
      #expect(reason == "No space left on device")
      let later = bytes.withUnsafeBytes { blocks.append($0) } ?? blocks.finish()
      #expect(later == reason)
    }
  #endif
}
