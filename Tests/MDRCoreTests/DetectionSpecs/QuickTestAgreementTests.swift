import Testing

@testable import MDRCore

/// What an expression's truth alone is asked for costs little, and is what its judgement says.
@Suite struct QuickTestAgreementTests {
  @Test func `the quick answer is the judgement's, for all reviewed logic on events made for it`() throws {
    var logic = try OverrideTable.load().entries.map(\.when)
    logic += try Detections.load(directory: nil).detections.map(\.logic)
    var events = RandomEvents(seed: 11)
    var seen: [Truth: Int] = [:]
    for expression in logic {
      let quick = QuickTest(expression)
      for _ in 0..<10 {
        seen[try Self.agreed(expression, quick, events.event(for: expression)), default: 0] += 1
      }
    }
    #expect(seen[.yes, default: 0] > 500 && seen[.no, default: 0] > 500 && seen[.unknown, default: 0] > 50)
  }

  @Test func `the quick answer is the judgement's, for logic that nobody would write`() throws {
    var events = RandomEvents(seed: 12)
    var seen: [Truth: Int] = [:]
    for _ in 0..<1_500 {
      let expression = try events.expression()
      let quick = QuickTest(expression)
      for _ in 0..<4 {
        seen[try Self.agreed(expression, quick, events.event(for: expression)), default: 0] += 1
      }
    }
    #expect(seen[.yes, default: 0] > 500 && seen[.no, default: 0] > 500 && seen[.unknown, default: 0] > 50)
  }

  private static func agreed(
    _ expression: Expression, _ quick: QuickTest, _ event: (context: EvaluationContext, text: String)
  ) throws -> Truth {
    let evaluator = LogicEvaluator(event.context)
    let truth = evaluator.judge(expression).truth
    #expect(quick.truth(evaluator) == truth, "\(expression) of \(event.text)")
    evaluator.leavesActorOpen = true
    let truthForAny = quick.truth(evaluator)
    #expect(truthForAny == .unknown || truthForAny == truth, "\(expression) of \(event.text)")
    // What is told of any actor is told of another.
    evaluator.leavesActorOpen = false
    evaluator.context.facts.identity = ActorIdentity(
      actor: "role:other", type: evaluator.context.facts.identity.type, archetype: .buildServer,
      sessionClass: "random", accessKeyID: "AKIAOTHER", isMFA: false, invokedBy: "ecs.amazonaws.com")
    evaluator.context.facts.origin = EventOrigin(
      source: "ip:203.0.113.0/24", kind: .publicNetwork, sourceIP: "203.0.113.7", userAgent: "curl/8")
    let other = quick.truth(evaluator)
    #expect(truthForAny == .unknown || truthForAny == other, "\(expression) of \(event.text)")
    return truth
  }

  @Test func `what weighs less by deployment depends on what the actor is`() throws {
    let entries = try OverrideTable.load().entries
    let weighed = entries.filter { $0.severityByDeployment != nil }
    #expect(!weighed.isEmpty)
    for entry in weighed { #expect(PreparedNeeds(of: [entry]).needs.isOfActorKind, "\(entry.id)") }
    let always = try #require(entries.first { $0.when == .always && $0.severityByDeployment == nil })
    #expect(!PreparedNeeds(of: [always]).needs.isOfActorKind)
  }

  @Test func `documents that agree in what is looked at are judged the same`() throws {
    let hash = KeyedHash(fixedKey: 3)
    var events = RandomEvents(seed: 13)
    var others = 0
    for expression in try OverrideTable.load().entries.map(\.when) where expression != .always {
      let needs = PreparedNeeds([expression])
      let (first, _) = events.event(for: expression)
      var known: [KeyedDigest: (truth: Truth, causes: UnknownCauses, text: String)] = [:]
      for _ in 0..<25 {
        let (other, text) = events.event(for: expression)
        var context = first
        var digest = KeyedDigest.none
        for (document, needed) in [
          (other.facts.request, needs.request), (other.facts.response, needs.response),
          (other.facts.additional, needs.additional),
        ] where !needed.isEmpty {
          digest = hash.digest(1, 0, after: digest)
          if let root = document.root {
            digest = hash.digest(of: needed, at: root.index, on: root.tape, after: digest)
          }
        }
        context.facts.request = other.facts.request
        context.facts.response = other.facts.response
        context.facts.additional = other.facts.additional
        let judged = LogicEvaluator(context).judge(expression)
        guard let same = known[digest] else {
          known[digest] = (judged.truth, judged.causes, text)
          continue
        }
        #expect(
          same.truth == judged.truth && same.causes == judged.causes, "\(expression): \(same.text), \(text)")
        if same.text != text { others += 1 }
      }
    }
    #expect(others > 200)
  }

  @Test func `patterns fit texts as letter after letter says, capitals or not`() {
    var random = SplitMix(state: 5)
    let letters = Array("abAB*?.\u{212A}\u{E9}\u{C9}k")
    func text(_ limit: UInt64) -> String {
      String(
        (0..<Int(random.next() % limit)).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
    }
    var fitting = 0
    for _ in 0..<4_000 {
      let (pattern, text) = (text(5), text(7))
      let fits = Self.fits(Array(pattern.lowercased().utf8)[...], Array(text.lowercased().utf8)[...])
      #expect(
        Glob(pattern).matches(text) == fits && Glob.matches(pattern, text) == fits, "\(pattern) \(text)")
      if fits { fitting += 1 }
    }
    #expect(fitting > 200)
  }

  private static func fits(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    if first == UInt8(ascii: "*") {
      return fits(rest, text) || (!text.isEmpty && fits(pattern, text.dropFirst()))
    }
    guard let byte = text.first, first == UInt8(ascii: "?") || first == byte else { return false }
    return fits(rest, text.dropFirst())
  }
}
