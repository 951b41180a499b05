/// How a business operates, as its logs show it up to a cut-off: lanes, and what each account amounts to.
package struct Baseline: Equatable, Sendable {
  /// The version of `lanes.json` and `lanes.jsonl`.
  package static let schemaVersion = 1

  package var window: ObservedWindow
  package var thresholds: EstablishmentThresholds
  /// Sorted by key.
  package var lanes: [Lane]
  /// Sorted by id.
  package var accounts: [BaselineAccount]
  package var observations: Int
  /// Observations at or after the cut-off, which don't count.
  package var laterObservations: Int
  package var caveats: [String]
  /// The orders in which actors' changes recur, by account and actor, the most frequent first.
  package var sequences: [EventSequence] = []

  /// Observations by family over all accounts.
  package var families: [BusinessFamily: Int] {
    accounts.reduce(into: [:]) { sum, account in sum.merge(account.families, uniquingKeysWith: +) }
  }

  /// The first day of the quarantined end, counted from 1970-01-01.
  package var quarantineStart: Int? { window.quarantineStart(thresholds) }

  /// The account with an id.
  package func account(_ id: String) -> BaselineAccount? { accounts.first { $0.id == id } }
}

/// What was seen of one account, and whether that is enough to call something new there.
package struct BaselineAccount: Equatable, Sendable {
  package var id: String
  /// The name that the inventory has for it.
  package var name: String?
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  package var daysObserved: Int
  package var observations: Int
  package var lanes: Int
  package var establishedLanes: Int
  package var families: [BusinessFamily: Int]
  /// Seen for long enough and often enough the same; in an account that isn't, what looks new is undetermined.
  package var isMature: Bool
  /// How much of the account's next day should be recognised.
  package var maturity = Maturity()
}
