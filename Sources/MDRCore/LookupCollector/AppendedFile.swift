import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that grows line by line and is never rewritten: what was appended survives an interruption.
final class AppendedFile {
  let path: String
  private let descriptor: Int32

  /// Starts a file that must not exist yet.
  init(_ path: String) throws(CommandError) {
    self.path = path
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw ArtifactFolder.refusal(path) }
  }

  deinit { close(descriptor) }

  /// Appends lines in one go.
  func append(lines: [[UInt8]]) throws(CommandError) {
    let bytes: [UInt8] = Array(lines.map { $0 + [0x0A] }.joined())
    if let reason = DescriptorWriting.writeAll(bytes, to: descriptor) {
      throw CommandError(
        .inputOutput, "\(path) can't be written (\(reason))",
        mend: "free some space and collect into another --output; what was collected stays")
    }
  }
}
