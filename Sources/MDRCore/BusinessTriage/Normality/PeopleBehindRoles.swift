/// Which people were behind each role in each account of a baseline.
///
/// An actor's counts are the role's: beside a person's name they would read as that person's.
struct PeopleBehindRoles: Sendable {
  private struct Key: Hashable, Sendable {
    var account: String
    var actor: String
  }

  private let lanes: [Lane]
  /// The positions of the lanes that name people.
  private var positions: [Key: [Int]] = [:]

  init(_ baseline: Baseline?) {
    lanes = baseline?.lanes ?? []
    for (position, lane) in lanes.enumerated() where lane.namesPeople {
      positions[Key(account: lane.key.account, actor: lane.key.actor), default: []].append(position)
    }
  }

  /// How often the person behind an observation was seen behind its role in the account, with the event and from the
  /// source; `nil` where no role stands between the two, or the baseline names nobody behind it.
  func sentence(for observation: Observation) -> String? {
    guard observation.isOfSharedRole, let person = observation.identity.person,
      let positions = positions[Key(account: observation.accountID, actor: observation.actor)]
    else { return nil }
    var own = (all: 0, event: 0, source: 0)
    var others: Set<String> = []
    var isCut = false
    for lane in positions.lazy.map({ lanes[$0] }) {
      let people = lane.people
      isCut = isCut || people.omittedValues > 0
      for name in people.counts.keys where name != person { others.insert(name) }
      guard let count = people.counts[person] else { continue }
      own.all += count
      if lane.key.event == observation.event { own.event += count }
      if lane.key.source == observation.source { own.source += count }
    }
    let (who, role) = ("\(code: person)", "\(code: observation.actor)")
    guard own.all > 0 else {
      return isCut
        ? "\(who) is not among the people whom the baseline lists behind \(role) in this account; it doesn't list all."
        : "Of the role's calls none is this person's: \(who) was never behind \(role) in this account, \(others.count.of("other person was", "others were"))."
    }
    let listed = isCut ? " of those that the baseline lists by person" : ""
    return
      "Of the role's calls in this account \(who) made \(own.all)\(listed): \(own.event == 0 ? "none" : "\(own.event)") \(observation.eventName), \(own.source == 0 ? "none" : "\(own.source)") from \(code: observation.source)\(others.isEmpty ? "; nobody else took it" : "")."
  }
}

extension Observation {
  /// Whether the actor is a role and the log names the person who took it: what is known of one isn't of the other.
  var isOfSharedRole: Bool {
    identity.person != nil && (actor.hasPrefix("role:") || actor.hasPrefix("sso:"))
  }

  /// Whom the actor's counts are of, as a sentence's subject.
  var doer: String { isOfSharedRole ? "this role, whoever takes it," : "this actor" }
}
