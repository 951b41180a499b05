import MDRCore

/// What the command line asks for.
struct EstateOptions: Sendable {
  static let output = Option<String?>.optional(
    "--output", "DIR", help: "directory to fill; created if missing")
  static let profile = Option<String?>.optional(
    "--profile", "NAME",
    help:
      "the customer: mixed (a bit of everything, the default), atlas (78 accounts, automation-heavy) or beacon "
      + "(6 accounts, service-heavy)")
  static let seed = Option<Int>.number(
    "--seed", in: 0...Int(Int32.max), default: 1,
    help: "same seed, same bytes; another seed, other ids, names and times")
  static let days = Option<Int>.number(
    "--days", in: 1...730, default: 90, help: "days of business as usual before 2026-04-01")
  static let reviewDays = Option<Int>.number(
    "--review-days", in: 1...30, default: 1, help: "days of the review window, from 2026-04-01 on")
  static let noDeviations = Option<Bool>.flag(
    "--no-deviations", help: "usual business in the review window too, and nothing else")
  static let events = Option<Int>.number(
    "--events", in: 0...1_000_000_000, default: 0,
    help: "events before the review window, exactly; without it, 42258 (atlas) or 357233 (beacon) in 90 days")
  static let scale = Option<Int>.number(
    "--scale", in: 1...100_000, default: 1, help: "multiplies the volume of the recurring lanes")
  static let accounts = Option<Int>.number(
    "--accounts", in: 0...5_000, default: 0,
    help: "accounts; those above the profile's own are plain workload accounts")

  let output: String
  let profile: Profile
  let seed: Int
  let days: Int
  let reviewDays: Int
  let hasDeviations: Bool
  let accounts: Int
  let scale: Int
  /// Events before the review window, where the profile has a volume.
  let events: Int?
  let jobs: Int

  init(_ arguments: Arguments) throws(CommandError) {
    output = try arguments.required(Self.output)
    let name = try arguments(Self.profile) ?? Profile.mixed.name
    guard let profile = Profile.all.first(where: { $0.name == name }) else {
      throw .usage(
        "--profile \(name) is not usable",
        mend: "give \(Profile.all.map(\.name).joined(separator: ", "))")
    }
    self.profile = profile
    seed = try arguments(Self.seed)
    days = try arguments(Self.days)
    reviewDays = try arguments(Self.reviewDays)
    hasDeviations = try !arguments(Self.noDeviations)
    let least = profile.accounts.count
    let asked = try arguments(Self.accounts)
    guard asked == 0 || asked >= least else {
      throw .usage("--accounts \(asked) is not usable", mend: "\(name) has at least \(least)")
    }
    accounts = max(asked, least)
    scale = try arguments(Self.scale)
    let wanted = try arguments(Self.events)
    if let volume = profile.volume {
      guard wanted == 0 || scale == 1 else {
        throw .usage("--events and --scale both say how much", mend: "give one of them")
      }
      events = wanted > 0 ? wanted : volume * scale * days / 90
    } else {
      guard wanted == 0 else {
        throw .usage("--events goes with atlas and beacon", mend: "give --scale with \(name)")
      }
      events = nil
    }
    jobs = try arguments(Arguments.jobs)
  }

  static let declarations = [
    output.declaration, profile.declaration, seed.declaration, days.declaration, reviewDays.declaration,
    noDeviations.declaration, accounts.declaration, events.declaration, scale.declaration,
    Arguments.jobs.declaration,
  ]
}
