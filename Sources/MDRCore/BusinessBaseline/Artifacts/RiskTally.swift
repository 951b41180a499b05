/// The lanes that each rule for residual risks fits, added up as lanes go by.
struct RiskTally: Sendable {
  private let rules: ResidualRisks
  private var hits: [Hit]
  /// What the lane before was, and the rules that fitted it: mostly they fit the next one too.
  private var last: (nature: ResidualRisks.Nature, rules: [Int])?

  /// The numbers that the actors' names have.
  var naming: LaneNaming

  /// What fits one rule.
  private struct Hit {
    var lanes = 0
    var observations = 0
    var actors = CountList()
  }

  init(_ rules: ResidualRisks, naming: LaneNaming = LaneNaming()) {
    self.rules = rules
    self.naming = naming
    hits = Array(repeating: Hit(), count: rules.rules.count)
  }

  /// Counts a lane that recurs, and whose actor's name has a number, under all rules that fit it.
  mutating func add(_ lane: borrowing LaneRecord, actor: NameNumber) {
    let nature = ResidualRisks.Nature(
      archetype: lane.archetype, place: lane.sourceKind, overrides: lane.overrides)
    if last?.nature != nature { last = (nature, rules.fitting(nature)) }
    let count = lane.counts.total
    for index in last?.rules ?? [] {
      hits[index].lanes += 1
      hits[index].observations += count
      hits[index].actors.add(actor, count)
    }
  }

  /// Counts the lanes of another tally by the same rules.
  mutating func formUnion(_ other: RiskTally) {
    for (index, hit) in other.hits.enumerated() {
      hits[index].lanes += hit.lanes
      hits[index].observations += hit.observations
      for actor in hit.actors.entries {
        hits[index].actors.add(naming.number(of: other.naming.text(actor.value)), actor.count)
      }
    }
  }

  /// How many rules fit lanes.
  var count: Int { hits.count { $0.lanes > 0 } }

  /// The rules that fit lanes, each with the lanes behind it.
  var blocks: [Block] {
    let items = zip(rules.rules, hits).compactMap { rule, hit -> ListItem? in
      guard hit.lanes > 0 else { return nil }
      return ListItem(
        "\(rule.risk)",
        children: [
          """
          \(hit.observations.of("observation")) in \(hit.lanes.of("recurring lane")) of \(NameTotals(totals: hit.actors, naming: naming).codes(limit: 5))
          """,
          "Instead: \(rule.instead)",
        ])
    }
    return items.isEmpty ? [] : [.list(items: items)]
  }
}
