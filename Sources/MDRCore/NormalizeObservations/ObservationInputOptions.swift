/// The options by which the later steps take observations or raw logs.
package enum ObservationInputOptions {
  /// The option `--observations PATH`.
  package static let observations = Option<[String]>.list(
    "--observations", "PATH", help: "a folder written by normalize-observations, or its observations.jsonl")
  /// The option `--logs PATH`.
  package static let logs = Option<[String]>.list(
    "--logs", "PATH", help: "raw logs, normalised on the way without writing observations")

  /// Both options and `--jobs`.
  package static let declarations = [observations.declaration, logs.declaration, Arguments.jobs.declaration]

  /// The inputs a command line names.
  package static func inputs(from arguments: Arguments) throws(CommandError) -> [ObservationInput] {
    let inputs =
      try arguments(observations).map { ObservationInput.observations($0) }
      + arguments(logs).map { ObservationInput.logs($0) }
    guard !inputs.isEmpty else {
      throw .usage("nothing to read", mend: "give --observations PATH or --logs PATH")
    }
    return inputs
  }
}
