#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// One executable: its commands, its help, and the way from a command line to an exit code.
package struct Tool: Sendable {
  /// The version that `--version` prints; the plugin manifest carries the same.
  package static let version = "0.1.0"

  let name: String
  let abstract: String
  let commands: [Command]

  /// Declares a tool of one or more commands.
  package init(_ name: String, _ abstract: String, commands: [Command]) {
    self.name = name
    self.abstract = abstract
    self.commands = commands
  }

  /// Runs the process's own command line and ends the process.
  package func main() -> Never {
    signal(SIGPIPE, SIG_IGN)
    UnfinishedPlaces.removeWhenInterrupted()
    #if canImport(Glibc)
      AllocatorSettings.keepFreedMemory()
    #endif
    let end = run(Array(CommandLine.arguments.dropFirst()), console: Console(tool: name))
    // After an error a thread may still be computing: the handlers of `exit` would tear down libraries under it.
    fflush(nil)
    withExtendedLifetime(end.remains) { _exit(end.code.rawValue) }
  }

  /// How a run ended, and what the process keeps until it is gone.
  typealias End = (code: ExitCode, remains: (any Sendable)?)

  func run(_ words: [String], console: Console) -> End {
    do {
      return try runThrowing(words, console: console)
    } catch let error as CommandError {
      UnfinishedPlaces.waitForEnd()
      console.error(error.description)
      return (error.code, nil)
    } catch {
      UnfinishedPlaces.waitForEnd()
      console.error("\(error)")
      return (.inputOutput, nil)
    }
  }

  private func runThrowing(_ words: [String], console: Console) throws -> End {
    if words.prefix(while: { $0 != "--" }).contains("--version") {
      try console.result(["\(name) \(Self.version)"])
      return (.done, nil)
    }
    var rest = words
    let command: Command
    if let word = rest.first, !word.isEmpty, let named = commands.first(where: { $0.name == word }) {
      command = named
      rest.removeFirst()
    } else if let unnamed = commands.first(where: \.name.isEmpty) {
      command = unnamed
    } else if rest.isEmpty || rest.contains("--help") {
      try console.result(help())
      return (rest.isEmpty ? .usage : .done, nil)
    } else {
      throw CommandError.usage(
        "\(rest[0]) is no command of \(name)",
        mend: "use one of \(commands.map(\.name).joined(separator: ", "))")
    }
    if rest.prefix(while: { $0 != "--" }).contains("--help") {
      try console.result(help(for: command))
      return (.done, nil)
    }
    let arguments = try Arguments(parsing: rest, as: command.options)
    if command.operands.isEmpty, let stray = arguments.operands.first {
      throw CommandError.usage("\(stray) belongs to no option", mend: "see \(name) --help")
    }
    let outcome = try command.run(arguments, console)
    try report(outcome, json: arguments(Arguments.json), console: console)
    return (outcome.code, outcome.remains)
  }

  private func report(_ outcome: CommandOutcome, json: Bool, console: Console) throws(CommandError) {
    for caveat in outcome.caveats { console.note("caveat: \(caveat)") }
    if json {
      var object = outcome.json
      object["caveats"] = .array(outcome.caveats.map { .string($0) })
      object["exit_code"] = .number(Int(outcome.code.rawValue))
      try console.result([object.compactText])
    } else {
      try console.result(outcome.summary)
    }
  }

  private func help() -> [String] {
    ["\(name): \(abstract)", "", "commands:"]
      + commands.map { "  \($0.name.padded(to: 12)) \($0.abstract)" }
      + ["", "\(name) COMMAND --help tells each command's options."]
  }

  /// The named commands of a tool whose main command has no name, for that command's help.
  private func otherCommands(than command: Command) -> [String] {
    let others = commands.filter { !$0.name.isEmpty }
    return command.name.isEmpty && !others.isEmpty
      ? ["", "further commands:"] + others.map { "  \(name) \($0.name)  \($0.abstract)" } : []
  }

  private func help(for command: Command) -> [String] {
    let call = [name, command.name, command.operands].filter { !$0.isEmpty }.joined(separator: " ")
    let rows = command.options.map { option in
      (option.takesValue ? "\(option.name) \(option.placeholder)" : option.name, option)
    }
    let width = rows.map(\.0.count).max() ?? 0
    let hasLimit = command.options.contains { $0.name == "--fail-on" }
    return ["\(call) [options]: \(command.abstract)", "", "options:"]
      + rows.map { "  \($0.padded(to: width))  \($1.help)\($1.repeats ? " (repeatable)" : "")" }
      + ["  \("--help".padded(to: width))  print this"] + otherCommands(than: command)
      + [
        "",
        "exit codes: 0 done, 2 done with caveats, \(hasLimit ? "3 done and --fail-on is met, " : "")64 usage, 65 nothing usable in the input,",
      ]
      + ["  66 no such input, 69 something needed is missing, 73 can't write, 74 read or write error"]
  }
}

extension String {
  func padded(to width: Int) -> String {
    count >= width ? self : self + String(repeating: " ", count: width - count)
  }
}
