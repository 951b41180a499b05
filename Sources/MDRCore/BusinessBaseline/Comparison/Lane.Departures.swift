extension Lane {
  /// The dimensions, beyond the tuple, in which a critical outcome departs from its own lane; empty where the lane
  /// vouches for all of it.
  ///
  /// A lane of critical outcomes is normal for what it was done to and, where only its beat made it usual, for when:
  /// a nightly refresh of one database says nothing of another, nor a monthly rotation of a run in between. What is
  /// shared with one account again and again says nothing of another account. Where people share a role, what some of them do is no habit of the others.
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
    if observation.overrides.contains(where: { $0.overrideClass == .sharing }),
      !newRecipients(of: observation, patterns: patterns).isEmpty
    {
      new.append(.target)
    }
    if isOnBeat == false, self.days.count < thresholds.overrideDays { new.append(.cadence) }
    if let person = observation.identity.person, people.counts[person] == nil, namesEverybody {
      new.append(.person)
    }
    return new
  }

  /// With whom an observation shares that the lane never named; none where the lane lists only some of them.
  package func newRecipients(of observation: Observation, patterns: ResourcePattern) -> [String] {
    let known = targets
    guard known.omittedValues == 0 else { return [] }
    return ["shared_with", "shared_with_group", "grantee"].flatMap { name in
      (observation.targets[name] ?? []).filter { value in
        patterns.text(of: value, target: name).map { known.counts[$0] == nil } ?? false
      }
    }.sorted()
  }

  /// Whether every call of the lane names its person and all of them are listed: else nobody can be shown to be new.
  private var namesEverybody: Bool {
    let people = self.people
    return people.omittedValues == 0 && people.counts.reduce(0) { $0 + $1.value } == self.count
  }

  /// Crown jewels are listed by their own name, everything else by its template.
  private func knows(_ resource: String, patterns: ResourcePattern) -> Bool {
    self.resourcePatterns.counts[resource] != nil
      || self.resourcePatterns.counts[patterns.template(of: resource)] != nil
  }
}
