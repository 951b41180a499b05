extension Lane {
  /// The dimensions, beyond the tuple, in which a critical outcome departs from its own lane; empty where the lane
  /// vouches for all of it.
  ///
  /// A lane of critical outcomes is normal for what it was done to and, where only its beat made it usual, for when:
  /// a nightly refresh of one database says nothing of another, nor a monthly rotation of a run in between.
  func departures(
    of observation: Observation, isOnBeat: Bool?, patterns: ResourcePattern,
    thresholds: EstablishmentThresholds
  ) -> [Dimension] {
    guard !observation.overrides.isEmpty else { return [] }
    var new: [Dimension] = []
    // A lane that lists only some of its resources can't show that one is new.
    if self.resourcePatterns.omittedValues == 0,
      observation.resources.contains(where: { !knows($0, patterns: patterns) })
    {
      new.append(.resource)
    }
    if isOnBeat == false, self.days.count < thresholds.overrideDays { new.append(.cadence) }
    return new
  }

  /// Crown jewels are listed by their own name, everything else by its template.
  private func knows(_ resource: String, patterns: ResourcePattern) -> Bool {
    self.resourcePatterns.counts[resource] != nil
      || self.resourcePatterns.counts[patterns.template(of: resource)] != nil
  }
}
