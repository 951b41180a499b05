import Foundation

/// `lookup-collector`: events through the AWS CLI.
package enum CollectCommand {
  static let regions = Option<[String]>.list(
    "--regions", "R1,R2", help: "regions to ask; IAM records in us-east-1")
  private static let events = Option<[String]>.list("--events", "E1,E2", help: "event names to ask for")
  private static let since = Option<Timestamp?>.time("--since", help: "start of the window, in UTC")
  private static let until = Option<Timestamp?>.time("--until", help: "end of the window, in UTC")
  static let profile = Option<String?>.optional("--profile", "P", help: "profile of the AWS CLI")
  static let accounts = Option<String?>.optional(
    "--accounts", "FILE",
    help: "lines of 111122223333,arn:aws:iam::111122223333:role/NAME; without it the profile's own account")
  static let aws = Option<String?>.optional("--aws", "PROGRAM", help: "the AWS CLI (aws)")
  static let maxCalls = Option<Int>.number(
    "--max-calls", in: 0...10_000_000, default: 0,
    help: "stop after so many calls, which is a caveat; 0 never stops")
  static let pace = Option<Int>.number(
    "--calls-per-second", in: 1...50, default: 2, help: "in each account and region; AWS allows two")
  static let withTimes = Option<Bool>.flag(
    "--with-times", help: "write the time of each call into the ledger")
  private static let asOf = Option<Timestamp?>.time(
    "--as-of", help: "count LookupEvents' ninety days back from here instead of from now")
  static let output = Option<String?>.optional(
    "--output", "DIR", help: "folder of the collection, new or empty")

  /// The tool.
  package static let tool = Tool(
    "lookup-collector", "CloudTrail events through the user's own AWS CLI, with a ledger of every call",
    commands: [
      Command(
        "collect", "asks LookupEvents for event names, in accounts and regions, over a window",
        options: [
          regions.declaration, events.declaration, since.declaration, until.declaration, profile.declaration,
          accounts.declaration, aws.declaration, maxCalls.declaration, pace.declaration,
          withTimes.declaration,
          asOf.declaration, output.declaration,
        ]
      ) { arguments, console in
        guard let from = try arguments(since), let to = try arguments(until) else {
          throw CommandError.usage("--since and --until are needed", mend: "add --since TIME --until TIME")
        }
        let folder = try arguments.required(output)
        let moment = try arguments(asOf)
        let request = try CollectionRequest(
          accounts: try arguments(accounts).map(CollectedAccount.read(file:)) ?? [],
          regions: arguments(regions), events: arguments(events), since: from, until: to,
          profile: arguments(profile),
          asOf: moment ?? Timestamp(seconds: Int(Date().timeIntervalSince1970)), isLive: moment == nil,
          maxCalls: arguments(maxCalls), callsPerSecond: arguments(pace), writesTimes: arguments(withTimes))
        return try request.collect(
          with: AWSProgram(arguments(aws) ?? "aws"), into: folder, console: console)
      },
      InventoryCommand.command,
    ]
  )
}
