import Foundation

extension CollectionRequest {
  /// Collects into a new folder; what arrives is on disk at once, whatever happens next.
  package func collect(with program: AWSProgram, into output: String, console: Console) throws(CommandError)
    -> CommandOutcome
  {
    let existing = (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []
    guard existing.isEmpty else {
      throw CommandError(
        .cannotWrite, "\(output) holds files, perhaps an earlier collection, which can't be made again",
        mend: "choose an --output that is empty or does not exist")
    }
    let folder = try ArtifactFolder(output)
    var collector = try Collector(self, program: program, folder: output, console: console)
    do throws(CommandError) {
      try collector.run()
    } catch {
      // Before the first answer there is nothing to keep, and the same line can be given again after the mend.
      if collector.collection.calls == 0 { try? FileManager.default.removeItem(atPath: output) }
      throw error
    }
    let collection = collector.collection
    try folder.write("collection.json", collection.json.prettyText)
    try folder.write("collection.md", collection.notes.rendered)
    try folder.write(FileSums.name, try FileSums(of: output).text)
    return CommandOutcome(
      summary: [
        output + (collection.eventCount > 0 ? "/events" : "/collection.json"), output + "/collection.md",
        "\(collection.eventCount.of("event")) in \(collection.calls.of("call")); "
          + "\(collection.queries.count { $0.status == .complete }) of \(collection.queries.count) queries complete",
      ],
      json: ["output": .string(output), "events": .string(output + "/events"), "totals": collection.totals],
      caveats: collection.caveats, failure: collection.isUsable ? nil : .unavailable)
  }
}
