/// The order in which an actor's changes follow each other within one run, and how often it came so.
package struct EventSequence: Equatable, Sendable {
  package var account: String
  package var actor: String
  /// Service and event name of each step; a step that repeats at once is one step.
  package var events: [String]
  /// Runs in this order.
  package var runs: Int
  /// All runs of this actor in this account, in whatever order.
  package var runsOfActor: Int
  /// Distinct days with such a run.
  package var days: Int
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  /// The middle one of the runs' lengths, from the first step to the last.
  package var seconds: Int

  /// The steps for people, without their services, such as `CreateAccessKey → DeleteAccessKey`.
  package var title: String { Self.title(of: events) }

  static func title(of events: [String]) -> String { events.map(name).joined(separator: " → ") }

  /// The event's name without its service.
  static func name(of event: String) -> String {
    String(event.split(separator: ":", maxSplits: 1).last ?? "")
  }
}

/// Changes of one session that followed each other closely.
struct SequenceRun: Equatable, Sendable {
  var account: String
  var actor: String
  var events: [String]
  var first: Timestamp
  var last: Timestamp

  /// The steps for people; long runs are cut.
  var title: String {
    let limit = SequenceCollector.longestSequence
    return EventSequence.title(of: Array(events.prefix(limit))) + (events.count > limit ? " → …" : "")
  }
}

extension EventSequence {
  /// One line of `sequences.jsonl`, without its line break.
  package var json: JSONValue {
    [
      "account_id": .string(account), "actor": .string(actor), "events": JSONValue(events),
      "runs": .number(runs), "runs_of_actor": .number(runsOfActor), "distinct_days": .number(days),
      "first_seen": .string(firstSeen.iso8601), "last_seen": .string(lastSeen.iso8601),
      "median_seconds": .number(seconds),
    ]
  }

  init?(json: JSONValue) {
    guard let account = json["account_id"]?.string, let actor = json["actor"]?.string,
      let events = json["events"]?.strings, let runs = json["runs"]?.int,
      let runsOfActor = json["runs_of_actor"]?.int, let days = json["distinct_days"]?.int,
      let firstSeen = json["first_seen"]?.time, let lastSeen = json["last_seen"]?.time,
      let seconds = json["median_seconds"]?.int
    else { return nil }
    self.init(
      account: account, actor: actor, events: events, runs: runs, runsOfActor: runsOfActor, days: days,
      firstSeen: firstSeen, lastSeen: lastSeen, seconds: seconds)
  }
}

/// The recurring sequences of a baseline by account and actor.
package struct SequenceBook: Sendable {
  private struct Owner: Hashable {
    var account: String
    var actor: String
  }

  private let sequences: [Owner: [EventSequence]]

  package init(_ baseline: Baseline) {
    sequences = Dictionary(grouping: baseline.sequences) { Owner(account: $0.account, actor: $0.actor) }
  }

  /// Whether an actor has any order that recurs.
  func knows(account: String, actor: String) -> Bool {
    sequences[Owner(account: account, actor: actor)] != nil
  }

  /// The recurring order of exactly these steps.
  package func match(account: String, actor: String, events: [String]) -> EventSequence? {
    sequences[Owner(account: account, actor: actor)]?.first { $0.events == events }
  }

  /// The orders that an event is a step of, the most frequent first.
  package func orders(account: String, actor: String, with event: String) -> [EventSequence] {
    (sequences[Owner(account: account, actor: actor)] ?? []).filter { $0.events.contains(event) }
  }

  /// The steps of one run of observations, in the order of time, as sequences are written.
  package static func steps(of observations: some Sequence<Observation>) -> [String] {
    let changes = observations.filter { $0.outcome == .success && !$0.isReadOnly }
      .map { (time: $0.eventTime.seconds, event: $0.event) }.sorted { $0 < $1 }
    return changes.reduce(into: []) { if $0.last != $1.event { $0.append($1.event) } }
  }
}
