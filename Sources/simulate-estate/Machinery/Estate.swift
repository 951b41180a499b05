import MDRCore

/// One AWS account: what it is for, where it works, and which lanes it takes part in.
struct Account: Sendable {
  let name: String
  let purpose: String
  let id: String
  let region: String
  let traits: Set<String>
  /// How many days before the cut-off the account was opened; `nil` when it was there all along.
  let openedDaysAgo: Int?
  /// How much happens here, compared with other accounts.
  let size: Int
  let index: Int

  /// Whether the account exists on a day.
  func exists(on day: Int) -> Bool { openedDaysAgo.map { day >= EstateCalendar.cutOff - $0 } ?? true }
}

/// What a profile says of an account, before a seed gives it an id.
struct AccountPlan: Sendable {
  let name: String
  let purpose: String
  let region: String
  let traits: Set<String>
  let openedDaysAgo: Int?
  let size: Int

  init(
    _ name: String, _ purpose: String, region: String = "us-east-1", traits: Set<String>,
    openedDaysAgo: Int? = nil, size: Int = 1
  ) {
    self.name = name
    self.purpose = purpose
    self.region = region
    self.traits = traits
    self.openedDaysAgo = openedDaysAgo
    self.size = size
  }
}

/// The accounts, names and calendar of one run.
struct Estate: Sendable {
  let profile: Profile
  let seed: UInt64
  let slug: String
  let organization: String
  let accounts: [Account]
  let calendar: EstateCalendar
  /// How often lanes run, in profiles with a volume.
  let schedule: Schedule?

  init(options: EstateOptions) throws(CommandError) {
    var profile = options.profile
    if !options.hasDeviations { profile.stories = [] }
    self.profile = profile
    seed = UInt64(options.seed)
    let calendar = EstateCalendar(baselineDays: options.days, reviewDays: options.reviewDays)
    self.calendar = calendar
    var random = SeededGenerator(seed: UInt64(options.seed), "estate")
    slug = profile.slugs[random.below(profile.slugs.count)]
    organization =
      "o-"
      + String(decoding: random.characters(10, from: "abcdefghijklmnopqrstuvwxyz0123456789"), as: UTF8.self)
    var ids: Set<String> = []
    let accounts = profile.accountPlans(count: options.accounts).enumerated().map { index, plan in
      // Six leading zeros: recognisably invented, and a trap for readers that take an id for a number.
      var id: String
      repeat {
        id = "000000" + String(decoding: random.characters(6, from: "0123456789"), as: UTF8.self)
      } while !ids.insert(id).inserted
      return Account(
        name: plan.name, purpose: plan.purpose, id: id, region: plan.region, traits: plan.traits,
        openedDaysAgo: plan.openedDaysAgo, size: plan.size, index: index)
    }
    self.accounts = accounts
    guard let events = options.events else {
      schedule = nil
      return
    }
    schedule = try Schedule(
      profile: profile, accounts: accounts, calendar: calendar, seed: UInt64(options.seed), events: events)
  }

  func account(named name: String) -> Account? { accounts.first { $0.name == name } }

  /// The account id of an outsider, stable for the seed.
  func outsider(_ name: String) -> String {
    var random = SeededGenerator(seed: seed, "outsider", name)
    return "000001" + String(decoding: random.characters(6, from: "0123456789"), as: UTF8.self)
  }
}

/// Fixed dates: the review window begins on 1 April 2026, whatever the sizes; no clock is read.
struct EstateCalendar: Sendable {
  /// 2026-04-01, a Wednesday, as days since 1970.
  static let cutOff = 20_544

  let baselineDays: Int
  let reviewDays: Int

  var days: Range<Int> { Self.cutOff - baselineDays..<Self.cutOff + reviewDays }
  var since: Timestamp { .startOfDay(days.lowerBound) }
  var reviewSince: Timestamp { .startOfDay(Self.cutOff) }
  var until: Timestamp { .startOfDay(days.upperBound) }

  func isReview(_ day: Int) -> Bool { day >= Self.cutOff }

  /// Sunday is 0; 1 January 1970 was a Thursday.
  static func weekday(_ day: Int) -> Int { (day + 4) % 7 }
}

extension Timestamp {
  /// The moment as `Apr 1, 2026, 1:02:03 AM`, the way STS and IAM responses have it.
  var spelledOut: String {
    let text = iso8601
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let month = months[(Int(text.dropFirst(5).prefix(2)) ?? 1) - 1]
    let dayOfMonth = Int(text.dropFirst(8).prefix(2)) ?? 1
    let half = hour < 12 ? "AM" : "PM"
    let twelve = hour % 12 == 0 ? 12 : hour % 12
    return "\(month) \(dayOfMonth), \(text.prefix(4)), \(twelve):\(text.dropFirst(14).prefix(5)) \(half)"
  }
}
