import Foundation
import Testing

@testable import MDRCore

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
}
