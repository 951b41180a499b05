/// `lookup-collector inventory`: what the accounts hold, through the AWS CLI.
enum InventoryCommand {
  private typealias Shared = CollectCommand

  /// The command, for the tool; the options are those of `collect` that fit.
  static let command =
    Command(
      "inventory", "asks what the accounts hold: addresses, resources, security services; reads only",
      options: [
        Shared.regions.declaration, Shared.profile.declaration, Shared.accounts.declaration,
        Shared.aws.declaration, Shared.maxCalls.declaration, Shared.pace.declaration,
        Shared.withTimes.declaration, Shared.output.declaration,
      ]
    ) { arguments, console in
      let path = try arguments.required(Shared.output)
      let names = try CollectionRequest.names(
        arguments(Shared.regions), option: "--regions", example: "us-east-1,eu-west-1")
      let list = try arguments(Shared.accounts).map(CollectedAccount.read(file:)) ?? []
      let program = try AWSProgram(arguments(Shared.aws) ?? "aws")
      let new = try NewFolder(path, earlier: "inventory")
      let folder = new.folder
      let request = try InventoryRequest(
        regions: names, profile: arguments(Shared.profile), maxCalls: arguments(Shared.maxCalls),
        callsPerSecond: arguments(Shared.pace), writesTimes: arguments(Shared.withTimes))
      var collector = try InventoryCollector(request, program: program, folder: folder, console: console)
      do {
        try collector.run(list)
      } catch {
        if collector.made == 0 { new.empty() }
        throw error
      }
      return try finish(collector.collection, folder)
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
