/// The exit codes every command shares; the numbers follow BSD `sysexits.h`.
package enum ExitCode: Int32, Sendable {
  /// The work is done, with nothing to add.
  case done = 0
  /// The work is done; the summary names what was left out or cut short.
  case doneWithCaveats = 2
  /// The work is done, and what it found is what the caller asked to stop at.
  case reachesLimit = 3
  /// The command line was wrong.
  case usage = 64
  /// The input held nothing that could be used.
  case noUsableInput = 65
  /// An input path does not exist or can't be opened.
  case noSuchInput = 66
  /// Something needed is missing: the AWS CLI, credentials, a tool.
  case unavailable = 69
  /// The output can't be created.
  case cannotWrite = 73
  /// Reading or writing failed midway.
  case inputOutput = 74
}
