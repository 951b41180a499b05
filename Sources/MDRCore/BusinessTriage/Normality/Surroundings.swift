/// What the baseline knows around an operation: the nearest lane, how thick it is there, and how many accounts
/// do the same.
struct Surroundings: Sendable {
  let window: ObservedWindow
  /// Accounts that the baseline knows.
  let accounts: Int
  /// The first event of the operation's account in the review, for an account that the baseline doesn't know.
  let firstReviewed: Timestamp?

  /// Nearest lane and maturity in sentences.
  func sentences(_ assessment: Assessment, _ comparison: Comparison) -> [String] {
    var sentences: [String] = []
    if comparison.normality != .established, let lane = comparison.nearest {
      var text =
        "Nearest lane: \(code: lane.key.actor) calls \(code: lane.key.event) in \(code: lane.key.account) from \(code: lane.key.source), region \(code: lane.key.region): \(lane.count.seen) on \(lane.days.count.of("day")), \(lane.firstSeen.days(to: lane.lastSeen))"
      if let cadence = lane.cadence { text += ", \(cadence.title)" }
      sentences.append(text + ".")
    }
    if let account = comparison.account {
      sentences.append(
        "The baseline has \(account.observations.of("observation")) of account \(code: account.id) on \(account.daysObserved) of its \(window.days) days, since \(account.firstSeen.date), in \(account.lanes.of("lane")), \(account.establishedLanes) established."
      )
    } else {
      sentences.append(
        "The baseline of \(window.days) days and \(accounts.of("account")) knows nothing of account \(code: assessment.observation.accountID)."
      )
    }
    return sentences
  }

  /// In how many accounts the actor does this, and how old this account is, such as
  /// "in 77 of 78 accounts (this one was first seen 9 days before)".
  func peers(_ comparison: Comparison) -> String {
    let known = comparison.account != nil
    let total = accounts + (known ? 0 : 1)
    var text = "in \(comparison.accountsWithActorAndEvent) of \(total) accounts"
    if let account = comparison.account {
      // The account's age at the end of the baseline: what is long there has other reasons to be new.
      let age = window.end.day - account.firstSeen.day
      if account.firstSeen.day > window.start.day {
        text += " (this one was first seen \(age.of("day")) before the baseline ended)"
      }
    } else if let firstReviewed {
      text += " (this one was first seen in the review, at \(firstReviewed.iso8601))"
    }
    return text
  }
}

/// How often each subset of a tuple was seen before.
struct SubsetCounts {
  /// By names such as `actor×event`.
  let counts: [String: Int]
  let exact: Int

  init(_ counts: [String: Int], exact: Int) {
    self.counts = counts
    self.exact = exact
  }

  /// Each dimension by itself, then the largest subsets that are known: everything smaller follows from them.
  var sentence: String {
    let singles = TupleDimensions.projections.filter { $0.count == 1 }
      .map { "\($0.name) \(number($0))" }
    let together = largestKnown.map { "; \($0.words) together \(number($0))" }.joined()
    return "Prior observations: \(singles.joined(separator: ", "))\(together); exact tuple \(exact)."
  }

  /// Known subsets of two to four dimensions that no larger known one contains.
  var largestKnown: [TupleDimensions] {
    let known = TupleDimensions.projections.filter { $0 != .all && (counts[$0.name] ?? 0) > 0 }
    return known.filter { one in
      one.count > 1 && !known.contains { $0 != one && $0.isSuperset(of: one) }
    }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  private func number(_ dimensions: TupleDimensions) -> String {
    let count = counts[dimensions.name] ?? 0
    return count == 0 ? "never" : "\(count)"
  }
}
