/// Title, severity or family that the text tells differently from the front matter.
struct ProseLint: DetectionLint {
  static let name = "prose-differs"
  static let recommendation = "say the same in the front matter and in the text"

  func weaknesses(of detection: Detection, among all: [Detection]) -> [String] {
    [
      (detection.prose.title, detection.title), (detection.prose.severity, detection.severity.title),
      (detection.prose.businessFamily, detection.businessFamily.title),
    ].filter { $0.0 != $0.1 }.map {
      "the text says \($0.0.isEmpty ? "nothing" : $0.0), the front matter \($0.1)"
    }
  }
}

/// A section that says nothing.
struct EmptySectionLint: DetectionLint {
  static let name = "empty-section"
  static let recommendation = "fill the section: an analyst reads it when the detection matches"

  func weaknesses(of detection: Detection, among all: [Detection]) -> [String] {
    let prose = detection.prose
    return [
      ("Trigger", prose.trigger.isEmpty), ("Required evidence", prose.evidence.isEmpty),
      ("Allowed closure", prose.closure.isEmpty), ("Analyst guidance", prose.guidance.isEmpty),
      ("False positives", prose.falsePositives.isEmpty), ("Known gaps", prose.gaps.isEmpty),
      ("Response", prose.response.isEmpty), ("attack", detection.attack.isEmpty),
    ].filter(\.1).map { "\($0.0) is empty" }
  }
}

/// Steps of a response in an order that destroys evidence.
struct ResponseOrderLint: DetectionLint {
  static let name = "response-order"
  static let recommendation = "keep the order: evidence first, then containment, then repair"
  static let steps = ["snapshot", "isolate", "revoke", "rotate", "rebuild"]

  func weaknesses(of detection: Detection, among all: [Detection]) -> [String] {
    let places = detection.prose.response.compactMap { Self.steps.firstIndex(of: $0.step) }
    return places == places.sorted() ? [] : ["the steps are out of order"]
  }
}
