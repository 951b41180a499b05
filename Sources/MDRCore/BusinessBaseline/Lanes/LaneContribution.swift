/// What observations that agree in everything but their time and session add to a lane, beside the names that they
/// touch.
struct LaneContribution: BitwiseCopyable, Sendable {
  var outcome: Outcome
  var nature: LaneAccumulator.Nature
  /// The classes of critical outcomes.
  var overrides: OverrideClasses
  /// Numbers of names in the table of the builder.
  var agent: NameNumber
  var person: NameNumber

  init(
    outcome: Outcome, nature: LaneAccumulator.Nature, overrides: OverrideClasses, agent: NameNumber,
    person: NameNumber
  ) {
    self.outcome = outcome
    self.nature = nature
    self.overrides = overrides
    self.agent = agent
    self.person = person
  }

  init(_ observation: Observation, table: inout StringTable) {
    let family = observation.origin.userAgentFamily
    outcome = observation.outcome
    nature = LaneAccumulator.Nature(
      family: observation.businessFamily, risk: observation.businessRisk,
      archetype: observation.identity.archetype, sourceKind: observation.origin.kind)
    overrides = OverrideClasses(observation.overrides.lazy.map(\.overrideClass))
    agent = family.isEmpty ? .none : table.intern(family)
    person = observation.identity.person.map { table.intern($0) } ?? .none
  }
}
