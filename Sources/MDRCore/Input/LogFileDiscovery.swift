import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The files that inputs name, in an order that depends on names alone.
package struct LogFileDiscovery {
  /// Sorted; a file that two inputs reach is there once.
  ///
  /// What stands in a folder and can't be read, such as a folder without permission, is among them with its fault.
  package private(set) var files: [LogFile] = []
  /// What lies below the inputs and is the command's own output or another of its inputs: folders with a slash, and
  /// files, as files are named.
  package private(set) var leftOut: [String] = []

  private let own: OwnFolders

  /// All files of the inputs.
  package static func files(in inputs: [String]) throws(CommandError) -> [LogFile] {
    try LogFileDiscovery(in: inputs).files
  }

  /// Finds the files of the inputs, besides those of the command's own folders that may lie among them.
  package init(in inputs: [String], besides own: OwnFolders = OwnFolders()) throws(CommandError) {
    self.own = own
    var found: [LogFile] = []
    var seen: Set<String> = []
    for input in inputs.sorted() {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: input, isDirectory: &isFolder) else {
        throw CommandError(.noSuchInput, "\(input) does not exist", mend: "check the path")
      }
      let files =
        isFolder.boolValue
        ? walk(input) : [LogFile(path: input, name: (input as NSString).lastPathComponent)]
      guard inputs.count > 1 else {
        found = files
        continue
      }
      for file in files where seen.insert(URL(fileURLWithPath: file.path).standardizedFileURL.path).inserted {
        found.append(file)
      }
    }
    guard !found.isEmpty else {
      throw CommandError(
        .noUsableInput, "no files in \(inputs.joined(separator: ", "))",
        mend: "name a file or folder with logs")
    }
    files = found.sorted()
    leftOut = Set(leftOut).sorted()
  }

  /// Folders that are listed at once: a disk that is asked for many finds each sooner.
  private static let jobs = 8
  /// Folders from which on more than one thread is worth its start.
  private static let leastShared = 16

  /// What lies below a folder; hidden files are passed over, and the links that normalisation leaves in `raw` beside its
  /// observations.
  ///
  /// Links to files are followed, links to folders are not: they may lead round in a circle.
  private mutating func walk(_ root: String) -> [LogFile] {
    var files: [LogFile] = []
    var folders = [""]
    while !folders.isEmpty {
      let jobs = folders.count < Self.leastShared ? 1 : Self.jobs
      let listings = ConcurrentMap(jobs: jobs).map(folders.count) { [folders, own] in
        Listing(of: folders[$0], below: root, besides: own)
      }
      folders = []
      for listing in listings {
        files += listing.files
        folders += listing.folders
        leftOut += listing.leftOut
      }
    }
    return files
  }
}

/// What stands in a folder.
private struct Listing {
  var files: [LogFile] = []
  /// Folders, from the root on, with a slash.
  var folders: [String] = []
  var leftOut: [String] = []

  /// Lists the folder of a prefix, which is empty or ends in a slash.
  init(of prefix: String, below root: String, besides own: OwnFolders) {
    let folder = root + "/" + prefix
    guard let stream = opendir(folder) else {
      let reason = String(cString: strerror(errno))
      let name = prefix.isEmpty ? (root as NSString).lastPathComponent : String(prefix.dropLast())
      files.append(LogFile(path: folder, name: name, fault: .folder(reason)))
      return
    }
    defer { closedir(stream) }
    // Below the root the output's folder isn't listed.
    let holdsArtifacts = prefix.isEmpty && own.isOutput(folder)
    var isOwn = false
    while let entry = readdir(stream) {
      let (name, isText) = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        let bytes = bytes.prefix { $0 != 0 }
        let name = String(decoding: bytes, as: UTF8.self)
        return (name, name.utf8.elementsEqual(bytes))
      }
      guard !name.hasPrefix(".") else { continue }
      guard isText else {
        files.append(LogFile(path: root + "/" + prefix + name, name: prefix + name, fault: .foreignName))
        continue
      }
      if name == "observations.json" { isOwn = true }
      guard !(holdsArtifacts && own.isArtifact(name)) else {
        leftOut.append(prefix + name)
        continue
      }
      let path = root + "/" + prefix + name
      switch Self.kind(Int32(entry.pointee.d_type), of: path) {
      case .file: files.append(LogFile(path: path, name: prefix + name))
      case .folder where own.contains(path): leftOut.append(prefix + name + "/")
      case .folder: folders.append(prefix + name + "/")
      case .other(let fault): files.append(LogFile(path: path, name: prefix + name, fault: fault))
      }
    }
    if isOwn {
      files.removeAll { $0.name == prefix + "raw" }
      folders.removeAll { $0 == prefix + "raw/" }
    }
  }

  /// What an entry of a folder is.
  private enum Kind {
    case file, folder
    case other(InputFault)
  }

  /// Looks at what the folder itself says of an entry, and at the entry where it says nothing or names a link.
  private static func kind(_ type: Int32, of path: String) -> Kind {
    if type == Int32(DT_REG) { return .file }
    if type == Int32(DT_DIR) { return .folder }
    var status = stat()
    guard lstat(path, &status) == 0 else { return .other(.cannotOpen(String(cString: strerror(errno)))) }
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    // A link to nowhere is a file that opening refuses.
    if isLink, stat(path, &status) != 0 { return .file }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return isLink ? .other(.linkToFolder) : .folder
    default: return .other(.noFile)
    }
  }
}
