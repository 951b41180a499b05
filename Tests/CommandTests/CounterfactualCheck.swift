import Foundation
import Testing

@testable import MDRCore

/// Whether restoring what a finding names would change its verdict, and nothing less would: on every finding of a run,
/// judged anew from its own observations and the baseline's lanes.
struct CounterfactualCheck {
  private let findings: [Finding]
  private let observations: [String: Observation]
  private let judge: Judge
  private let index: BaselineIndex

  /// Reads a folder with `observations`, `baseline`, `estate/inventory` and `triage`.
  init(_ directory: URL) throws {
    let path = { (name: String) in directory.appendingPathComponent(name).path }
    findings = try FindingsFile(path: path("triage/findings.jsonl")).findings
    let wanted = Set(findings.flatMap(\.eventIDs))
    // Only the findings' own observations are read: an estate has many more.
    let lines = try Data(contentsOf: directory.appendingPathComponent("observations/observations.jsonl"))
      .split(separator: 0x0A).filter { line in
        guard let id = try? JSONValue(parsing: Array(line))["event_id"]?.string else { return false }
        return wanted.contains(id)
      }
    let few = path("few.jsonl")
    try Data(lines.joined(separator: [0x0A])).write(to: URL(fileURLWithPath: few))
    var observations: [String: Observation] = [:]
    _ = try ObservationReader(inputs: [.observations(few)], jobs: 1).read { observations[$0.eventID] = $0 }
    self.observations = observations
    let inventory = try Inventory.load(from: path("estate/inventory"))
    let baseline = try Baseline.load(path("baseline"))
    index = BaselineIndex(baseline)
    judge = Judge(
      index: index, inventory: inventory,
      detector: try Detector(directory: nil, inventory: inventory, baseline: baseline))
  }

  func check() throws {
    try #require(findings.count > 5)
    for finding in findings { try check(finding) }
  }

  private func check(_ finding: Finding) throws {
    let assessments = finding.eventIDs.compactMap { observations[$0] }.map { observation in
      var gathered = GatheredFacts()
      return judge.assess(
        resolved: judge.inventory?.resolved(observation) ?? observation, comparing: ComparisonMemo(index),
        &gathered)
    }
    let lead = try #require(
      assessments.dropFirst().reduce(assessments.first) { best, next in
        best.map { next.outranks($0) ? next : $0 }
      }, "\(finding.title)")
    let comparison = try #require(lead.comparison)
    guard comparison.nearest != nil, finding.normality != .undetermined else { return }
    // Of another actor at another job no lane is near enough to go back to.
    guard !Set(finding.newDimensions).isSuperset(of: [.actor, .event]) else { return }
    let counterfactual = try #require(finding.counterfactual, "\(finding.title)")
    #expect(
      (counterfactual.position, counterfactual.severity) != (finding.position, finding.severity),
      "\(finding.title): \(counterfactual.sentence)")
    #expect(Set(counterfactual.restored.keys) == Set(finding.newDimensions), "\(finding.title)")
    #expect(!counterfactual.restored.isEmpty || !counterfactual.withoutOutcomes.isEmpty, "\(finding.title)")
    let dropped = Set(counterfactual.withoutOutcomes)
    var whole = restored(lead.observation, counterfactual.restored)
    whole.overrides.removeAll { dropped.contains($0.overrideClass) }
    #expect(index.compare(whole).normality == .established, "\(finding.title): \(counterfactual.sentence)")
    // The set is the smallest: with any of it left as it was, this is still no established lane.
    for dimension in counterfactual.restored.keys where counterfactual.restored.count > 1 {
      var part = counterfactual.restored
      part[dimension] = nil
      var less = restored(lead.observation, part)
      less.overrides.removeAll { dropped.contains($0.overrideClass) }
      #expect(index.compare(less).normality != .established, "\(finding.title) without \(dimension)")
    }
  }

  private func restored(_ observation: Observation, _ values: [MDRCore.Dimension: String])
    -> Observation
  {
    var observation = observation
    for (dimension, value) in values {
      switch dimension {
      case .account: observation.accountID = value
      case .actor: observation.identity.actor = value
      case .event:
        let parts = value.split(separator: ":", maxSplits: 1).map(String.init)
        (observation.eventSource, observation.eventName) = (parts[0], parts[1])
        observation.overrides = []
        observation.resources = []
        let isGlobal = ["iam.amazonaws.com", "organizations.amazonaws.com"].contains(parts[0])
        if isGlobal != (observation.region == "global") {
          observation.region = isGlobal ? "global" : observation.awsRegion
        }
      case .source: observation.origin.source = value
      case .region: observation.region = value
      case .resource: observation.resources = [value]
      // The last run that the baseline saw was on its beat.
      case .cadence:
        observation.eventTime = index.lane(observation.laneKey)?.lastSeen ?? observation.eventTime
      case .target, .person: break
      }
    }
    return observation
  }
}
