/// Who made what in the review, and the day before it.
struct Makings: Sendable {
  /// One call that made a thing, or gave its name to another.
  struct Making: Sendable {
    var thing: MadeThing
    var isRename: Bool
    var time: Timestamp
    var actor: String
    var principal: String
    var principalAccount: String

    /// What an observation made; `nil` for one that made nothing that the table knows.
    init?(_ observation: Observation, _ table: MakingTable) {
      guard let deed = table.deed(observation), let thing = deed.thing(of: observation) else { return nil }
      self.init(thing, observation, deed)
    }

    /// That a thing was made as an observation made its like.
    init?(_ thing: MadeThing, _ observation: Observation, _ deed: MakingTable.Deed) {
      guard deed.verb != .destroys else { return nil }
      self.thing = thing
      isRename = deed.verb == .renames
      time = observation.eventTime
      actor = observation.actor
      principal = observation.identity.person ?? observation.actor
      principalAccount = observation.actorAccountID
    }
  }

  /// How long a thing may have lived so that its own maker's destroying it takes nothing from the business, in seconds.
  private static let lifetime = 24 * 3_600
  /// Beyond this many nothing is weighed by them: which ones were kept would hang on the order of the records.
  private static let limit = 200_000

  private var makings: [MadeThing: [Making]] = [:]
  private var count = 0
  /// Automation that makes roles in an account by its baseline.
  private let roleMakers: Set<String>

  init(_ baseline: Baseline?) {
    roleMakers = Set(
      (baseline?.lanes ?? []).lazy.filter { lane in
        lane.key.event == "iam.amazonaws.com:CreateRole"
          && [.deploymentAutomation, .buildServer].contains(lane.archetype)
          && (lane.standing == .established || lane.approval != nil)
      }.map { Self.maker($0.key.actor, $0.key.account) })
  }

  mutating func add(_ making: Making) {
    count += 1
    if count <= Self.limit { makings[making.thing, default: []].append(making) } else { makings = [:] }
  }

  /// The operation, weighing less where what is grave in it is explained by who made what.
  func weighed(_ operation: Operation) -> Operation {
    let gravity = operation.gravity
    guard operation.lead.decision.severity >= .high, !gravity.hasOther,
      gravity.destroyed.allSatisfy({ isOwn($0.key, $0.value, operation.lead.observation) })
    else { return operation }
    let role = gravity.hasSensitiveChange ? roleMaking(operation.lead.observation) : nil
    guard !gravity.hasSensitiveChange || role != nil else { return operation }
    var sentences: [String] = []
    if let thing = gravity.destroyed.keys.min() {
      let more = gravity.destroyed.count > 1 ? " and \(gravity.destroyed.count - 1) more" : ""
      sentences.append(
        "What was destroyed, \(thing.kind) \(code: thing.name)\(more), the same principal had made less than a day before: the business loses nothing older."
      )
    }
    if let role {
      sentences.append(
        "The role is new: \(code: role.actor), which makes roles here by the baseline, made it at \(role.time.iso8601)."
      )
    }
    var operation = operation
    operation.lessen(sentences, isExplained: gravity.destroyed.isEmpty)
    return operation
  }

  /// Whether a principal made a thing as often as it destroyed it, each time within a day, and nothing else got its
  /// name.
  private func isOwn(
    _ thing: MadeThing, _ destroyed: Operation.Destruction, _ destroyer: Observation
  ) -> Bool {
    let principal = destroyer.identity.person ?? destroyer.actor
    let earliest = destroyed.last.adding(-Self.lifetime)
    let known = (makings[thing] ?? []).filter { $0.time >= earliest && $0.time <= destroyed.last }
    return known.count >= destroyed.count && known.contains { $0.time <= destroyed.first }
      && known.allSatisfy { making in
        !making.isRename && making.principal == principal
          && making.principalAccount == destroyer.actorAccountID
      }
  }

  /// How automation that makes roles here made the role behind an observation, before it was used.
  private func roleMaking(_ observation: Observation) -> Making? {
    let identity = observation.identity
    guard identity.person == nil, !identity.archetype.isHuman, identity.archetype != .externalAccount,
      observation.actorAccountID == observation.accountID,
      let parts = identity.arn?.split(separator: "/"), parts.count == 3, parts[0].hasSuffix(":assumed-role")
    else { return nil }
    let thing = MadeThing(
      account: observation.accountID, region: "", kind: "role", name: String(parts[1]))
    return makings[thing]?.filter { making in
      making.time <= observation.eventTime
        && making.actor != observation.actor
        && roleMakers.contains(Self.maker(making.actor, making.thing.account))
    }.min { ($0.time, $0.actor) < ($1.time, $1.actor) }
  }

  private static func maker(_ actor: String, _ account: String) -> String { account + " " + actor }
}
