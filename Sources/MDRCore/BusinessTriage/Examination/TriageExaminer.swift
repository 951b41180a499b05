/// What triage can say of an observation by itself, on any thread.
struct TriageExaminer: Sendable {
  let since: Timestamp?
  let judge: Judge
  let together: CorrelationTest

  /// An examination for one thread, which remembers the lanes that it compared and the lines that it judged.
  func examination() -> ObservationJudge<ExaminedObservation> {
    let (lanes, lines, calls) = (judge.index.map { ComparisonMemo($0) }, LineMemo(since: since), ReviewCalls())
    let reads = FactReads()
    return ObservationJudge { observation, line in
      reads.removeAll()
      let (examined, repeatable) = examine(observation, lanes, calls, reads)
      if let line, let repeatable {
        lines.learn(
          KnownLine(observation, examined, repeatable), of: line, at: observation.eventTime, reads)
      }
      return examined
    } recall: { line in
      // Without a time nothing says what came before what.
      guard let time = line.time, time.seconds > 0, let id = line.eventID, line.hasRecord,
        let known = lines.known(line, at: time)
      else { return nil }
      return known.entry(line, id, at: time, isNear: isNear(time))
    }
  }

  /// Whether a question may ask for an event: the day before is what the first findings' questions reach back to.
  private func isNear(_ time: Timestamp) -> Bool {
    since.map { time >= $0.adding(-ReviewQuestion.reach) } ?? true
  }

  /// What is made of an observation; with its call, if the same would be made of any like it.
  private func examine(
    _ logged: Observation, _ lanes: ComparisonMemo?, _ calls: ReviewCalls, _ reads: FactReads
  ) -> (examined: ExaminedObservation, repeatable: ReviewCall?) {
    if judge.inventory != nil, logged.origin.kind.isUnmanaged { reads.note(FactPath(.field(.sourceIP))) }
    let observation = judge.inventory?.resolved(logged) ?? logged
    var gathered = GatheredFacts(noting: reads)
    // An event without a time can't be before the window: it is reviewed.
    if let since, logged.eventTime < since, logged.eventTime.seconds > 0 {
      // The baseline was built from it, so nothing about it is new.
      let found = found(observation, baseline: BaselineFacts(count: .max), &gathered)
      let event = ReviewEvent(observation, calls)
      let examined = ExaminedObservation(
        event: isNear(logged.eventTime) ? event : nil,
        kept: found.isEmpty ? nil : .init(.earlier(observation), found))
      return (examined, found.isEmpty && !together.mayFollow(observation) ? event.call : nil)
    }
    let assessment = judge.assess(resolved: observation, comparing: lanes, &gathered)
    let found = found(
      assessment.observation, baseline: assessment.comparison.map { BaselineFacts($0) }, &gathered)
    let isListed =
      assessment.decision.isListed
      && (judge.index != nil || assessment.outcomeSeverity != nil
        || assessment.detections.contains { $0.severity >= .medium })
    let event = ReviewEvent(assessment.observation, calls)
    let examined = ExaminedObservation(
      event: event,
      session: judge.index == nil ? nil : SessionChange(logged)?.session,
      verdict: .init(normality: assessment.normality, position: assessment.decision.position),
      kept: isListed || !found.isEmpty
        ? .init(.assessed(assessment, operation: isListed ? Operation.Key(assessment) : nil), found) : nil)
    let isRepeatable =
      examined.kept == nil && logged.eventTime.seconds > 0 && judge.isRepeatable(assessment)
      && !together.mayFollow(observation)
    return (examined, isRepeatable ? event.call : nil)
  }

  private func found(
    _ observation: Observation, baseline: @autoclosure () -> BaselineFacts?, _ gathered: inout GatheredFacts
  ) -> CorrelationTest.Found {
    let candidates = together.candidates(observation)
    var found = CorrelationTest.Found(credentials: together.credentials(observation))
    guard !candidates.isEmpty else { return found }
    let evaluator = judge.detector.evaluator(observation, baseline: baseline(), &gathered)
    found.hits = together.hits(observation, evaluator, among: candidates)
    return found
  }
}
