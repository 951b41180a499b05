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
    var path: FactPath
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
        kind: kind, isRegional: row["reach"] == "region", verb: verb,
        path: FactPath(.request, [.key(member)]))
    }
    self.rows = rows
    self.names = names
  }

  /// Whether the table has an observation's event.
  func has(_ observation: Observation) -> Bool {
    names.contains(observation.eventName) && rows[observation.event] != nil
  }

  /// What a call that took effect did to which thing.
  func deed(_ observation: Observation) -> (verb: Verb, thing: MadeThing)? {
    guard names.contains(observation.eventName), observation.outcome == .success,
      observation.eventTime.isKnown, let row = rows[observation.event],
      let name = EventFacts(observation).values(at: row.path, element: nil).first?.string
    else { return nil }
    return (
      row.verb,
      MadeThing(
        account: observation.accountID, region: row.isRegional ? observation.region : "", kind: row.kind,
        name: name)
    )
  }
}
