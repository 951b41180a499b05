extension CollectionRequest {
  /// Collects into a new folder; what arrives is on disk at once, whatever happens next.
  package func collect(with program: AWSProgram, into output: String, console: Console) throws(CommandError)
    -> CommandOutcome
  {
    let new = try NewFolder(output, earlier: "collection, which can't be made again")
    let folder = new.folder
    var collector = try Collector(self, program: program, folder: output, console: console)
    do throws(CommandError) {
      try collector.run()
    } catch {
      if collector.collection.calls == 0 { new.empty() }
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
          + "\(collection.queries.count { $0.status == .complete }) of \(collection.queries.count.of("query", "queries")) complete",
      ],
      json: ["output": .string(output), "events": .string(output + "/events"), "totals": collection.totals],
      caveats: collection.caveats, failure: collection.isUsable ? nil : .unavailable)
  }
}
