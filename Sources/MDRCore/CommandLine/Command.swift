/// One command of a tool: its name, options, operands and what it does.
package struct Command: Sendable {
  let name: String
  let abstract: String
  let operands: String
  let options: [OptionDeclaration]
  let run: @Sendable (Arguments, Console) throws -> CommandOutcome

  /// Declares a command; an empty `name` makes it the tool's only one.
  package init(
    _ name: String = "", _ abstract: String, operands: String = "", options: [OptionDeclaration],
    run: @escaping @Sendable (Arguments, Console) throws -> CommandOutcome
  ) {
    self.name = name
    self.abstract = abstract
    self.operands = operands
    self.options = options + [Arguments.json.declaration]
    self.run = run
  }
}

/// What a finished command tells its caller: a summary for people, the same for programs, and the code.
package struct CommandOutcome: Sendable {
  package var summary: [String]
  package var json: JSONValue
  package var caveats: [String]
  package var failure: ExitCode?
  /// Large values made on the way, kept until the process ends: ending it costs less than freeing them first.
  package var remains: (any Sendable)?

  /// Makes an outcome; `failure` overrides the code that the caveats imply.
  package init(
    summary: [String], json: JSONValue, caveats: [String] = [], failure: ExitCode? = nil
  ) {
    self.summary = summary
    self.json = json
    self.caveats = caveats
    self.failure = failure
  }

  var code: ExitCode { failure ?? (caveats.isEmpty ? .done : .doneWithCaveats) }
}
