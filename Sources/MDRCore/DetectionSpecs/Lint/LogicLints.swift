/// Logic that rests on the user agent.
struct UserAgentLint: DetectionLint {
  static let name = "user-agent"
  static let recommendation = "test what happened: a user agent is the caller's to choose"

  func weaknesses(of detection: Detection, among all: [Detection]) -> [String] {
    detection.logic.compares(.userAgent) ? ["the logic reads the user agent"] : []
  }
}

/// Event names without the service that they are of.
struct EventSourceLint: DetectionLint {
  static let name = "event-without-source"
  static let recommendation = "name the event source: several services use the same event names"

  func weaknesses(of detection: Detection, among all: [Detection]) -> [String] {
    detection.logic.gate.names != .every && !detection.logic.compares(.eventSource)
      ? ["event names without an event source"] : []
  }
}

/// Logic that no part of an event rules out beforehand.
struct UnindexedLogicLint: DetectionLint {
  static let name = "unindexed-logic"
  static let recommendation =
    "name the events, the actor type, the event type or the error, or ask the baseline: otherwise every event is judged in full"

  func weaknesses(of detection: Detection, among all: [Detection]) -> [String] {
    detection.logic.gate.isOpen && !detection.logic.asksBaseline
      ? ["any event may match"] : []
  }
}

/// A word on what happens without a baseline, where none is asked.
struct BaselineLint: DetectionLint {
  static let name = "baseline-unasked"
  static let recommendation = "without_baseline: silent only makes sense where the logic asks the baseline"

  func weaknesses(of detection: Detection, among all: [Detection]) -> [String] {
    detection.matchesWithoutBaseline || detection.logic.asksBaseline
      ? [] : ["the logic asks the baseline nothing"]
  }
}
