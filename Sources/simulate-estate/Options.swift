import MDRCore

/// What the command line asks for.
struct EstateOptions: Sendable {
  static let output = Option<String?>.optional(
    "--output", "DIR", help: "directory to fill; created if missing")
  static let seed = Option<Int>.number(
    "--seed", in: 0...Int(Int32.max), default: 1,
    help: "same seed, same bytes; another seed, other ids, names and times")
  static let days = Option<Int>.number(
    "--days", in: 1...730, default: 90, help: "days of business as usual before 2026-04-01")
  static let reviewDays = Option<Int>.number(
    "--review-days", in: 1...30, default: 1, help: "days of the review window, from 2026-04-01 on")
  static let scale = Option<Int>.number(
    "--scale", in: 1...100_000, default: 1, help: "multiplies the volume of the recurring lanes")
  static let accounts = Option<Int>.number(
    "--accounts", in: Profile.mixed.accounts.count...5_000, default: Profile.mixed.accounts.count,
    help: "accounts; those above the profile's own are plain workload accounts")

  static let noDeviations = Option<Bool>.flag(
    "--no-deviations", help: "business as usual throughout: no injected operation, only churn")

  let output: String
  let seed: Int
  let days: Int
  let reviewDays: Int
  let accounts: Int
  let scale: Int
  let hasDeviations: Bool
  let jobs: Int

  init(_ arguments: Arguments) throws(CommandError) {
    output = try arguments.required(Self.output)
    seed = try arguments(Self.seed)
    days = try arguments(Self.days)
    reviewDays = try arguments(Self.reviewDays)
    accounts = try arguments(Self.accounts)
    scale = try arguments(Self.scale)
    hasDeviations = try !arguments(Self.noDeviations)
    jobs = try arguments(Arguments.jobs)
  }

  static let declarations = [
    output.declaration, seed.declaration, days.declaration, reviewDays.declaration, accounts.declaration,
    scale.declaration, noDeviations.declaration, Arguments.jobs.declaration,
  ]
}
