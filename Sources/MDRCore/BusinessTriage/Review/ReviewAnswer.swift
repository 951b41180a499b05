/// What the review's events say to a question about a finding.
package struct ReviewAnswer: Equatable, Sendable {
  package var question: ReviewQuestion
  /// Calls found.
  package var count: Int
  /// Calls by event name, the most frequent first.
  package var events: [(name: String, count: Int)]
  /// The principals, accounts or sources of the found calls, whichever the question tells apart; sorted, at most
  /// five.
  package var others: [String]
  package var first: Timestamp?
  package var last: Timestamp?
  /// Ids of the first calls found.
  package var eventIDs: [String]
  /// The end of the logs, for a question that reaches as far as they do.
  package var until: Timestamp?
  /// That the account's own events end long before the logs do; `nil` where they don't.
  package var quietEnd: String?
  /// Why the absence of calls, or of more calls, isn't sure; `nil` where the logs cover the time.
  package var hole: String?

  package static func == (one: ReviewAnswer, other: ReviewAnswer) -> Bool {
    one.sentence == other.sentence && one.question == other.question && one.eventIDs == other.eventIDs
  }

  /// Whether it answers the question: something was found, or the logs cover the time in which nothing was.
  package var isAnswered: Bool { count > 0 || hole == nil }

  /// The answer in a sentence, negatives included.
  package var sentence: String {
    let text =
      count > 0
      ? found
      : none + (until.map { " up to \($0.iso8601), where the logs end" } ?? "")
        + (quietEnd.map { "; \($0)" } ?? "")
    guard let hole else { return text + "." }
    guard count == 0 else { return "\(text); more may have followed: \(hole)." }
    // A clause of its own where another stands before it.
    return "\(text)\(until != nil || quietEnd != nil ? "," : "") so far as the logs go: \(hole)."
  }

  private var calls: String {
    let named = events.prefix(4).map { $0.count == 1 ? $0.name : "\($0.name) (\($0.count))" }
    let more = events.count > 4 ? " and \(events.count - 4) more" : ""
    return "\(count.of("call")): \(named.joined(separator: ", "))\(more)"
  }

  private var span: String {
    guard let first, let last else { return " with \(Timestamp.unknown.shown)" }
    return first == last ? " at \(first.iso8601)" : " from \(first.iso8601) to \(last.iso8601)"
  }

  /// The last call behind the first, where it is another.
  private var end: String {
    last.flatMap { $0 == first ? nil : ", last at \($0.iso8601)" } ?? ""
  }

  private var whom: String {
    others.isEmpty ? "" : " by \(others.map { "\(code: $0)" }.joined(separator: ", "))"
  }

  private var found: String {
    switch question {
    case .own: "\(calls)\(span)"
    case .principalBefore: "The same principal made \(calls)\(span)"
    case .principalAfter: "The same principal made \(calls)\(span)"
    case .changesAfter: "Changes by the same principal followed, \(calls)\(span)"
    case .networkChangesAfter: "Network changes by the same principal followed, \(calls)\(span)"
    case .rootOtherwise: "Root also made \(calls)\(span)"
    case .keyUse:
      first.map { "The key was first used at \($0.iso8601)\(whom), \(calls)\(end)" }
        ?? "The key was used\(whom), \(calls)\(span)"
    case .newIdentityUse: "The new or changed identity made \(calls)\(span)"
    case .undone: "Undone\(whom), \(calls)\(span)"
    case .elsewhere:
      "The same actor made the same call in \(others.map { "\(code: $0)" }.joined(separator: ", ")) too, \(calls)\(span)"
    case .sameSource: "Others called from the same source,\(whom), \(calls)\(span)"
    case .workloadsBefore: "Workloads were created in the account\(whom), \(calls)\(span)"
    case .servicesEnabledBefore: "Services were enabled in the account\(whom), \(calls)\(span)"
    }
  }

  private var none: String {
    switch question {
    case .own: "None of its calls is in these logs"
    case .principalBefore: "The same principal made no call in the 24 h before"
    case .principalAfter: "The same principal made no other call within 24 h"
    case .changesAfter: "No change by the same principal followed within 24 h"
    case .networkChangesAfter: "No network write by the same principal followed within 24 h"
    case .rootOtherwise: "Root did nothing else"
    case .keyUse: "The key was not used"
    case .newIdentityUse: "The new or changed identity made no call"
    case .undone: "Nothing undid it"
    case .elsewhere: "The same actor made the same call in no other account within 24 h"
    case .sameSource: "Nobody else called from the same source within 24 h"
    case .workloadsBefore: "No workload was created in the account in the 24 h before"
    case .servicesEnabledBefore: "No call that enables a service was made in the account in the 24 h before"
    }
  }
}
