import Foundation
import Testing

@testable import MDRCore

/// Artifacts of one run appear together or not at all, and a run that writes nothing leaves nothing.
@Suite struct ArtifactSetTests {
  private static func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func `nothing is in its place before all is written, and other files stay`() throws {
    try withTemporaryFolder { path in
      try ArtifactFolder(path).write("a", "old")
      try ArtifactFolder(path).write("mine", "kept")
      let set = try ArtifactSet(path, of: "set")
      try set.write("a", "new")
      try set.write("below/b", "new")
      #expect(try Self.text(path + "/a") == "old")
      try set.commit()
      #expect(try Self.text(path + "/a") == "new" && Self.text(path + "/mine") == "kept")
      #expect(try Self.text(path + "/below/b") == "new")
    }
  }

  @Test func `a set that is given up leaves what was there`() throws {
    try withTemporaryFolder { path in
      try ArtifactFolder(path).write("a", "old")
      do {
        let set = try ArtifactSet(path, of: "set")
        try set.write("a", "new")
      }
      #expect(try Self.names(path) == ["a"])
      #expect(try Self.text(path + "/a") == "old")
    }
  }

  @Test func `a folder in the place of one file keeps all of them from their places`() throws {
    try withTemporaryFolder { path in
      try FileManager.default.createDirectory(atPath: path + "/b", withIntermediateDirectories: true)
      do {
        let set = try ArtifactSet(path, of: "set")
        try set.write("a", "new")
        try set.write("b", "new")
        #expect(
          throws: CommandError(
            .cannotWrite, "\(path)/b is a folder", mend: "choose another --output, or move that folder")
        ) { try set.commit() }
      }
      #expect(try Self.names(path) == ["b"])
    }
  }

  @Test func `while one run writes, another is refused`() throws {
    try withTemporaryFolder { path in
      do {
        let first = try ArtifactSet(path, of: "set")
        try first.write("a", "first")
        #expect(
          throws: CommandError(
            .cannotWrite, "another run is writing \(path)", mend: "let it end, then run the command again")
        ) { try ArtifactSet(path, of: "set") }
        try first.commit()
      }
      do {
        let second = try ArtifactSet(path, of: "set")
        try second.write("a", "second")
        try second.commit()
      }
      #expect(try Self.names(path) == ["a"])
      #expect(try Self.text(path + "/a") == "second")
    }
  }

  @Test func `sets of different tools may be written into one folder at once`() throws {
    try withTemporaryFolder { path in
      do {
        let (first, second) = (try ArtifactSet(path, of: "first"), try ArtifactSet(path, of: "second"))
        try first.write("a", "first")
        try second.write("b", "second")
        try second.commit()
        try first.commit()
      }
      #expect(try Self.names(path) == ["a", "b"])
    }
  }

  @Test func `what a killed run left of a set goes with the next run`() throws {
    try withTemporaryFolder { path in
      try FileManager.default.createDirectory(
        atPath: path + "/.set.partial/below", withIntermediateDirectories: true)
      do {
        let set = try ArtifactSet(path, of: "set")
        try set.write("a", "")
        try set.commit()
      }
      #expect(try Self.names(path) == ["a"])
    }
  }

  @Test func `where a folder can't be made whole, those that lead to it go again`() throws {
    try withTemporaryFolder { path in
      let name = String(repeating: "n", count: 300)
      #expect(throws: CommandError.self) { _ = try ArtifactFolder(path + "/case/" + name) }
      let left = try Self.names(path)
      #expect(left.isEmpty)
    }
  }

  @Test func `folders that were made for nothing go again, and those that were there stay`() throws {
    try withTemporaryFolder { path in
      _ = try ArtifactFolder(path + "/case/out")
      #expect(try Self.names(path).isEmpty)
      try FileManager.default.createDirectory(atPath: path + "/case/out", withIntermediateDirectories: true)
      _ = try ArtifactFolder(path + "/case/out")
      _ = try ArtifactSet(path + "/case/out", of: "set")
      #expect(try Self.names(path + "/case") == ["out"])
      _ = try ArtifactFolder(path + "/other/out").stream("never committed")
      #expect(try Self.names(path) == ["case"])
      try ArtifactFolder(path + "/third/out").write("a", "")
      #expect(try Self.names(path + "/third/out") == ["a"])
    }
  }
}
