/// What triage can say of an observation by itself, on any thread.
struct TriageExaminer: Sendable {
  let since: Timestamp?
  let judge: Judge
  let together: CorrelationTest

  /// An examination for one thread, which remembers the lanes that it compared.
  func examination() -> (Observation) -> ExaminedObservation {
    let memo = judge.index.map { ComparisonMemo($0) }
    return { examine($0, memo) }
  }

  private func examine(_ logged: Observation, _ memo: ComparisonMemo?) -> ExaminedObservation {
    let observation = judge.inventory?.resolved(logged) ?? logged
    var gathered = GatheredFacts()
    // An event without a time can't be before the window: it is reviewed.
    if let since, logged.eventTime < since, logged.eventTime.seconds > 0 {
      // The baseline was built from it, so nothing about it is new.
      let found = found(observation, baseline: BaselineFacts(count: .max), &gathered)
      // The day before is what the first findings' questions reach back to.
      let isNear = logged.eventTime >= since.adding(-ReviewQuestion.reach)
      return ExaminedObservation(
        event: isNear ? ReviewEvent(observation) : nil,
        kept: found.isEmpty ? nil : .init(.earlier(observation), found))
    }
    let change = judge.index == nil ? nil : SessionChange(logged)
    let assessment = judge.assess(resolved: observation, comparing: memo, &gathered)
    let found = found(
      assessment.observation, baseline: assessment.comparison.map { BaselineFacts($0) }, &gathered)
    let isListed =
      assessment.decision.isListed
      && (judge.index != nil || assessment.outcomeSeverity != nil
        || assessment.detections.contains { $0.severity >= .medium })
    return ExaminedObservation(
      event: ReviewEvent(assessment.observation), change: change,
      verdict: .init(normality: assessment.normality, position: assessment.decision.position),
      kept: isListed || !found.isEmpty
        ? .init(.assessed(assessment, operation: isListed ? Operation.Key(assessment) : nil), found) : nil)
  }

  private func found(
    _ observation: Observation, baseline: @autoclosure () -> BaselineFacts?, _ gathered: inout GatheredFacts
  ) -> CorrelationTest.Found {
    let candidates = together.candidates(observation)
    var found = CorrelationTest.Found(credentials: together.credentials(observation))
    guard !candidates.isEmpty else { return found }
    let evaluator = judge.detector.evaluator(observation, baseline: baseline(), &gathered)
    found.hits = together.hits(observation, evaluator, among: candidates)
    return found
  }
}

/// What was made of one observation; of what is normal, little more than that it happened.
struct ExaminedObservation: Sendable {
  struct Verdict: Sendable {
    var normality: Normality
    var position: Position
  }

  /// An observation that an operation lists, or that counts for a detection of several events.
  final class Kept: Sendable {
    enum Subject: Sendable {
      /// Before the review window.
      case earlier(Observation)
      /// With the operation that lists it, if one does.
      case assessed(Assessment, operation: Operation.Key?)
    }

    let subject: Subject
    let found: CorrelationTest.Found

    init(_ subject: Subject, _ found: CorrelationTest.Found) {
      self.subject = subject
      self.found = found
    }
  }

  /// What questions need of it; `nil` for what lies too far back.
  var event: ReviewEvent?
  /// The change that it made in the review window.
  var change: SessionChange?
  /// `nil` before the review window.
  var verdict: Verdict?
  var kept: Kept?
}
