import Foundation

/// One of the package's built executables, run as a user runs it.
struct Executable {
  /// What a finished run left behind.
  struct Outcome {
    let stdout: String
    let stderr: String
    let exitCode: Int32

    /// The lines of stdout, without the empty one behind the last line break.
    var lines: [String] { stdout.split(separator: "\n").map(String.init) }
  }

  let url: URL

  /// A program at a place of its own.
  init(url: URL) { self.url = url }

  /// Finds the executable in the product directory, next to the test bundle.
  init(_ name: String) throws {
    let candidates = Self.productDirectories.map { $0.appendingPathComponent(name) }
    guard let url = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
      throw NotBuilt(name: name, searched: candidates.map(\.path))
    }
    self.url = url
  }

  /// Runs the executable and waits for its end; `input` becomes its standard input.
  func run(
    _ arguments: [String], input: String? = nil, in directory: URL? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    try withTemporaryDirectory { scratch in
      let process = Process()
      process.executableURL = url
      process.arguments = arguments
      process.currentDirectoryURL = directory
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      // Files take any amount of output; a pipe that nobody empties would stop the process.
      let files = try ["stdin", "stdout", "stderr"].map { name in
        let file = scratch.appendingPathComponent(name)
        try Data((name == "stdin" ? input ?? "" : "").utf8).write(to: file)
        return file
      }
      let streams = try [
        FileHandle(forReadingFrom: files[0]), FileHandle(forWritingTo: files[1]),
        FileHandle(forWritingTo: files[2]),
      ]
      process.standardInput = streams[0]
      process.standardOutput = streams[1]
      process.standardError = streams[2]
      try process.run()
      process.waitUntilExit()
      for stream in streams { try stream.close() }
      return Outcome(
        stdout: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
        stderr: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self),
        exitCode: process.terminationStatus)
    }
  }

  /// The test runner's directory on Linux; on macOS the directory that holds the test bundle.
  private static var productDirectories: [URL] {
    let bundles = Bundle.allBundles.map(\.bundleURL) + CommandLine.arguments.map { URL(fileURLWithPath: $0) }
    return bundles.flatMap { url in
      var directory = url
      var directories: [URL] = []
      while directory.pathComponents.count > 1, directories.count < 5 {
        directories.append(directory)
        directory.deleteLastPathComponent()
      }
      return directories
    }
  }

  /// The executable isn't in the product directory.
  struct NotBuilt: Error, CustomStringConvertible {
    let name: String
    let searched: [String]

    var description: String { "\(name) is not built; looked at \(searched.joined(separator: ", "))" }
  }
}

/// Gives `body` a directory of its own and removes it afterwards.
func withTemporaryDirectory<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let directory = FileManager.default.temporaryDirectory
    .appendingPathComponent("mdr-rainer-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: directory) }
  return try body(directory)
}
