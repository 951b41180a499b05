/// The options by which the later steps take observations or raw logs.
package enum ObservationInputOptions {
  /// The option `--observations PATH`.
  package static let observations = Option<[String]>.list(
    "--observations", "PATH", help: "a folder written by normalize-observations, or its observations.jsonl")
  /// The option `--logs PATH`.
  package static let logs = Option<[String]>.list(
    "--logs", "PATH", help: "raw logs, normalised on the way without writing observations")

  /// The option `--archetypes FILE`, for every command that reads raw logs.
  package static let archetypes = Option<String?>.optional(
    "--archetypes", "FILE",
    help:
      "your own role names for raw logs, in the columns of references/archetypes.tsv; they come first, and every step needs the same"
  )

  /// All of them and `--jobs`.
  package static let declarations = [
    observations.declaration, logs.declaration, archetypes.declaration, Arguments.jobs.declaration,
  ]

  /// The reviewed archetypes, behind the customer's own where a command line names them.
  package static func archetypes(from arguments: Arguments) throws(CommandError) -> ArchetypeRules {
    guard let file = try arguments(archetypes) else { return ArchetypeRules() }
    return try ArchetypeRules(file: file)
  }

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
