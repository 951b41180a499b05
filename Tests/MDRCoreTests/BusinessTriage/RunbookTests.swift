import Testing

@testable import MDRCore

@Suite struct RunbookTests {
  @Test func `each runbook says when it applies, in words that exist, and contains before it mends`() throws {
    let file = try JSONValue(parsing: Content.text("business-triage/references/runbooks.json"))
    let detections = Set(try Detections.load(directory: nil).detections.map(\.id))
    let archetypes = Set(Archetype.allCases.map(\.rawValue))
    let overrides = Set(OverrideClass.allCases.map(\.rawValue))
    let phases = Runbook.Phase.allCases.map(\.rawValue)
    #expect(Runbook.load().count == file.elements.count)
    for runbook in file.elements {
      let id = runbook["id"]?.string ?? ""
      let whens = runbook["when"]?.elements ?? []
      #expect(!whens.isEmpty, "\(id)")
      for condition in whens {
        for (key, known) in [
          ("detections", detections), ("archetypes", archetypes), ("overrides", overrides),
        ] {
          let named = condition[key]?.strings ?? []
          #expect(known.isSuperset(of: named), "\(id)")
        }
        let keys = Set(condition.members.keys)
        #expect(keys.isSubset(of: ["events", "archetypes", "overrides", "detections"]), "\(id)")
      }
      let steps: [String: JSONValue] = runbook["steps"]?.members ?? [:]
      #expect(Set(steps.keys) == Set(phases), "\(id)")
      let containment = runbook["steps"]?["containment"]?.strings ?? []
      let order = ["Snapshot", "Isolate", "Revoke"]
      #expect(containment.map { text in order.first { text.hasPrefix($0) } } == order, "\(id)")
    }
  }

  @Test func `the four scenarios that every team needs are there`() {
    let ids = Set(Runbook.load().map(\.id))
    #expect(ids.isSuperset(of: ["leaked-key", "exposed-bucket", "suspect-pod", "compromised-ci"]))
  }
}
