/// The overrides that a call may be, by the kind of its actor, prepared for the many events of a thread.
final class CriticalCandidates {
  /// Their positions in the table.
  let candidates: [Int]
  let tests: [QuickTest]
  /// What they depend on.
  let prepared: PreparedNeeds

  init(_ candidates: [Int], _ table: OverrideTable) {
    self.candidates = candidates
    tests = table.tests(of: candidates)
    prepared = PreparedNeeds(of: candidates.map { table.entries[$0] })
  }

  /// Whether the event that the evaluator knows is none of them whoever did it from wherever, as most are.
  func areNone(whoeverActed evaluator: LogicEvaluator) -> Bool {
    evaluator.leavesActorOpen = true
    defer { evaluator.leavesActorOpen = false }
    return tests.allSatisfy { $0.truth(evaluator) == .no }
  }
}
