import Foundation
import Synchronization

/// The user's AWS CLI, called with argument lists and never through a shell.
package struct AWSProgram: Sendable {
  /// What a call left behind.
  struct Answer: Sendable {
    var output: [UInt8]
    var diagnostics: String
    var succeeded: Bool
  }

  private let path: String

  /// Finds the program: a path as it is, a bare name in `PATH`.
  package init(_ name: String) throws(CommandError) {
    let manager = FileManager.default
    let candidates =
      name.contains("/")
      ? [URL(fileURLWithPath: name).path]
      : (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
    guard let path = candidates.first(where: { manager.isExecutableFile(atPath: $0) }) else {
      throw CommandError(
        .unavailable, "\(name) is not installed",
        mend: "install the AWS CLI, or name the program with --aws PROGRAM")
    }
    self.path = path
  }

  /// Runs one call to its end; `credentials` exist in the child's environment only.
  func call(_ arguments: [String], credentials: AWSCredentials?) throws(CommandError) -> Answer {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = Self.environment(credentials)
    process.standardInput = FileHandle.nullDevice
    let (output, diagnostics) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = diagnostics
    do {
      try UnfinishedPlaces.withSignals { try process.run() }
    } catch {
      throw CommandError(
        .unavailable, "\(path) can't be run", mend: "check that it is a program for this machine")
    }
    // Both streams are emptied at once: a full one would stop the child.
    let text = Mutex(Data())
    let group = DispatchGroup()
    group.enter()
    let reader = diagnostics.fileHandleForReading
    Thread.detachNewThread {
      let data = reader.readDataToEndOfFile()
      text.withLock { $0 = data }
      group.leave()
    }
    let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
    group.wait()
    process.waitUntilExit()
    return Answer(
      output: bytes, diagnostics: String(decoding: text.withLock { $0 }, as: UTF8.self),
      succeeded: process.terminationReason == .exit && process.terminationStatus == 0)
  }

  /// The user's own environment; one process is one call, so that the ledger is true.
  private static func environment(_ credentials: AWSCredentials?) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["AWS_PAGER"] = ""
    environment["AWS_CLI_AUTO_PROMPT"] = "off"
    environment["AWS_MAX_ATTEMPTS"] = "1"
    // Codes are read from the words that every version prints, whatever format is configured for errors.
    environment["AWS_CLI_ERROR_FORMAT"] = "legacy"
    // Events hold any letters, and the CLI fails where its output's encoding lacks one.
    environment["PYTHONIOENCODING"] = "utf-8"
    environment["AWS_CLI_OUTPUT_ENCODING"] = "UTF-8"
    if let credentials {
      // What belongs to the user's own credentials; the CLI would take a token of theirs before the role's.
      for name in [
        "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION",
        "AWS_ACCOUNT_ID",
      ] {
        environment[name] = nil
      }
      environment["AWS_ACCESS_KEY_ID"] = credentials.accessKeyID
      environment["AWS_SECRET_ACCESS_KEY"] = credentials.secretAccessKey
      environment["AWS_SESSION_TOKEN"] = credentials.sessionToken
    }
    return environment
  }
}

/// Temporary credentials of an assumed role; they are handed to a child process and to nothing else.
struct AWSCredentials: Sendable {
  let accessKeyID: String
  let secretAccessKey: String
  let sessionToken: String

  /// Reads the answer of `sts assume-role`.
  init?(answer: [UInt8]) {
    guard let value = try? JSONValue(parsing: answer), let credentials = value["Credentials"],
      let id = credentials["AccessKeyId"]?.string, let secret = credentials["SecretAccessKey"]?.string,
      let token = credentials["SessionToken"]?.string
    else { return nil }
    accessKeyID = id
    secretAccessKey = secret
    sessionToken = token
  }
}
