/// The critical overrides: outcomes that stay alertable however often they were seen.
package struct OverrideTable: Sendable {
  static let folder = "normalize-observations/references/overrides"

  package let entries: [OverrideEntry]
  private let index: DetectionIndex
  private let quick: [QuickTest]
  private let positions: [String: Int]
  /// Full event sources per entry; empty where every event is meant.
  private let sources: [Set<String>]

  /// Reads the reviewed files that the tools are built with.
  package static func load() throws -> OverrideTable {
    try OverrideTable(files: Content.names(below: folder).map { ($0, Content.text($0)) })
  }

  init(files: [(name: String, text: String)]) throws {
    var entries: [OverrideEntry] = []
    for (name, text) in files {
      let json = try JSONValue(parsing: text)
      guard let overrideClass = json["class"]?.string.flatMap(OverrideClass.init) else {
        throw OverrideTableError(
          file: name, entry: "", reason: "class is missing or unknown",
          mend: "use one of \(OverrideClass.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      for entry in json["entries"]?.elements ?? [] {
        entries.append(try OverrideEntry(entry, class: overrideClass, file: name))
      }
    }
    try self.init(entries)
  }

  init(_ entries: [OverrideEntry]) throws {
    self.entries = entries
    let positions = Dictionary(
      entries.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    if positions.count != entries.count,
      let twin = entries.indices.first(where: { positions[entries[$0].id] != $0 })
    {
      throw OverrideTableError(
        file: Self.folder, entry: entries[twin].id, reason: "the id is used twice", mend: "rename one of them"
      )
    }
    self.positions = positions
    quick = entries.map { QuickTest($0.when) }
    index = DetectionIndex(
      entries.map { entry in
        let names = entry.events.compactMap { event in
          event.utf8.split(separator: UInt8(ascii: ":")).last.map { String(Substring($0)) }
        }
        let gate = entry.when.gate
        return EventGate(
          names: entry.events == ["*"] ? gate.names : .only(Set(names)), actorTypes: gate.actorTypes)
      })
    sources = entries.map { entry in
      Set(entry.events.filter { $0 != "*" }.map(Self.fullSource))
    }
  }

  /// An event with its full source, in small letters.
  private static func fullSource(_ event: String) -> String {
    let event = event.lowercased()
    let colon = event.utf8.firstIndex(of: UInt8(ascii: ":")) ?? event.endIndex
    return event[..<colon] + ".amazonaws.com" + event[colon...]
  }

  /// The entry with an id.
  package func entry(_ id: String) -> OverrideEntry? { positions[id].map { entries[$0] } }

  /// The overrides that an event is: one for each class, the gravest.
  ///
  /// An attempt weighs at most medium, and one level less what nobody can say without the organisation's accounts; what
  /// came about and is grave by the table weighs medium at least.
  package func matches(_ facts: EventFacts, lists: EvaluationLists = EvaluationLists()) -> [OverrideMatch] {
    let candidates = candidates(
      eventName: facts.eventName, rawEventName: facts.rawEventName, eventSource: facts.eventSource,
      actorType: facts.identity.type)
    return candidates.isEmpty ? [] : matches(facts, among: candidates, lists: lists)
  }

  /// The conditions of some entries, compiled for a thread of its own: counting references to shared ones is slow.
  func tests(of candidates: [Int]) -> [QuickTest] { candidates.map { QuickTest(entries[$0].when) } }

  /// The overrides among some entries that an event is.
  func matches(
    _ facts: EventFacts, among candidates: [Int], lists: EvaluationLists
  ) -> [OverrideMatch] {
    matches(
      LogicEvaluator(EvaluationContext(facts, lists: lists)), among: candidates,
      tests: candidates.map { quick[$0] })
  }

  /// The overrides among some entries that an event is, for a caller that keeps the entries' compiled conditions.
  func matches(
    _ evaluator: LogicEvaluator, among candidates: [Int], tests: [QuickTest]
  ) -> [OverrideMatch] {
    // Nearly all events are no override, which the thread's own conditions tell without touching entries that threads
    // share.
    guard let first = tests.firstIndex(where: { $0.truth(evaluator) != .no }) else { return [] }
    var found: [OverrideClass: OverrideMatch] = [:]
    for index in first..<tests.endIndex {
      let position = candidates[index]
      let known = found.isEmpty ? nil : found[entries[position].overrideClass]?.severity
      if let known, known >= entries[position].severity { continue }
      guard index == first || tests[index].truth(evaluator) != .no else { continue }
      let entry = entries[position]
      let judgement = evaluator.judge(entry.when)
      let facts = evaluator.context.facts
      var severity = judgement.weighed(
        entry.severity, byDeployment: entry.severityByDeployment, archetype: facts.identity.archetype,
        outcome: facts.outcome)
      if facts.outcome == .success, let least = entry.leastSeverity { severity = max(severity, least) }
      guard judgement.matches(withoutBaseline: false),
        !(entry.isSilentWhenUnknown && judgement.truth == .unknown), known.map({ $0 < severity }) ?? true
      else { continue }
      found[entry.overrideClass] = OverrideMatch(
        entry.overrideClass, id: entry.id, severity: severity,
        reason: reason(entry, facts, judgement))
    }
    return found.isEmpty ? [] : OverrideClass.allCases.compactMap { found[$0] }
  }

  /// The entries that a finished observation may satisfy.
  func candidates(_ observation: Observation) -> [Int] {
    candidates(
      eventName: observation.eventName, rawEventName: observation.rawEventName,
      eventSource: observation.eventSource, actorType: observation.identity.type)
  }

  /// The entries that an event of this name, by this kind of actor, may satisfy.
  func candidates(
    eventName: String, rawEventName: String, eventSource: String, actorType: ActorType
  ) -> [Int] {
    let positions = index.candidates(eventName: eventName, rawEventName: rawEventName, actorType: actorType)
    guard !positions.isEmpty else { return [] }
    let source = eventSource.lowercased() + ":"
    let names = [source + eventName.lowercased(), source + rawEventName.lowercased()]
    return positions.filter { position in
      sources[position].isEmpty || names.contains { sources[position].contains($0) }
    }
  }

  private func reason(_ entry: OverrideEntry, _ facts: EventFacts, _ judgement: LogicJudgement) -> String {
    let notes = judgement.causes.notes.map { " (\($0))" }.joined()
    switch facts.outcome {
    case .success: return entry.reason + notes
    case .denied: return "\(OverrideMatch.attempt)denied: \(entry.reason)\(notes)"
    case .failed: return "\(OverrideMatch.attempt)failed: \(entry.reason)\(notes)"
    }
  }
}
