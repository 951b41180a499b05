import Testing

@testable import MDRCore

@Suite struct CoverageTests {
  @Test(arguments: [
    ("CreateFunction20150331", "CreateFunction"), ("UpdateFunctionCode20150331v2", "UpdateFunctionCode"),
    ("CreateUser", "CreateUser"), ("DeleteFunction20", "DeleteFunction20"), ("PutV2", "PutV2"),
  ])
  func `an event's date is no part of its name`(name: String, undated: String) {
    #expect(EventCoverage.undated(name) == undated)
  }

  @Test func `a name is answered by the detections whose logic names it`() throws {
    let alone = try CorrelatorTests.detection("event_name in (\"CreateFunction\", \"StopLogging\")")
    var together = try CorrelatorTests.detection(
      "event_name = \"GetObject\"\ncount >= 5 by actor within 5 minutes")
    together.id = "together"
    let coverage = EventCoverage([alone, together])
    let rows = Dictionary(coverage.rows.map { ($0.event, $0) }, uniquingKeysWith: { first, _ in first })
    #expect(rows["StopLogging"]?.detections == ["sample"])
    #expect(rows["CreateFunction20150331"]?.detections == ["sample"])
    #expect(rows["GetObject"]?.isAnsweredAlone == false)
    #expect(rows["CreateUser"]?.detections == [])
    #expect(coverage.answered == 4)
  }

  @Test func `the catalogue answers what none of the rule sets names, and most of what they do`() throws {
    let detections = try Detections.load(directory: nil).detections
    let named = Set(
      detections.flatMap { detection -> [String] in
        guard case .only(let names) = detection.logic.gate.names else { return [] }
        return Array(names)
      })
    for name in [
      "UpdateFilter", "DisableSecurityHub", "DetachPolicy", "DeleteSubscriptionFilter", "PutRetentionPolicy",
      "DeleteEventDataStore", "StopEventDataStoreIngestion", "UpdateEventDataStore", "CreateResourceShare",
      "PutFunctionConcurrency", "CreateGrant", "PutInsightSelectors", "ResyncMFADevice", "CreateArchiveRule",
      "DisableAlarmActions", "SetAlarmState", "UpdateStateMachine", "Unsubscribe",
      "RegisterDelegatedAdministrator",
      "UpdateOpenIDConnectProviderThumbprint", "AttachManagedPolicyToPermissionSet",
      "PutInlinePolicyToPermissionSet",
      "DisableImageBlockPublicAccess", "DisableSnapshotBlockPublicAccess", "UpdateRecoveryPointLifecycle",
      "PutBucketObjectLockConfiguration",
    ] {
      #expect(named.contains(name), "no detection names \(name)")
    }
    let coverage = EventCoverage(detections)
    #expect(coverage.rows.count == 760)
    #expect(coverage.answered >= 550)
  }

  @Test func `the layer has each technique under its tactic once, in v19`() throws {
    let techniques = TechniqueCoverage(try Detections.load(directory: nil).detections)
    let entries = techniques.navigatorLayer["techniques"]?.elements ?? []
    let keys = entries.map { ($0["techniqueID"]?.string ?? "") + ($0["tactic"]?.string ?? "") }
    #expect(Set(keys).count == keys.count)
    #expect(entries.contains { $0["techniqueID"] == "T1685.002" && ($0["score"]?.int ?? 0) > 5 })
    #expect(!entries.contains { $0["techniqueID"]?.string?.hasPrefix("T1562") == true })
    // The techniques of the chapter's table, T1562 by its successors.
    let ids = Set(entries.compactMap { $0["techniqueID"]?.string })
    for id in [
      "T1078.004", "T1098.001", "T1552.005", "T1530", "T1538", "T1190", "T1136.003", "T1685", "T1567",
    ] {
      #expect(ids.contains(id), "no detection names \(id)")
    }
  }
}
