/// What triage can say of an observation by itself, on any thread.
struct TriageExaminer: Sendable {
  let since: Timestamp?
  let judge: Judge
  let together: CorrelationTest

  /// What one thread remembers: the lanes that it compared, the lines that it judged, and what it met in them.
  private struct Memory {
    let lanes: ComparisonMemo?
    let lines: LineMemo
    let calls = ReviewCalls()
    let reads = FactReads()
  }

  /// An examination for one thread.
  func examination() -> ObservationJudge<ExaminedObservation> {
    let memory = Memory(
      lanes: judge.index.map { ComparisonMemo($0) },
      lines: LineMemo(since: since, inventory: judge.inventory))
    return ObservationJudge { observation, line in
      memory.reads.removeAll()
      let (examined, known) = examine(observation, memory)
      if let line, let known { memory.lines.learn(known, of: line, at: observation.eventTime, memory.reads) }
      return examined
    } recall: { line in
      // Without a time nothing says what came before what.
      guard let time = line.time, time.isKnown, let id = line.eventID, line.hasRecord,
        let known = memory.lines.known(line, at: time)
      else { return nil }
      return known.entry(line, id, at: time, isNear: isNear(time), together)
    }
  }

  /// Whether a question may ask for an event: the day before is what the first findings' questions reach back to.
  private func isNear(_ time: Timestamp) -> Bool {
    since.map { time >= $0.adding(-ReviewQuestion.reach) } ?? true
  }

  /// What is made of an observation, and what others like it can be told by, if they can.
  private func examine(
    _ logged: Observation, _ memory: Memory
  ) -> (examined: ExaminedObservation, known: KnownLine?) {
    let observation = judge.inventory?.resolved(logged) ?? logged
    var gathered = GatheredFacts(noting: memory.reads)
    let making = Makings.Making(observation, judge.makings)
    // An event without a time can't be before the window: it is reviewed.
    if let since, logged.eventTime < since, logged.eventTime.isKnown {
      // The baseline was built from it, so nothing about it is new.
      let together = together(observation, baseline: BaselineFacts(count: .max), &gathered, memory.reads)
      let event = ReviewEvent(observation, memory.calls)
      let examined = ExaminedObservation(
        event: isNear(logged.eventTime) ? event : nil,
        making: isNear(logged.eventTime) ? making : nil,
        kept: together.found.isEmpty ? nil : kept(event, observation, together.found))
      return (
        examined,
        KnownLine(
          observation, CallMark(logged), examined, event.call, together.standings, judge.makings)
      )
    }
    let assessment = judge.assess(resolved: observation, comparing: memory.lanes, &gathered)
    let together = together(
      assessment.observation, baseline: assessment.comparison.map { BaselineFacts($0) }, &gathered,
      memory.reads)
    let isListed = isListed(assessment)
    let event = ReviewEvent(assessment.observation, memory.calls, assessment.normality)
    let examined = ExaminedObservation(
      event: event, session: judge.index == nil ? nil : SessionChange(logged)?.session, making: making,
      verdict: .init(normality: assessment.normality, position: assessment.decision.position),
      kept: isListed || !together.found.isEmpty
        ? kept(
          event, assessment.observation, together.found,
          listed: isListed ? (assessment, Operation.Key(assessment)) : nil) : nil)
    guard !isListed else { return (examined, nil) }
    guard logged.eventTime.isKnown, judge.isRepeatable(assessment) else { return (examined, nil) }
    return (
      examined,
      KnownLine(
        assessment.observation, CallMark(logged), examined, event.call, together.standings, judge.makings)
    )
  }

  /// Whether an operation lists what was assessed, for what it is by itself.
  func isListed(_ assessment: Assessment) -> Bool {
    assessment.decision.isListed
      && (judge.index != nil || assessment.outcomeSeverity != nil
        || assessment.detections.contains { $0.severity >= .medium })
  }

  private func kept(
    _ event: ReviewEvent, _ observation: Observation, _ found: CorrelationTest.Found,
    listed: (assessment: Assessment, operation: Operation.Key)? = nil
  ) -> ExaminedObservation.Kept {
    ExaminedObservation.Kept(
      event.eventID, CorrelatedKind(observation), at: event.time, found, listed: listed)
  }

  /// What an observation is to the detections of several events.
  struct Together {
    var found: CorrelationTest.Found
    var standings: KnownStandings
  }

  func together(
    _ observation: Observation, baseline: @autoclosure () -> BaselineFacts?, _ gathered: inout GatheredFacts,
    _ reads: FactReads
  ) -> Together {
    let candidates = together.candidates(observation)
    var standings = KnownStandings(handsOut: together.handsOut(observation))
    var found = CorrelationTest.Found(credentials: together.credentials(observation))
    guard !candidates.isEmpty else { return Together(found: found, standings: standings) }
    let evaluator = judge.detector.evaluator(observation, baseline: baseline(), &gathered)
    let holding = together.standings(evaluator, among: candidates)
    if !holding.isEmpty {
      standings.note(holding, together, evaluator.context.facts)
      // Whose an event is, is asked anew of each.
      found.hits = reads.resting {
        together.hits(of: holding, together.subject(observation, evaluator.context.facts))
      }
    }
    return Together(found: found, standings: standings)
  }
}
