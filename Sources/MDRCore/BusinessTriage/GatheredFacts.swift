/// The facts of one observation, gathered when a rule first asks for them: most observations are answered without, and
/// documents that one rule has parsed stay parsed for the next.
struct GatheredFacts {
  private var gathered: EventFacts?
  /// Notes what rules look at.
  let reads: FactReads?

  init(noting reads: FactReads? = nil) { self.reads = reads }

  /// The facts of the observation as it stands; judging it adds critical outcomes and what they put at risk.
  mutating func facts(of observation: Observation) -> EventFacts {
    guard var facts = gathered else {
      var facts = EventFacts(observation)
      facts.reads = reads
      gathered = facts
      return facts
    }
    facts.overrides = observation.overrides.map(\.overrideClass)
    facts.businessRisk = observation.businessRisk
    return facts
  }
}
