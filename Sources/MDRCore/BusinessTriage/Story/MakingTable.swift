/// Something that a call made or destroyed, by what tells it from others.
struct MadeThing: Hashable, Comparable, Sendable {
  var account: String
  /// Empty where the name is one thing's alone in the whole account.
  var region: String
  var kind: String
  var name: String

  static func < (one: MadeThing, other: MadeThing) -> Bool {
    (one.account, one.region, one.kind, one.name) < (other.account, other.region, other.kind, other.name)
  }
}

/// The reviewed table of calls that make a thing, destroy it, or give its name to another.
struct MakingTable: Sendable {
  enum Verb: String, Sendable {
    case makes, destroys, renames
  }

  private struct Row: Sendable {
    var kind: String
    var isRegional: Bool
    var verb: Verb
    /// Of the request, with the thing's name.
    var member: String
    /// The region in which the call's success tells nothing.
    var excepted: String?
  }

  private let rows: [String: Row]
  /// The events' names without their services: most observations have none of them.
  private let names: Set<String>

  init() {
    var rows: [String: Row] = [:]
    var names: Set<String> = []
    for row in Content.table("business-triage/references/makings.tsv") {
      guard let verb = row["verb"].flatMap(Verb.init), let member = row["member"], let kind = row["kind"],
        let event = row["event"], let colon = event.firstIndex(of: ":")
      else { continue }
      let name = String(event[event.index(after: colon)...])
      names.insert(name)
      rows[event[..<colon] + ".amazonaws.com:" + name] = Row(
        kind: kind, isRegional: row["reach"] == "region", verb: verb, member: member,
        excepted: row["not_in"].flatMap { $0.isEmpty ? nil : $0 })
    }
    self.rows = rows
    self.names = names
  }

  /// What a call that took effect did to a thing that its request names.
  struct Deed: Sendable {
    let verb: Verb
    /// Without its name.
    let unnamed: MadeThing
    /// The member of the request that has the name.
    let member: String

    /// The thing by its name; `nil` where the request has none.
    func thing(of observation: Observation) -> MadeThing? {
      let path = FactPath(.request, [.key(member)])
      return EventFacts(observation).values(at: path, element: nil).first?.string.map(thing)
    }

    /// The thing of a name.
    func thing(_ name: String) -> MadeThing {
      var thing = unnamed
      thing.name = name
      return thing
    }
  }

  /// What a call that took effect did; `nil` for calls that the table doesn't have.
  func deed(_ observation: Observation) -> Deed? {
    guard names.contains(observation.eventName), observation.outcome == .success,
      observation.eventTime.isKnown, let row = rows[observation.event],
      row.excepted != observation.region
    else { return nil }
    let region = row.isRegional ? observation.region : ""
    return Deed(
      verb: row.verb,
      unnamed: MadeThing(account: observation.accountID, region: region, kind: row.kind, name: ""),
      member: row.member)
  }
}
