/// What the verdict would be if the operation had stayed with its nearest lane in everything in which it departs from
/// it.
package struct Counterfactual: Equatable, Sendable {
  /// What the nearest lane has in each dimension that is new.
  package var restored: [Dimension: String]
  /// Critical outcomes that the nearest lane doesn't vouch for, and that are left out.
  package var withoutOutcomes: [OverrideClass]
  /// The baseline's gap that is taken as read.
  package var withoutGap: Bool
  package var normality: Normality
  package var position: Position
  package var severity: Severity

  /// The sentence for people.
  package var sentence: String {
    let ifs =
      restored.sorted { $0.key < $1.key }.map { "the \($0.key.rawValue) been \(code: $0.value)" }
      + (withoutOutcomes.isEmpty
        ? []
        : [
          "the outcome not been of class \(withoutOutcomes.map { "\(code: $0.rawValue)" }.joined(separator: ", "))"
        ])
      + (withoutGap ? ["the baseline been read whole here"] : [])
    let verdict =
      switch normality {
      case .established: "this would be an established lane"
      case .variant: "this would still be a variant"
      case .firstSeen: "this would be first seen"
      case .undetermined: "the baseline still could not tell"
      }
    return "Counterfactual: had \(ifs.joined(separator: " and ")), \(verdict): \(position.title)."
  }
}

extension Judge {
  /// Judges an operation again with what is new in it taken back; `nil` where there is nothing to go back to.
  func counterfactual(of assessment: Assessment) -> Counterfactual? {
    guard let index, let comparison = assessment.comparison else { return nil }
    if assessment.gap != nil {
      var whole = assessment
      whole.comparison = index.compare(assessment.observation)
      guard whole.normality != .undetermined else { return nil }
      let decision = decide(whole.observation, whole.comparison, assessment.detections).decision
      return Counterfactual(
        restored: [:], withoutOutcomes: [], withoutGap: true, normality: whole.normality,
        position: decision.position, severity: decision.severity)
    }
    let observation = assessment.observation
    // Another actor at another job is another operation: nothing is learned from its being usual.
    guard let nearest = comparison.nearest, !Set(comparison.newDimensions).isSuperset(of: [.actor, .event])
    else { return nil }
    var restored = observation
    var values: [Dimension: String] = [:]
    for dimension in comparison.newDimensions {
      guard let value = restored.take(dimension, from: nearest, goingBy: comparison.goesBy) else { continue }
      values[dimension] = value
    }
    let isOtherEvent = values[.event] != nil
    let kept =
      isOtherEvent
      ? [] : observation.overrides.filter { nearest.vouches(for: $0.overrideClass, observation.outcome) }
    let dropped = isOtherEvent ? [] : observation.overrides.filter { !kept.contains($0) }
    restored.overrides = kept
    // Where nothing is new, the lane's own critical outcome is what alerts: taking that away would leave nothing to
    // judge.
    let isUsual = values.isEmpty && dropped.isEmpty
    if isUsual { restored.overrides = [] }
    let outcomes = OverrideClass.allCases.filter { name in
      (isUsual ? observation.overrides : dropped).contains { $0.overrideClass == name }
    }
    guard !values.isEmpty || !outcomes.isEmpty else { return nil }
    var again = index.compare(restored)
    // The usual lane may be settled in what it is made on, and know this as little.
    if !again.newResources.isEmpty, let lane = again.exact,
      let usual = restored.take(.resource, from: lane, goingBy: again.goesBy)
    {
      values[.resource] = usual
      again = index.compare(restored)
    }
    // Another event's own outcomes are those that its lane is established in.
    if isOtherEvent {
      restored.overrides = nearest.establishedOverrides.map {
        OverrideMatch($0, id: "", severity: .medium, reason: "")
      }
    }
    let decision = decide(restored, again, again.normality == .established ? [] : assessment.detections)
      .decision
    return Counterfactual(
      restored: values, withoutOutcomes: outcomes, withoutGap: false, normality: again.normality,
      position: decision.position, severity: decision.severity)
  }
}

extension Observation {
  /// Puts a lane's value in the place of the observation's own, and says which.
  fileprivate mutating func take(_ dimension: Dimension, from known: Lane, goingBy target: String?)
    -> String?
  {
    let lane = known.key
    switch dimension {
    case .account:
      accountID = lane.account
      return lane.account
    case .actor:
      identity.actor = lane.actor
      return lane.actor
    case .event:
      let parts = lane.event.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return nil }
      (eventSource, eventName) = (parts[0], parts[1])
      // A service without regions and one with them have no region in common.
      if (region == "global") != (lane.region == "global") { region = lane.region }
      return lane.event
    case .source:
      origin.source = lane.source
      return lane.source
    case .region:
      region = lane.region
      return lane.region
    case .resource:
      if let target {
        let known = known.targets.ranked.map(\.value).first { $0.hasPrefix(target + "=") }
        guard let usual = known?.dropFirst(target.count + 1) else { return nil }
        targets[target] = [String(usual)]
        return String(usual)
      }
      guard let usual = known.resourcePatterns.ranked.first?.value else { return nil }
      resources = [usual]
      return usual
    case .cadence:
      // The last run seen was on its beat by definition.
      eventTime = known.lastSeen
      return known.cadence?.title
    case .target, .person: return nil
    }
  }
}
