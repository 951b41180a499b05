import Foundation

/// Finds the files that inputs name, in an order that depends on names alone.
package enum LogFileDiscovery {
  /// All files of the inputs, sorted; a file that two inputs reach counts once.
  package static func files(in inputs: [String]) throws(CommandError) -> [LogFile] {
    var files: [LogFile] = []
    var seen: Set<String> = []
    for input in inputs.sorted() {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: input, isDirectory: &isFolder) else {
        throw CommandError(.noSuchInput, "\(input) does not exist", mend: "check the path")
      }
      let found =
        isFolder.boolValue
        ? walk(input).map { LogFile(path: input + "/" + $0, name: $0) }
        : [LogFile(path: input, name: (input as NSString).lastPathComponent)]
      for file in found where seen.insert(URL(fileURLWithPath: file.path).standardizedFileURL.path).inserted {
        files.append(file)
      }
    }
    guard !files.isEmpty else {
      throw CommandError(
        .noUsableInput, "no files in \(inputs.joined(separator: ", "))",
        mend: "name a file or folder with logs")
    }
    return files.sorted()
  }

  /// Relative paths of the regular files below a folder; hidden files and our own `raw` links are passed over.
  private static func walk(_ folder: String) -> [String] {
    guard
      let entries = FileManager.default.enumerator(
        at: URL(fileURLWithPath: folder, isDirectory: true), includingPropertiesForKeys: [.isRegularFileKey],
        options: [.skipsHiddenFiles])
    else { return [] }
    let root = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL.resolvingSymlinksInPath()
      .path
    var names: [String] = []
    for case let entry as URL in entries {
      guard (try? entry.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true else { continue }
      let path = entry.standardizedFileURL.resolvingSymlinksInPath().path
      guard path.hasPrefix(root + "/") else { continue }
      names.append(String(path.dropFirst(root.count + 1)))
    }
    return names
  }
}

extension LogFile {
  /// The file's size on disk in bytes, 0 where it has none.
  var size: Int { (try? FileProducer(path: path).size) ?? 0 }
}
