import Testing

@testable import MDRCore

@Suite struct QuickTestTests {
  @Test func `the quick answer is the judgement's, for every detection on every example`() throws {
    let detections = try Detections.load(directory: nil).detections
    let compiled = detections.map { ($0.logic, QuickTest($0.logic)) }
    let runner = try ExampleRunner()
    var held = 0
    for example in detections.flatMap(\.examples) {
      let observation = try #require(runner.observation(example.record))
      for baseline in [example.baseline, nil] {
        let evaluator = LogicEvaluator(
          EvaluationContext(EventFacts(observation), lists: example.lists, baseline: baseline))
        for (logic, quick) in compiled {
          let truth = evaluator.judge(logic).truth
          #expect(quick.truth(evaluator) == truth, "\(logic)")
          if truth != .no { held += 1 }
        }
      }
    }
    #expect(held > 1_000)
  }
}
