/// A whole query: what the table's columns answer first, what is worked out of them, and the rest of the condition.
struct KQLQuery {
  let lines: [String]
  let notes: [String]

  init(lines: [String], notes: [String]) {
    self.lines = lines
    self.notes = notes
  }

  init(_ predicate: RawPredicate) throws(ExportLimit) {
    let (source, rest, notes) = try Self.source(predicate)
    self.init(
      lines: source.lets + [source.events] + (rest.map { ["| where \($0)"] } ?? [])
        + ["| project \(KQLRenderer.shown)"], notes: notes)
  }

  /// What stands before the query, and the query up to the last derived column.
  struct Source {
    var lets: [String]
    var events: String
  }

  static func source(
    _ predicate: RawPredicate, _ needed: Set<DerivedText> = [],
    _ prepare: (inout KQLRenderer) throws(ExportLimit) -> Void = { _ in }
  ) throws(ExportLimit) -> (Source, rest: String?, notes: [String]) {
    let (plain, others) = try predicate.split(KQLRenderer.isPlain)
    var renderer = KQLRenderer()
    let gate = plain.isEmpty ? nil : try renderer.condition(.and(plain), nil)
    let rest = others.isEmpty ? nil : try renderer.condition(.and(others), nil)
    try prepare(&renderer)
    var derived = needed
    if renderer.asksLanes {
      derived.formUnion([.ownAccount, .actor, .eventName, .source, .region, .succeeded])
      // Sign-ins say there how they ended.
      renderer.need(.response)
      // STS says there which endpoint was called.
      renderer.need(.additional)
    }
    let columns = try renderer.extensions(and: derived)
    var events = ([KQLRenderer.table] + (gate.map { ["| where \($0)"] } ?? []) + columns).joined(
      separator: "\n")
    var lets = renderer.lets
    if renderer.asksLanes {
      lets += [lanes, "let events = \(events);", nearest]
      events = compared
    }
    let notes =
      (renderer.missing.isEmpty
        ? []
        : [
          "Not in the table, and taken to be not there: \(renderer.missing.map(\.rawValue).sorted().joined(separator: ", "))."
        ]) + (renderer.asksLanes ? LaneDeparture.notes : [])
    return (Source(lets: lets, events: events), rest, notes)
  }
}
