import Foundation

/// `normalize-observations`: raw logs in, one observation per event out.
package enum NormalizeCommand {
  private static let input = Option<[String]>.list("--input", "PATH", help: "a log file, or a folder of them")
  /// The file of the observations, a line for each.
  static let observationsName = "observations.jsonl"
  private static let artifacts = [
    observationsName, "rejects.jsonl", "observations.json", "observations.md",
  ]
  private static let output = Option<String?>.optional("--output", "DIR", help: "where the artifacts go")

  /// The tool.
  package static let tool = Tool(
    "normalize-observations", "convert raw CloudTrail records into one stable observation for each event",
    commands: [
      Command(
        "", "writes observations.jsonl, rejects.jsonl, observations.json and observations.md",
        options: [
          input.declaration, output.declaration, ObservationInputOptions.archetypes.declaration,
          Arguments.jobs.declaration,
        ], run: run), ShowObservations.command, ListTimeline.command,
    ])

  private static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let inputs = try arguments(input)
    guard !inputs.isEmpty else { throw CommandError.usage("--input is missing", mend: "add --input PATH") }
    let folderPath = try arguments.required(output)
    let rules = try ObservationInputOptions.archetypes(from: arguments)
    // Inputs are looked at before the output is touched, so that a wrong path leaves no empty folder.
    let found = try LogFileDiscovery(in: inputs, besides: OwnFolders(folderPath, artifacts: artifacts))
    let folder = try ArtifactFolder(folderPath)
    let observations = try folder.stream(artifacts[0])
    let rejects = try folder.stream(artifacts[1])
    var places = RejectPlaces()
    var example: Observation?
    let lines = ObservationLines(
      files: found.files, jobs: Arguments.threads(try arguments(Arguments.jobs)), archetypes: rules)
    var (tally, accounting) = try lines.read { reject in
      places.add(reject)
      try rejects.append(Array((reject.json.compactText + "\n").utf8))
    } progress: { tally in
      let (records, found) = tally.progress
      console.progress("\(records) records read, \(found) observations")
    } _: { bytes in
      if example == nil {
        example = Observation(line: Array(bytes.prefix { $0 != UInt8(ascii: "\n") }))
      }
      try observations.append(bytes)
    }
    console.endProgress()
    accounting.leftOut = found.leftOut
    accounting.inherit(from: inputs.map { .logs($0) })
    guard accounting.observations > 0 else { throw nothingUsable(accounting, inputs: inputs) }
    let header = header(accounting, tally)
    let document = ObservationsDocument(
      accounting: accounting, hours: tally.hours, places: places, copiesAcrossAccounts: tally.copies,
      example: example
    ).document
    let (totals, notes) = (try folder.stream(artifacts[2]), try folder.stream(artifacts[3]))
    try totals.append(Array(header.prettyText.utf8))
    try notes.append(Array(document.rendered.utf8))
    try ArtifactFolder.commit([observations, rejects, totals, notes])
    try linkInputs(inputs, in: folder)
    return CommandOutcome(
      summary: [
        folder.path + "/" + observationsName, folder.path + "/observations.md",
        "\(accounting.records.of("record")): \(accounting.observations.of("observation")), "
          + "\(accounting.duplicates.of("duplicate")), \(accounting.rejects.of("reject")), from \(accounting.files.of("file"))",
      ] + accounting.leftOutNotes, json: header,
      caveats: accounting.caveats + [tally.hours.caveat].compactMap(\.self))
  }

  private static func header(
    _ accounting: InputAccounting, _ tally: LineTally
  ) -> JSONValue {
    var header = accounting.json
    header["schema"] = "mdr-rainer/observations/1"
    header["caveats"] = JSONValue(accounting.caveats + [tally.hours.caveat].compactMap(\.self))
    header["hours"] = tally.hours.json
    header["copies_across_accounts"] = .number(tally.copies)
    return header
  }

  private static func nothingUsable(_ accounting: InputAccounting, inputs: [String]) -> CommandError {
    let reasons =
      accounting.faults.map { "\($0.file): \($0.reason)" }
      + accounting.rejectReasons.keys.sorted().map { "\(accounting.rejectReasons[$0] ?? 0) × \($0)" }
    return CommandError(
      .noUsableInput, "no CloudTrail record in \(inputs.sorted().joined(separator: ", "))",
      mend: reasons.isEmpty
        ? "the files hold no records: name logs, or export them again"
        : "look at: " + reasons.prefix(5).joined(separator: "; "))
  }

  /// Leaves links to the raw logs beside the observations: the evidence pack finds its bytes through them, and
  /// no artifact has to name a path.
  private static func linkInputs(_ inputs: [String], in folder: ArtifactFolder) throws {
    let links = folder.path + "/raw"
    let files = FileManager.default
    for name in (try? files.contentsOfDirectory(atPath: links)) ?? [] {
      let link = links + "/" + name
      if (try? files.destinationOfSymbolicLink(atPath: link)) != nil { try? files.removeItem(atPath: link) }
    }
    try? files.createDirectory(atPath: links, withIntermediateDirectories: true)
    for (index, input) in Set(inputs).sorted().enumerated() {
      let target = URL(fileURLWithPath: input).standardizedFileURL.path
      try? files.createSymbolicLink(atPath: links + "/\(index + 1)", withDestinationPath: target)
    }
  }
}
