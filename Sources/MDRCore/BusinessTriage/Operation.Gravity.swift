/// What makes an operation weigh high or more.
extension Operation {
  /// When a thing was destroyed.
  struct Destruction: Sendable {
    var first: Timestamp
    var last: Timestamp
    var count = 1

    mutating func formUnion(_ other: Destruction) {
      first = min(first, other.first)
      last = max(last, other.last)
      count += other.count
    }
  }

  /// What in an operation weighs high or more: things that it destroyed, a sensitive change, or anything else.
  struct Gravity: Sendable {
    /// Beyond this many it is no housekeeping.
    private static let limit = 50

    private(set) var destroyed: [MadeThing: Destruction] = [:]
    /// A sensitive change where nothing near is in the baseline, with no detection that weighs as much.
    private(set) var hasSensitiveChange = false
    /// Anything else.
    private(set) var hasOther = false

    mutating func add(_ assessment: Assessment) {
      guard assessment.decision.severity >= .high else { return }
      let detected = assessment.detections.map(\.severity).max() ?? .informational
      if let thing = assessment.destroys {
        let time = assessment.observation.eventTime
        note(thing, Destruction(first: time, last: time))
      } else if assessment.risk == .sensitiveChange, detected < .high {
        hasSensitiveChange = true
      } else {
        hasOther = true
      }
    }

    mutating func add(_ match: CorrelationMatch) {
      if match.severity >= .high { hasOther = true }
    }

    mutating func formUnion(_ other: Gravity) {
      for (thing, times) in other.destroyed { note(thing, times) }
      hasSensitiveChange = hasSensitiveChange || other.hasSensitiveChange
      hasOther = hasOther || other.hasOther
    }

    private mutating func note(_ thing: MadeThing, _ times: Destruction) {
      if destroyed[thing]?.formUnion(times) == nil { destroyed[thing] = times }
      guard destroyed.count > Self.limit else { return }
      destroyed = [:]
      hasOther = true
    }
  }
}
