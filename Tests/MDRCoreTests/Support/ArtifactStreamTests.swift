import Foundation
import Testing

@testable import MDRCore

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct ArtifactStreamTests {
  @Test func `a file too large for the page cache holds every byte in its place`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let stream = try ArtifactFolder(folder).stream("large")
    // Blocks of odd length, more than stay in the cache.
    let length = 1_000_003
    for number in 0..<70 {
      try stream.append([UInt8](repeating: UInt8(number), count: length))
    }
    try stream.append([0x0A])
    #expect(!FileManager.default.fileExists(atPath: folder + "/large"))
    try stream.commit()
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/large"), options: .alwaysMapped)
    #expect(data.count == 70 * length + 1)
    for number in 0..<70 {
      #expect(data[number * length] == UInt8(number))
      #expect(data[number * length + length - 1] == UInt8(number))
    }
    #expect(data.last == 0x0A)
  }

  @Test func `a large file that is given up writes to no other and leaves nothing`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let artifacts = try ArtifactFolder(folder)
    let piece = [UInt8](repeating: 1, count: 9 << 20)
    DispatchQueue.concurrentPerform(iterations: 2) { part in
      if part == 0 {
        for _ in 0..<12 {
          guard let stream = try? artifacts.stream("large") else { continue }
          // Taken in faster than a disk writes, so that blocks wait when the stream ends.
          for _ in 0..<3 { try? stream.append(piece) }
        }
      } else {
        // One of these files gets the number of a descriptor that was just closed.
        var handles: [Int32] = []
        for number in 0..<600 {
          handles.append(open(folder + "/other-\(number)", O_WRONLY | O_CREAT, 0o644))
          usleep(700)
        }
        for handle in handles { close(handle) }
      }
    }
    for number in 0..<600 {
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/other-\(number)")).isEmpty)
    }
    #expect(!FileManager.default.fileExists(atPath: folder + "/large.partial"))
  }
}
