/// A failure that ends a command: what went wrong, how to mend it, and the exit code it means.
package struct CommandError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The exit code the process ends with.
  package let code: ExitCode
  /// What went wrong, naming the option, file or place.
  package let problem: String
  /// What the reader can do about it.
  package let mend: String

  package init(_ code: ExitCode, _ problem: String, mend: String) {
    self.code = code
    self.problem = problem
    self.mend = mend
  }

  /// A wrong command line.
  package static func usage(_ problem: String, mend: String) -> CommandError {
    CommandError(.usage, problem, mend: mend)
  }

  package var description: String { "\(problem): \(mend)" }
}
