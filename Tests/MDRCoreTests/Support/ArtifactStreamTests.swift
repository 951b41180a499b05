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
    for number in 0..<12 {
      do {
        let stream = try ArtifactFolder(folder).stream("large")
        for _ in 0..<17 { try stream.append([UInt8](repeating: 1, count: 1_000_003)) }
      }
      // The next file gets the number that the descriptor of the one before had.
      let next = folder + "/next-\(number)"
      let handle = open(next, O_WRONLY | O_CREAT, 0o644)
      #expect(handle >= 0)
      usleep(20_000)
      #expect(close(handle) == 0)
      #expect(try Data(contentsOf: URL(fileURLWithPath: next)).isEmpty)
      #expect(!FileManager.default.fileExists(atPath: folder + "/large.partial"))
    }
  }
}
