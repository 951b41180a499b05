extension AccountModel {
  /// Observations of the account's actors by their ways of working.
  static func ways(of actors: ArraySlice<ActorModel>, _ table: WaysOfWorking) -> WayTally {
    var tally = WayTally()
    for actor in actors {
      if let way = table.way(ofActor: actor.actor, actor.archetype) { tally.add(actor, way: way) }
    }
    return tally
  }

  /// How the account appears to operate, in a sentence or two, and whether that goes further than it should.
  var operation: [Block] {
    let table = model.ways.ways
    let ranked = ways.ranked
    func named(_ entries: some Collection<(way: Int, sum: WayTally.Sum)>, limit: Int) -> Inline {
      let shown = entries.prefix(limit).map { entry -> Inline in
        "\(table[entry.way].name) (\(Share(entry.sum.observations, of: account.observations).percent))"
      }
      let rest: Inline = entries.count > limit ? " and \(entries.count - limit) more" : ""
      return shown.joined(separator: ", ") + rest
    }
    let machines = ranked.filter { table[$0.way].kind != .people }
    let people = ranked.filter { table[$0.way].kind == .people }
    var text: Inline =
      machines.isEmpty
      ? "No automation was seen here."
      : "This account appears to be operated by \(named(machines, limit: 5))."
    if !people.isEmpty { text = "\(text) By people: \(named(people, limit: 4))." }
    let risks = facts.risks.count
    let excess: Inline =
      risks == 0
      ? "No usual work here fits a rule of what goes too far."
      : "Usual work here goes further than is acceptable in \(risks.of("way")), named below."
    return [.paragraph("\(text) \(excess)")]
  }
}
