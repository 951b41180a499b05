/// Says in sentences, with the baseline's numbers, why an operation differs or does not.
struct Difference {
  let assessment: Assessment
  /// What the baseline is made of around the operation; `nil` without a baseline.
  var surroundings: Surroundings?

  private var observation: Observation { assessment.observation }

  /// What is said of every operation of a run without a baseline.
  static let withoutBaseline = "No baseline was given: whether this is normal here is unknown."

  /// What is said of a tuple that the baseline doesn't have, behind what is new in it.
  static let newTuple = "New account/actor/event/source/region tuple."

  /// The sentences, the plainest first.
  var sentences: [String] {
    guard let comparison = assessment.comparison else {
      return [Self.withoutBaseline] + overrideSentences
    }
    var sentences: [String] = []
    switch comparison.normality {
    case .established: sentences += established(comparison)
    case .variant, .firstSeen: sentences += departures(comparison)
    case .undetermined: sentences += undetermined(comparison) + departures(comparison)
    }
    sentences += comparison.wandering.map { [$0.sentence] } ?? []
    sentences += overrideSentences
    sentences += surroundings?.sentences(assessment, comparison) ?? []
    return sentences + [SubsetCounts(comparison.counts, exact: comparison.priorObservations).sentence]
  }

  private func established(_ comparison: Comparison) -> [String] {
    guard let lane = comparison.exact else { return [] }
    var sentences = [
      "This exact account/actor/event/source/region tuple was seen \(lane.count.times) on "
        + "\(lane.days.count.of("day")) of the baseline, \(lane.firstSeen.days(to: lane.lastSeen))."
    ]
    if let cadence = lane.cadence {
      sentences.append(
        "The lane keeps a beat: \(cadence.title)"
          + (comparison.isOnBeat.map { $0 ? "; this run was due." : "; this run was not due then." } ?? "."))
    }
    sentences += LaneLikeness(observation: observation, lane: lane).sentences
    if lane.peerAccounts > 0 {
      sentences.append(
        "It is young here, and stands on \(lane.peerAccounts) other accounts in which this actor does the same."
      )
    }
    if lane.hangsOnOneDay {
      sentences.append("It is established by no more than what is asked for: any one day less would undo it.")
    }
    if let approval = comparison.approval {
      sentences.append(
        "Approved by \(approval.owner), ticket \(approval.ticket), until \(approval.expires.date): it stays visible."
      )
    }
    return sentences
  }

  private func undetermined(_ comparison: Comparison) -> [String] {
    if let gap = assessment.gap {
      return [
        "The baseline could not read everything \(gap.place), so that what looks new may have gone unread: \(gap.text)."
      ]
    }
    // The sentence about networks says why it can't tell.
    if comparison.wandering?.hidesStrangers(observation) == true { return [] }
    guard let account = comparison.account else {
      return ["The baseline's window is too short to call anything new."]
    }
    return [
      "The baseline knows account \(account.id) since \(account.firstSeen.date) only, on \(account.daysObserved.of("day")): too thin to tell."
    ]
  }

  private func departures(_ comparison: Comparison) -> [String] {
    let dimensions = comparison.newDimensions
    if dimensions.isEmpty {
      guard let exact = comparison.exact else { return [] }
      return [
        "The tuple was seen before, \(comparison.priorObservations.times) on \(exact.days.count.of("day")), but this outcome does not recur in it."
      ]
    }
    let sentences = dimensions.map { departure($0, comparison) }
    if let approval = comparison.approval {
      return sentences + [
        "The tuple is approved by \(approval.owner), ticket \(approval.ticket), until \(approval.expires.date): for the resources and people that the baseline has of it, and no more."
      ]
    }
    if let exact = comparison.exact, exact.vouches(for: observation.outcome) {
      return sentences + [
        "The lane itself is established, \(exact.count.seen) on \(exact.days.count.of("day")): for what it did then, and no more."
      ]
    }
    return sentences + [
      comparison.priorObservations > 0
        ? "The exact tuple was seen \(comparison.priorObservations.times), too seldom or too recently to be a lane."
        : Self.newTuple
    ]
  }

  private func departure(_ dimension: Dimension, _ comparison: Comparison) -> String {
    let counts = comparison.counts
    let actorAndEvent = counts["actor×event"] ?? 0
    let accountAndEvent = counts["account×event"] ?? 0
    switch dimension {
    case .account:
      let peers = surroundings?.peers(comparison) ?? "in \(comparison.accountsWithActorAndEvent) accounts"
      let here = comparison.counts["account×actor×event"] ?? 0
      return comparison.accountsWithActorAndEvent > 0
        ? "New account: \(observation.doer) makes this call \(peers), \(actorAndEvent.times), \(here == 0 ? "never" : "only \(here.times)") in this one; the baseline has not approved this path."
        : "New account: the baseline has no such lane in it."
    case .source:
      if let own = seen(["actor", "event", "source"], comparison) {
        return
          "Source that is no habit yet: \(observation.isOfSharedRole ? "\(observation.doer) made this call" : "actor and event were seen") \(actorAndEvent.times), from \(observation.source) \(own)."
      }
      return actorAndEvent > 0
        ? "New source for a known actor: \(observation.isOfSharedRole ? "\(observation.doer) made this call" : "actor and event were seen") \(actorAndEvent.times), never from \(observation.source)."
        : "New source: \(observation.source) was \((counts["source"] ?? 0).seen) in the baseline\((counts["source"] ?? 0) > 0 ? ", never in this lane" : "")."
    case .event:
      let here = counts["account×actor"] ?? 0
      if let own = seen(["account", "actor", "event"], comparison) {
        return
          "Actor/event pair that is no habit yet: \(observation.doer) was seen \(here.times) in this account, with \(observation.eventName) \(own)."
      }
      return here > 0
        ? "New actor/event pair: \(observation.doer) was seen \(here.times) in this account, never with \(observation.eventName), which \(accountAndEvent == 0 ? "nobody did here" : "others did here \(accountAndEvent.times)")."
        : "New event for this actor, which this account doesn't know: \(observation.eventName) was \(accountAndEvent.seen) here."
    case .actor:
      if let own = seen(["account", "actor", "event"], comparison) {
        return
          "Actor for whom this event is no habit yet: \(observation.eventName) was seen \(accountAndEvent.times) in this account, by this actor \(own)."
      }
      return accountAndEvent > 0
        ? "New actor for this event: \(observation.eventName) was seen \(accountAndEvent.times) in this account, by other actors\(nearestActor(comparison))."
        : "New actor: it was \((counts["account×actor"] ?? 0).seen) in this account."
    case .region:
      if let own = seen(["actor", "event", "region"], comparison) {
        return
          "Region that is no habit yet: \(observation.doer) makes this call \(actorAndEvent.times), in \(observation.region) \(own)."
      }
      let here = "\(observation.region), where this account was \((counts["account×region"] ?? 0).seen)"
      return actorAndEvent > 0
        ? "New region: \(observation.doer) makes this call \(actorAndEvent.times), never in \(here)."
        : "New region: \(here)."
    case .resource:
      return
        "New resource: this tuple was seen \(comparison.priorObservations.times), never on \(newResources(comparison))."
    case .cadence:
      return "Off its beat: what made this tuple usual is its regularity, and no run was due."
    case .person:
      let others = comparison.exact?.people.ranked ?? []
      return
        "New person: \(code: observation.identity.person ?? "") was never behind this tuple; it was \(others.prefix(3).map { "\(code: $0.value) \($0.count.times)" }.joined(separator: ", "))\(others.count > 3 ? " and \(others.count - 3) more" : "")."
    case .target:
      let new = comparison.exact?.newRecipients(of: observation, patterns: ResourcePattern()) ?? []
      return
        "New recipient: this tuple was seen \(comparison.priorObservations.times), never sharing with \(new.prefix(3).map { "\(code: $0)" }.joined(separator: ", "))\(new.count > 3 ? " and \(new.count - 3) more" : "")."
    }
  }

  private func newResources(_ comparison: Comparison) -> String {
    guard !comparison.newResources.isEmpty, let target = comparison.goesBy else {
      return observation.resources.sorted().joined(separator: ", ")
    }
    let names = comparison.newResources.prefix(3).map { "\(code: $0)" }.joined(separator: ", ")
    let more = comparison.newResources.count - 3
    return "\(SettledResources.noun(of: target)) \(names)\(more > 0 ? " and \(more) more" : "")"
  }

  /// How often these dimensions came together, where they did: too seldom to be established is not never.
  private func seen(_ dimensions: [String], _ comparison: Comparison) -> String? {
    comparison.counts[dimensions.joined(separator: "×")].flatMap { $0 > 0 ? $0.times : nil }
  }

  private func nearestActor(_ comparison: Comparison) -> String {
    // The nearest lane may be of another event, or of another account: its actor then made no such call here.
    guard let nearest = comparison.nearest, nearest.key.event == observation.event,
      nearest.key.account == observation.accountID
    else { return "" }
    return " such as \(nearest.key.actor) (\(nearest.archetype.title))"
  }

  private var overrideSentences: [String] {
    observation.overrides.map { "Override class \($0.overrideClass.rawValue): \($0.reason)" }
  }
}

extension Int {
  /// Such as "never", "once" or "412 times".
  var times: String { self == 0 ? "never" : self == 1 ? "once" : "\(self) times" }

  /// Such as "never seen" or "seen 412 times".
  var seen: String { self == 0 ? "never seen" : "seen \(times)" }
}
