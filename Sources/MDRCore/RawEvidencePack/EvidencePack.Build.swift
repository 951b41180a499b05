import Foundation

extension EvidencePack {
  /// What a build is made from.
  package struct Request: Sendable {
    var observations: String
    var findings: String
    var findingIDs: [String]
    var logs: [String]
    var limit: Int

    package init(observations: String, findings: String, findingIDs: [String], logs: [String], limit: Int) {
      self.observations = observations
      self.findings = findings
      self.findingIDs = findingIDs
      self.logs = logs
      self.limit = limit
    }
  }

  /// Builds a pack into a folder, which holds the older pack until the new one is whole.
  package static func build(_ request: Request, output: String) throws -> CommandOutcome {
    let file = try LogFile(observations: request.observations)
    let folder = (file.path as NSString).deletingLastPathComponent
    let read = try FindingsFile(path: request.findings)
    let findings = try chosen(request.findingIDs, of: read)
    let wanted = try WantedRecords(findings: findings, observations: file, limit: request.limit)
    let roots = try RawLogRoots(observations: folder, logs: request.logs)
    let staged = try StagedFolder(output, mark: FileSums.name)
    do {
      var pack = try EvidencePack(findings: findings, wanted: wanted, roots: roots, folder: staged.folder)
      pack.caveats = read.caveats + pack.caveats
      pack.records.sort { $0.name < $1.name }
      if pack.records.isEmpty {
        staged.discard()
        return pack.emptyOutcome
      }
      try staged.folder.write("manifest.json", pack.manifest.prettyText)
      try staged.folder.write("evidence.md", pack.notes.rendered)
      let sums = try FileSums(of: staged.folder.path)
      try staged.folder.write(FileSums.name, sums.text)
      try staged.commit()
      return pack.outcome(output: output, sums: sums)
    } catch {
      staged.discard()
      throw error
    }
  }

  private static func chosen(_ ids: [String], of file: FindingsFile) throws(CommandError) -> [Finding] {
    guard !ids.isEmpty else {
      guard !file.findings.isEmpty else {
        throw CommandError(
          .noUsableInput, "the findings file holds no finding",
          mend: file.caveats.first ?? "there is nothing to pack; check --findings")
      }
      return file.findings
    }
    let known = Set(file.findings.map(\.findingID))
    if let unknown = ids.first(where: { !known.contains($0) }) {
      throw CommandError(
        .noUsableInput, "there is no finding \(unknown)", mend: "give --finding an id from the findings file")
    }
    return file.findings.filter { ids.contains($0.findingID) }
  }

  private func outcome(output: String, sums: FileSums) -> CommandOutcome {
    CommandOutcome(
      summary: [
        output, output + "/evidence.md",
        "\(records.count.of("record")) of \(findings.count.of("finding")) packed, \(refusals.count) refused",
        "SHA-256 of \(FileSums.name): \(SHA256Digest.hex(sums.text))",
      ],
      json: [
        "output": .string(output), "totals": totals, "sums_sha256": .string(SHA256Digest.hex(sums.text)),
      ],
      caveats: allCaveats)
  }

  /// Nothing to pack leaves an older pack where it is.
  private var emptyOutcome: CommandOutcome {
    CommandOutcome(
      summary: ["no record of \(findings.count.of("finding")) could be packed"], json: ["totals": totals],
      caveats: allCaveats, failure: .noUsableInput)
  }

  private var allCaveats: [String] {
    let shown = 20
    var caveats =
      caveats
      + refusals.prefix(shown).map { refusal in
        let place = "\(refusal.wanted.reference.file), record \(refusal.wanted.reference.index)"
        return "event \(refusal.wanted.eventID) is not packed: \(refusal.reason) (\(place))"
      }
    if refusals.count > shown { caveats.append("\(refusals.count - shown) more events are not packed") }
    return caveats
  }
}
