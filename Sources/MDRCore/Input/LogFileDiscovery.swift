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
      guard inputs.count > 1 else {
        files = found
        continue
      }
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

  /// Relative paths of the regular files below a folder; hidden files and links, such as our own `raw` ones, are
  /// passed over.
  private static func walk(_ folder: String) -> [String] {
    var names: [String] = []
    var folders = [""]
    while let prefix = folders.popLast() {
      guard let stream = opendir(folder + "/" + prefix) else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard !name.hasPrefix(".") else { continue }
        switch kind(Int32(entry.pointee.d_type), of: folder + "/" + prefix + name) {
        case S_IFREG: names.append(prefix + name)
        case S_IFDIR: folders.append(prefix + name + "/")
        default: break
        }
      }
    }
    return names
  }

  /// What an entry of a folder is; not every file system says so in the folder itself.
  private static func kind(_ type: Int32, of path: String) -> mode_t {
    switch type {
    case Int32(DT_REG): return S_IFREG
    case Int32(DT_DIR): return S_IFDIR
    case Int32(DT_UNKNOWN):
      var status = stat()
      return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
    default: return 0
    }
  }
}

extension LogFile {
  /// The file's size on disk in bytes, 0 where it has none.
  var size: Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}
