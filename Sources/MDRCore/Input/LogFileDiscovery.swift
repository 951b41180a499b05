import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Finds the files that inputs name, in an order that depends on names alone.
package enum LogFileDiscovery {
  /// All files of the inputs, sorted; a file that two inputs reach counts once.
  ///
  /// What stands in a folder and can't be read, such as a folder without permission, is among them with its fault.
  package static func files(in inputs: [String]) throws(CommandError) -> [LogFile] {
    var files: [LogFile] = []
    var seen: Set<String> = []
    for input in inputs.sorted() {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: input, isDirectory: &isFolder) else {
        throw CommandError(.noSuchInput, "\(input) does not exist", mend: "check the path")
      }
      var found: [LogFile] = []
      if isFolder.boolValue {
        walk(input, below: "", into: &found)
      } else {
        found = [LogFile(path: input, name: (input as NSString).lastPathComponent)]
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

  /// Takes in what lies below a folder; hidden files are passed over, and the links that normalisation leaves in `raw`
  /// beside its observations.
  ///
  /// Links to files are followed, links to folders are not: they may lead round in a circle.
  private static func walk(_ root: String, below folder: String, into files: inout [LogFile]) {
    let here = folder.isEmpty ? root : root + "/" + folder
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: here)
    } catch {
      let reason = access(here, R_OK | X_OK) == 0 ? "it has changed" : String(cString: strerror(errno))
      files.append(
        LogFile(
          path: here, name: folder.isEmpty ? (root as NSString).lastPathComponent : folder,
          fault: .folder(reason)))
      return
    }
    let isOwn = names.contains("observations.json")
    for name in names where !name.hasPrefix(".") && !(isOwn && name == "raw") {
      let path = folder.isEmpty ? name : folder + "/" + name
      var status = stat()
      guard lstat(root + "/" + path, &status) == 0 else {
        files.append(
          LogFile(
            path: root + "/" + path, name: path, fault: .cannotOpen(String(cString: strerror(errno)))))
        continue
      }
      let isLink = status.st_mode & S_IFMT == S_IFLNK
      if isLink, stat(root + "/" + path, &status) != 0 {
        // A link to nowhere: opening it says so.
        files.append(LogFile(path: root + "/" + path, name: path))
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG: files.append(LogFile(path: root + "/" + path, name: path))
      case S_IFDIR where isLink:
        files.append(LogFile(path: root + "/" + path, name: path, fault: .linkToFolder))
      case S_IFDIR: walk(root, below: path, into: &files)
      default: files.append(LogFile(path: root + "/" + path, name: path, fault: .noFile))
      }
    }
  }
}

extension LogFile {
  /// The file's size on disk in bytes, 0 where it has none.
  var size: Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Whether a path names what can be read only once, such as a pipe.
  static func isPipe(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }
}
