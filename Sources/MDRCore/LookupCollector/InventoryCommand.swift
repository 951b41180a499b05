import Foundation

/// `lookup-collector inventory`: what the accounts hold, through the AWS CLI.
enum InventoryCommand {
  /// The command, for the tool; the options are those of `collect` that fit.
  static func command(
    regions: Option<[String]>, profile: Option<String?>, accounts: Option<String?>, aws: Option<String?>,
    maxCalls: Option<Int>, pace: Option<Int>, withTimes: Option<Bool>, output: Option<String?>
  ) -> Command {
    Command(
      "inventory", "asks what the accounts hold: addresses, resources, security services; reads only",
      options: [
        regions.declaration, profile.declaration, accounts.declaration, aws.declaration, maxCalls.declaration,
        pace.declaration, withTimes.declaration, output.declaration,
      ]
    ) { arguments, console in
      let path = try arguments.required(output)
      let names = try CollectionRequest.names(
        arguments(regions), option: "--regions", example: "us-east-1,eu-west-1")
      let list = try arguments(accounts).map(CollectedAccount.read(file:)) ?? []
      let program = try AWSProgram(arguments(aws) ?? "aws")
      let existing = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      guard existing.isEmpty else {
        throw CommandError(
          .cannotWrite, "\(path) holds files, perhaps an earlier inventory",
          mend: "choose an --output that is empty or does not exist")
      }
      let folder = try ArtifactFolder(path)
      var collector = try InventoryCollector(
        regions: names, profile: arguments(profile), program: program, callsPerSecond: arguments(pace),
        maxCalls: arguments(maxCalls), writesTimes: arguments(withTimes), folder: folder, console: console)
      do {
        try collector.run(list)
      } catch {
        // Before the first answer there is nothing to keep, and the same line can be given again after the mend.
        if collector.made == 0 { try? FileManager.default.removeItem(atPath: path) }
        throw error
      }
      return try finish(collector.collection, folder)
    }
  }

  private static func finish(
    _ collection: InventoryCollection, _ folder: ArtifactFolder
  ) throws(CommandError) -> CommandOutcome {
    try folder.write("inventory.json", collection.json.prettyText)
    try folder.write("inventory.md", collection.notes.rendered)
    try folder.write(FileSums.name, try FileSums(of: folder.path).text)
    let answers = collection.calls.count { $0.path != nil }
    return CommandOutcome(
      summary: [
        folder.path, folder.path + "/inventory.md",
        "\(answers.of("answer")) to \(collection.calls.count.of("call"))",
      ],
      json: ["output": .string(folder.path), "totals": collection.totals], caveats: collection.caveats,
      failure: answers > 0 ? nil : .unavailable)
  }
}
