import Foundation
import Testing

@testable import MDRCore

@Suite struct BaselineFolderTests {
  /// A folder that holds the state of an old baseline beside a file of another tool.
  private static func withOldBaseline(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { root in
      let target = root + "/case"
      let old = try ArtifactFolder(target)
      try old.write("other.txt", "of another tool")
      try old.write(BaselineState.folderName + "/state.json", "old")
      try body(target)
    }
  }

  @Test func `what lies beside the baseline stays, and what is written anew takes the old one's place`()
    throws
  {
    try Self.withOldBaseline { target in
      let folder = try BaselineFolder(target)
      try folder.folder.write(Baseline.headerName, "new")
      try folder.commit()
      let names = try FileManager.default.contentsOfDirectory(atPath: target).sorted()
      #expect(names == [Baseline.headerName, "other.txt"])
    }
  }

  @Test func `a folder in the making that is gone takes nothing of the old baseline with it`() throws {
    try Self.withOldBaseline { target in
      let folder = try BaselineFolder(target)
      try folder.folder.write(Baseline.headerName, "new")
      try FileManager.default.removeItem(atPath: folder.folder.path)
      let error = #expect(throws: CommandError.self) { try folder.commit() }
      #expect(error?.code == .cannotWrite)
      let state = target + "/" + BaselineState.folderName + "/state.json"
      #expect(try String(contentsOfFile: state, encoding: .utf8) == "old")
    }
  }
}
