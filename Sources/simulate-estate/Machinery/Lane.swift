/// One API call of an operation, with templates for what differs each time.
struct Call: Sendable {
  let service: String
  let name: String
  let request: Template?
  let response: Template?
  var caller: Principal?
  /// The service that makes the call with the caller's credentials.
  var via: String?
  var resources: Template?
  var additional: Template?
  var serviceDetails: Template?
  var kind = Kind.api
  var region: String?
  var error: Failure?
  /// Seconds since the call before.
  var gap = 1...8

  enum Kind: String, Sendable {
    case api = "AwsApiCall"
    case service = "AwsServiceEvent"
    case signIn = "AwsConsoleSignIn"
  }

  /// A refused or failed call.
  struct Failure: Sendable {
    let code: String
    let message: Template
  }

  init(_ service: String, _ name: String, _ request: Template? = nil, response: Template? = nil) {
    self.service = service
    self.name = name
    self.request = request
    self.response = response
  }

  var isReadOnly: Bool {
    if kind != .api { return false }
    let reading = [
      "Describe", "Get", "List", "Lookup", "AssumeRole", "Decrypt", "GenerateDataKey", "Head", "Search",
    ]
    return reading.contains { name.hasPrefix($0) }
  }

  func by(_ caller: Principal) -> Call { with { $0.caller = caller } }
  func via(_ service: String) -> Call { with { $0.via = service } }
  func on(_ resources: Template) -> Call { with { $0.resources = resources } }
  func after(_ gap: ClosedRange<Int>) -> Call { with { $0.gap = gap } }
  func `in`(_ region: String) -> Call { with { $0.region = region } }
  func failing(_ code: String, _ message: Template) -> Call {
    with { $0.error = Failure(code: code, message: message) }
  }
  func with(_ change: (inout Call) -> Void) -> Call {
    var copy = self
    change(&copy)
    return copy
  }
}

/// When a lane runs, in UTC.
struct Rhythm: Sendable {
  let runs: ClosedRange<Int>
  let hours: ClosedRange<Int>
  let days: Days
  /// Whether `--scale` multiplies the runs; rotations and nightly jobs stay as they are.
  let grows: Bool

  enum Days: Sendable {
    case every
    /// Weekends run at a third.
    case quietWeekends
    case weekdays
    /// On this many of a hundred weekdays.
    case someWeekdays(percent: Int)
    /// Sunday is 0.
    case weekly(on: Int)
    case monthly(on: Int)
    case firstReviewDay
    case everyReviewDay
  }

  static func steady(_ runs: ClosedRange<Int>, hours: ClosedRange<Int> = 0...22, days: Days = .quietWeekends)
    -> Rhythm
  {
    Rhythm(runs: runs, hours: hours, days: days, grows: true)
  }

  static func fixed(_ runs: ClosedRange<Int> = 1...1, hours: ClosedRange<Int>, days: Days) -> Rhythm {
    Rhythm(runs: runs, hours: hours, days: days, grows: false)
  }
}

/// A recurring business operation: who does what, in which accounts, how often, and how it should be judged.
struct Lane: Sendable {
  let name: String
  /// Accounts with this trait take part.
  let trait: String
  let region: String?
  let principal: Principal
  let rhythm: Rhythm
  /// How many times the calls repeat within a run.
  let repeats: ClosedRange<Int>
  let judgement: Judgement
  let calls: [Call]

  init(
    _ name: String, in trait: String, region: String? = nil, by principal: Principal, _ rhythm: Rhythm,
    repeats: ClosedRange<Int> = 1...1, judgement: Judgement = .routine, _ calls: [Call]
  ) {
    self.name = name
    self.trait = trait
    self.region = region
    self.principal = principal
    self.rhythm = rhythm
    self.repeats = repeats
    self.judgement = judgement
    self.calls = calls
  }
}

/// How an operation of the review window should come out.
struct Judgement: Sendable {
  enum Position: String, Sendable {
    case normalLowRisk = "normal_low_risk"
    case normalHighResidualRisk = "normal_high_residual_risk"
    case abnormalHighRisk = "abnormal_high_risk"
    case unknown = "unknown_needs_evidence"
  }

  let position: Position
  let severities: [String]
  /// The smallest set of dimensions in which the operation differs from a lane of the baseline.
  var newDimensions: [String] = []
  var risk: String?
  /// What happened, for people; the lane's name when it says enough.
  var story: String?

  static let routine = Judgement(position: .normalLowRisk, severities: ["informational", "low"])

  static func residual(_ risk: String, severities: [String] = ["medium", "high"], _ story: String)
    -> Judgement
  {
    Judgement(position: .normalHighResidualRisk, severities: severities, risk: risk, story: story)
  }

  static func abnormal(
    _ risk: String, _ severities: [String], new: [String], _ story: String
  ) -> Judgement {
    Judgement(
      position: .abnormalHighRisk, severities: severities, newDimensions: new, risk: risk, story: story)
  }

  static func unknown(_ risk: String, _ severities: [String] = ["medium"], new: [String], _ story: String)
    -> Judgement
  {
    Judgement(position: .unknown, severities: severities, newDimensions: new, risk: risk, story: story)
  }
}

/// A customer: accounts, names, networks, what goes on every day, and what happens in the review window.
struct Profile: Sendable {
  let name: String
  let slugs: [String]
  let accounts: [AccountPlan]
  /// The trait set of accounts beyond the profile's own.
  let workloadTraits: Set<String>
  let networks: [CorporateNetwork]
  let managementAccount: String
  let rotationRoles: [String]
  let partners: [String]
  let crownJewels: [String]
  let lanes: [Lane]
  private(set) var stories: [Lane]

  /// The same customer in a quiet time: nothing is injected, only the usual churn goes on.
  var withoutStories: Profile {
    var copy = self
    copy.stories = []
    return copy
  }

  func accountPlans(count: Int) -> [AccountPlan] {
    accounts
      + (accounts.count..<max(count, accounts.count)).map { index in
        AccountPlan("workload-\(index + 1)", "application workload", traits: workloadTraits)
      }
  }
}

/// A network that the customer declares as its own.
struct CorporateNetwork: Sendable {
  let name: String
  let cidrs: [String]
  /// The addresses that people come from.
  let addresses: [String]
}
