import Foundation
import Testing

@testable import MDRCore

/// Two runs that write the same place: the second is refused, and neither takes away what the other wrote.
@Suite struct WriterLockTests {
  private static func refused(_ target: String) -> CommandError {
    CommandError(
      .cannotWrite, "another run is writing \(target)", mend: "let it end, then run the command again")
  }

  @Test func `a folder that another run fills is left to it`() throws {
    try withTemporaryFolder { parent in
      let target = parent + "/pack"
      let first = try StagedFolder(target, mark: "mark")
      try first.folder.write("one", "1")
      #expect(throws: Self.refused(target)) { try StagedFolder(target, mark: "mark") }
      try first.folder.write("mark", "")
      try first.commit()
      #expect(try FileManager.default.contentsOfDirectory(atPath: target).sorted() == ["mark", "one"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: parent) == ["pack"])
    }
  }

  @Test func `the next run writes the folder again, and the folder of a killed one is emptied`() throws {
    try withTemporaryFolder { parent in
      let target = parent + "/pack"
      for round in 0..<3 {
        let partial = target + ".partial"
        try FileManager.default.createDirectory(
          atPath: partial + "/records", withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: partial + "/left-behind"))
        let staged = try StagedFolder(target, mark: "mark")
        try staged.folder.write("mark", "\(round)")
        try staged.commit()
        #expect(try String(contentsOfFile: target + "/mark", encoding: .utf8) == "\(round)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: target) == ["mark"])
      }
    }
  }

  @Test func `a file that another run writes is left to it`() throws {
    try withTemporaryFolder { path in
      let folder = try ArtifactFolder(path)
      let first = try folder.stream("a.jsonl")
      try first.append(Array("first\n".utf8))
      #expect(throws: Self.refused(path + "/a.jsonl")) { try folder.stream("a.jsonl") }
      try first.commit()
      #expect(try String(contentsOfFile: path + "/a.jsonl", encoding: .utf8) == "first\n")
      try folder.write("a.jsonl", "second\n")
      #expect(try String(contentsOfFile: path + "/a.jsonl", encoding: .utf8) == "second\n")
    }
  }

  @Test func `a link in the place of a file in the making leads no bytes elsewhere`() throws {
    try withTemporaryFolder { path in
      let folder = try ArtifactFolder(path)
      try folder.write("precious", "kept")
      try FileManager.default.createSymbolicLink(
        atPath: path + "/a.jsonl.partial", withDestinationPath: path + "/precious")
      try folder.write("a.jsonl", "new")
      #expect(try String(contentsOfFile: path + "/precious", encoding: .utf8) == "kept")
      #expect(try String(contentsOfFile: path + "/a.jsonl", encoding: .utf8) == "new")
    }
  }
}
