import Foundation
import Testing

@testable import MDRCore

@Suite struct ReviewedDetectionTests {
  @Test func `every reviewed detection is sound and answers its examples`() throws {
    let (detections, faults) = try DetectionFiles(directory: nil).parsed()
    #expect(faults == [])
    #expect(detections.flatMap { $0.lintFindings(among: detections) } == [])
    let runner = try ExampleRunner()
    #expect(detections.flatMap(runner.failures) == [])
    #expect(detections.count >= 120)
  }

  @Test(arguments: [
    ("README.md", "%d detections in %d families"), ("CHANGELOG.md", "%d detections in %d families"),
    (
      "projects/aws-mdr/.claude/skills/detection-specs/SKILL.md",
      "%d detections, one folder for each of the %d families"
    ),
  ])
  func `pages count the detections as they are`(page: String, words: String) throws {
    let detections = try Detections.load(directory: nil).detections
    let sentence = String(format: words, detections.count, Set(detections.map(\.family)).count)
    let text = try String(contentsOf: Checkout.root.appendingPathComponent(page), encoding: .utf8)
    #expect(text.contains(sentence), "\(page) should say: \(sentence)")
  }

  @Test func `the nine families of the post are there`() throws {
    let families = Set(try Detections.load(directory: nil).detections.map(\.family))
    #expect(
      families.isSuperset(of: [
        "root-activity", "access-key-creation", "iam-writes", "cloudtrail-config-tamper",
        "s3-bucket-deletion",
        "public-exposure", "destructive-database", "kms-changes", "tuple-drift",
      ]))
  }

  @Test func `an example that is turned round fails`() throws {
    var detection = try #require(try Detections.load(directory: nil)[id: "key-disabled"])
    detection.examples = detection.examples.map { example in
      var turned = example
      turned.shouldMatch.toggle()
      return turned
    }
    #expect(try ExampleRunner().failures(of: detection).count == detection.examples.count)
  }

  @Test func `the index gives the same matches as judging everything`() throws {
    let detections = try Detections.load(directory: nil)
    let runner = try ExampleRunner()
    var matches = 0
    for example in detections.detections.flatMap(\.examples) {
      let observation = try #require(runner.observation(example.record))
      let context = EvaluationContext(
        EventFacts(observation), lists: example.lists, baseline: example.baseline)
      let evaluator = LogicEvaluator(context)
      let everything = detections.detections.filter {
        $0.correlation == nil
          && evaluator.judge($0.logic).matches(withoutBaseline: $0.matchesWithoutBaseline)
      }
      #expect(detections.matches(context).map(\.id) == everything.map(\.id))
      matches += everything.count
    }
    #expect(matches > 170)
  }

  @Test func `a draft is listed and replayed, never in force`() throws {
    var draft = try #require(try Detections.load(directory: nil)[id: "trail-stopped"])
    draft.status = "draft"
    let context = EvaluationContext(EventFacts.made("StopLogging", "cloudtrail"))
    #expect(Detections([draft]).matches(context).isEmpty)
    #expect(Detections([draft]).detections.count == 1)
    #expect(Detections([draft], judgingDrafts: true).matches(context).count == 1)
  }

  @Test func `an attempt weighs at most medium and says so`() throws {
    let detections = try Detections.load(directory: nil)
    let facts = EventFacts.made("StopLogging", "cloudtrail", outcome: .denied)
    let match = try #require(detections.matches(EvaluationContext(facts)).first)
    #expect(match.severity == .medium)
    #expect(match.isAttempt)
    #expect(match.attack.first?.confidence == "low")
  }
}
