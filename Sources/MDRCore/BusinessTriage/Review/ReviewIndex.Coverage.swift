/// How far the logs bear out that something is absent.
extension ReviewIndex {
  /// That an account went quiet says nothing about questions that look at other accounts, or at the time before.
  func quietEnd(_ question: ReviewQuestion, about finding: Finding) -> String? {
    switch question {
    case .own, .elsewhere, .sameSource, .principalBefore, .workloadsBefore, .servicesEnabledBefore: nil
    case _ where !finding.firstSeen.isKnown: nil
    default: coverage.quietEnd(of: finding.accountID, before: question.window(of: finding).to)
    }
  }

  /// Why the absence of calls isn't sure; `nil` where the logs cover the time that a question asks for.
  func hole(_ question: ReviewQuestion, about finding: Finding) -> String? {
    guard finding.firstSeen.isKnown || !question.needsTime else { return "the finding has no time" }
    let window = question.window(of: finding)
    switch question {
    case .own, .elsewhere, .sameSource:
      return events.coverage.hole(
        in: finding.accountID, from: finding.firstSeen.known, to: finding.lastSeen.known)
    case .principalBefore, .workloadsBefore, .servicesEnabledBefore:
      return events.coverage.hole(in: finding.accountID, from: window.from, to: window.to)
    default: return events.coverage.hole(in: finding.accountID, from: finding.firstSeen.known, to: window.to)
    }
  }
}
