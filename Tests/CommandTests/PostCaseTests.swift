import Foundation
import Testing

@testable import MDRCore

/// The posts' own cases, from raw deliveries to findings, on the two customers that they describe.
@Suite struct PostCaseTests {
  /// What a post says of one alert, or of one half of a pair.
  struct Case: CustomTestStringConvertible, Sendable {
    var story: String
    var severities: Set<String>
    var risk: String
    var new: [String]
    var position = "abnormal_high_risk"
    var events: Set<String>
    /// A word or two of each piece of evidence that closes it.
    var evidence: String

    var testDescription: String { story }
  }

  /// Judges a customer's review window once; the labels' events lead to the findings.
  private struct Review {
    var findings: [[String: Any]] = []
    var byEvent: [String: [[String: Any]]] = [:]
    var labels: [[String: Any]] = []

    init(_ profile: String, seed: Int, events: String? = nil) throws {
      try withTemporaryDirectory { directory in
        func run(_ tool: String, _ arguments: [String]) throws {
          let outcome = try Executable(tool).run(arguments, in: directory)
          try #require(outcome.exitCode == 0, "\(tool): \(outcome.stderr)")
        }
        try run(
          "simulate-estate",
          ["--output", "estate", "--profile", profile, "--seed", "\(seed)"]
            + (events.map { ["--events", $0] } ?? []))
        try run("normalize-observations", ["--input", "estate/AWSLogs", "--output", "observations"])
        let inputs = ["--observations", "observations", "--inventory", "estate/inventory"]
        try run(
          "business-baseline", ["build", "--until", "2026-04-01", "--output", "baseline"] + inputs)
        try run("business-triage", ["run", "--baseline", "baseline", "--output", "triage"] + inputs)
        findings = try Self.lines(directory.appendingPathComponent("triage/findings.jsonl"))
        labels = try Self.lines(directory.appendingPathComponent("estate/labels.jsonl"))
        try CounterfactualCheck(directory).check()
        try AnonymousReportCheck(directory).check()
      }
      for finding in findings {
        for id in finding["event_ids"] as? [String] ?? [] { byEvent[id, default: []].append(finding) }
      }
    }

    private static func lines(_ file: URL) throws -> [[String: Any]] {
      try Data(contentsOf: file).split(separator: 0x0A).map { try SimulatedEstate.object(Array($0)) }
    }

    /// The findings of a lane's or story's operation.
    func found(_ lane: String, kind: String = "injected") -> [[String: Any]] {
      let ids = labels.filter { $0["lane"] as? String == lane && $0["kind"] as? String == kind }
        .flatMap { $0["event_ids"] as? [String] ?? [] }
      var seen: Set<String> = []
      return ids.flatMap { byEvent[$0] ?? [] }.filter {
        seen.insert($0["finding_id"] as? String ?? "").inserted
      }
    }

    func check(_ expected: Case) throws {
      let found = found(expected.story)
      try #require(found.count == 1, "\(expected.story) has \(found.count) findings")
      let finding = found[0]
      let evidence = finding["evidence_required"] as? [String] ?? []
      #expect(finding["position"] as? String == expected.position, "\(expected.story)")
      #expect(expected.severities.contains(finding["severity"] as? String ?? ""), "\(expected.story)")
      #expect(finding["business_risk"] as? String == expected.risk, "\(expected.story)")
      #expect(finding["new_dimensions"] as? [String] == expected.new, "\(expected.story)")
      #expect(Set(finding["event_names"] as? [String] ?? []) == expected.events, "\(expected.story)")
      for piece in expected.evidence.split(separator: "|") {
        #expect(evidence.contains { $0.contains(piece) }, "\(expected.story) lacks \(piece): \(evidence)")
      }
    }

    /// What every estate has to keep: labels met, and no critical outcome out of sight.
    func checkAll() {
      let ranks = [
        "normal_low_risk", "normal_high_residual_risk", "unknown_needs_evidence", "abnormal_high_risk",
      ]
      var wrong: [String] = []
      for label in labels {
        let found = (label["event_ids"] as? [String] ?? []).flatMap { byEvent[$0] ?? [] }
        let position =
          found.compactMap { $0["position"] as? String }.max {
            (ranks.firstIndex(of: $0) ?? 0) < (ranks.firstIndex(of: $1) ?? 0)
          } ?? "normal_low_risk"
        if !(label["accepted_positions"] as? [String] ?? []).contains(position) {
          wrong.append("\(label["label_id"] ?? ""): \(position)")
        }
      }
      #expect(labels.count > 100)
      #expect(wrong.count * 20 <= labels.count, "\(wrong)")
      for finding in findings where !(finding["overrides"] as? [String] ?? []).isEmpty {
        #expect(finding["position"] as? String != "normal_low_risk")
      }
    }
  }

  private static let atlas = [
    Case(
      story: "static-key-by-person", severities: ["critical"], risk: "credential_or_privilege_risk",
      new: ["event", "source"], events: ["CreateAccessKey"],
      evidence:
        "Raw CloudTrail|Target IAM user|session issuer|Source ownership|Rotation job, ticket, or emergency"),
    Case(
      story: "deployment-in-new-account", severities: ["high"], risk: "credential_or_privilege_risk",
      new: ["account"], events: ["CreateRole", "AttachRolePolicy", "PutRolePolicy"],
      evidence: "account onboarding|StackSet operation|Policies attached|Target roles|platform engineering"),
    Case(
      story: "route-by-administrator", severities: ["high"], risk: "internet_exposure",
      new: ["event", "source"], events: ["CreateRoute"],
      evidence: "Route table diff|Destination CIDR|Change ticket|owner confirmation|Exposure assessment"),
    Case(
      story: "grant-by-stranger", severities: ["high"], risk: "credential_or_privilege_risk",
      new: ["actor", "source"], events: ["CreateGrant"],
      evidence: "KMS key ARN|Grantee principal|operations|Calling service|owner attestation"),
    Case(
      story: "database-deleted-by-scaling", severities: ["high", "critical"], risk: "data_loss_or_outage",
      new: ["actor", "event", "source"], events: ["DeleteDBInstance"],
      evidence: "DB identifier|Final snapshot|Backup status|Decommission ticket|Workload owner approval"),
    Case(
      story: "database-deleted-from-office", severities: ["high", "critical"], risk: "data_loss_or_outage",
      new: ["event"], events: ["DeleteDBInstance"],
      evidence: "DB identifier|Final snapshot|Backup status|Decommission ticket|Workload owner approval"),
    // The other halves of the pairs.
    Case(
      story: "database-deleted-by-new-administrator", severities: ["high", "critical"],
      risk: "data_loss_or_outage", new: ["event", "source"], events: ["DeleteDBInstance"],
      evidence: "DB identifier|Decommission ticket"),
    Case(
      story: "another-database-deleted", severities: ["high", "critical"], risk: "data_loss_or_outage",
      new: ["resource"], events: ["DeleteDBInstance"], evidence: "DB identifier"),
    Case(
      story: "key-rotation-off-its-day", severities: ["critical"], risk: "credential_or_privilege_risk",
      new: ["cadence"], events: ["CreateAccessKey"], evidence: "Target IAM user"),
    Case(
      story: "key-rotation-of-another-user", severities: ["critical"], risk: "credential_or_privilege_risk",
      new: ["resource"], events: ["CreateAccessKey"], evidence: "Target IAM user"),
    Case(
      story: "key-by-build-server", severities: ["critical"], risk: "credential_or_privilege_risk",
      new: ["event"], events: ["CreateAccessKey"], evidence: "Target IAM user"),
    Case(
      story: "root-console-login", severities: ["high"], risk: "credential_or_privilege_risk",
      new: ["actor", "source"], events: ["ConsoleLogin"], evidence: "MFA"),
    // Where automation takes up work every week, one more service weighs less than where nothing changes.
    Case(
      story: "new-service-assumes-roles", severities: ["low"], risk: "operational_change_risk",
      new: ["actor", "event", "source"], position: "unknown_needs_evidence", events: ["AssumeRole"],
      evidence:
        "enablement record|Role trust policy|Permissions granted|owner confirmation|First-seen timestamp"),
  ]

  private static let beacon = [
    Case(
      story: "new-service-assumes-roles", severities: ["medium"], risk: "operational_change_risk",
      new: ["actor", "source"], position: "unknown_needs_evidence", events: ["AssumeRole"],
      evidence:
        "enablement record|trust policy|Permissions granted|owner confirmation|First-seen timestamp"),
    Case(
      story: "inventory-from-new-address", severities: ["medium"],
      risk: "network_visibility_or_exposure_context", new: ["source"], position: "unknown_needs_evidence",
      events: [
        "DescribeTransitGatewayAttachments", "DescribeDirectConnectGatewayAttachments",
        "DescribeVirtualInterfaces",
      ],
      evidence: "Collector ownership|NAT mapping|monitoring migration|session details|no network write"),
    Case(
      story: "grant-by-stranger", severities: ["high"], risk: "data_access_storage",
      new: ["actor", "source"], events: ["CreateGrant"],
      evidence: "KMS key ARN|Grantee principal|operations|Calling service|owner attestation"),
    Case(
      story: "log-streams-from-beanstalk", severities: ["medium"],
      risk: "observability_or_operational_change", new: ["source"], position: "unknown_needs_evidence",
      events: ["CreateLogStream"],
      evidence: "deployment record|Environment name|stream names|Service owner|new workload was created"),
    Case(
      story: "recovery-points-deleted", severities: ["high"], risk: "data_loss_or_outage", new: ["event"],
      events: ["BackupDeleted", "DeleteDBSnapshot", "DeleteSnapshot"],
      evidence:
        "snapshot identifier|Retention policy|Lifecycle policy|Decommission or retention|after deletion"),
    Case(
      story: "data-operator-from-new-address", severities: ["medium"], risk: "operational_change_risk",
      new: ["source"], position: "unknown_needs_evidence",
      events: ["AssumeRoleWithSAML", "ExecuteStatement", "GetStatementResult"],
      evidence:
        "IdP authentication|MFA status|Source ownership|statement metadata|Data-platform owner"),
    Case(
      story: "route-by-administrator", severities: ["high"], risk: "internet_exposure", new: ["event"],
      events: ["CreateRoute"], evidence: "Route table diff"),
    Case(
      story: "roles-by-new-deployment", severities: ["high"], risk: "credential_or_privilege_risk",
      new: ["actor", "event", "source"], events: ["CreateRole", "AttachRolePolicy", "PutRolePolicy"],
      evidence: "policy document"),
  ]

  @Test(arguments: [1, 2])
  func `the automation-heavy customer's alerts and pairs come out as its post says`(seed: Int) throws {
    let review = try Review("atlas", seed: seed)
    for expected in Self.atlas { try review.check(expected) }
    // What is usual stays so: the same events by the actors, in the accounts and at the times that belong to them.
    #expect(review.found("deployment-in-known-account").isEmpty)
    #expect(review.found("transit-routes", kind: "business_as_usual").isEmpty)
    for lane in ["database-refresh", "key-rotation"] {
      let positions = Set(review.found(lane, kind: "business_as_usual").map { $0["position"] as? String })
      #expect(positions == ["normal_high_residual_risk"], "\(lane)")
    }
    review.checkAll()
  }

  @Test(arguments: [1, 2])
  func `the service-heavy customer's alerts come out as its post says`(seed: Int) throws {
    let review = try Review("beacon", seed: seed, events: "25000")
    for expected in Self.beacon { try review.check(expected) }
    review.checkAll()
  }
}
