import Foundation

/// The SHA-256 of every file below a folder, as `sha256sum` writes and checks them.
package struct FileSums: Equatable, Sendable {
  /// The list's own file, which it doesn't name.
  package static let name = "SHA256SUMS"

  /// Hex digests by relative path.
  package private(set) var digests: [String: String]

  /// Hashes what lies below a folder.
  package init(of folder: String) throws(CommandError) {
    digests = [:]
    for name in try Self.names(below: folder) where name != Self.name {
      digests[name] = try Self.digest(ofFile: folder + "/" + name)
    }
  }

  /// Reads a list; a line that isn't a digest and a path within the folder is refused.
  package init(parsing text: String) throws(CommandError) {
    digests = [:]
    for (index, line) in text.split(separator: "\n").enumerated() {
      let digest = line.prefix(64)
      let name = line.dropFirst(66)
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      guard digest.utf8.count == 64, digest.allSatisfy(\.isHexDigit), line.dropFirst(64).hasPrefix("  "),
        !parts.isEmpty, !parts.contains(""), !parts.contains(".."), digests[String(name)] == nil
      else {
        throw CommandError(
          .noUsableInput, "line \(index + 1) of \(Self.name) is no digest and path",
          mend: "the list is damaged; get the folder again from whoever made it")
      }
      digests[String(name)] = String(digest)
    }
  }

  /// The list, sorted by path.
  package var text: String {
    digests.keys.sorted().map { "\(digests[$0] ?? "")  \($0)\n" }.joined()
  }

  /// What differs in `found`, sentence by sentence.
  package func differences(from found: FileSums) -> [String] {
    Set(digests.keys).union(found.digests.keys).sorted().compactMap { name in
      switch (digests[name], found.digests[name]) {
      case (.some, nil): "\(name) is missing"
      case (nil, .some): "\(name) was added"
      case (let one, let other): one == other ? nil : "\(name) was altered"
      }
    }
  }

  /// Relative paths of all that lies below a folder and is no folder, sorted.
  private static func names(below folder: String) throws(CommandError) -> [String] {
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
      throw CommandError(.noSuchInput, "\(folder) can't be read", mend: "name the folder that build wrote")
    }
    return names.filter { type(of: folder + "/" + $0) != .typeDirectory }.sorted()
  }

  /// Links are not followed: what they lead to is not in the folder.
  private static func digest(ofFile path: String) throws(CommandError) -> String {
    guard type(of: path) == .typeRegular else { return "not a regular file" }
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) else {
      throw CommandError(.inputOutput, "\(path) can't be read", mend: "check its permissions")
    }
    return data.withUnsafeBytes { SHA256Digest.hex($0) }
  }

  private static func type(of path: String) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
  }
}
