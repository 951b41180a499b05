import Testing

@testable import MDRCore

extension Finding {
  /// An administrator's new access key, with one text in every place that a log or a file fills.
  static func example(id: String = "f-0001", text: String = "sso:AWS-Admin") -> Finding {
    Finding(
      findingID: id, title: "Access key created by \(text)", severity: .critical, position: .abnormalHighRisk,
      normality: .variant, newDimensions: [.actor, .source],
      overrides: [
        OverrideMatch(.identity, id: "access-key-created", severity: .high, reason: "A key for \(text).")
      ],
      detections: [text],
      attack: [
        AttackTechnique(id: "T1098.001", name: text, tactic: "persistence", confidence: "medium: \(text)")
      ],
      accountID: "000000000001", actor: text, actorAccountID: "000000000002", archetype: .ssoAdministrator,
      person: text, source: text, sourceKind: .publicNetwork, sourceIPs: ["198.51.100.25", text],
      region: text, eventNames: ["CreateAccessKey", text], eventSources: ["iam.amazonaws.com"],
      outcomes: [.success: 1, .denied: 2], count: 3, firstSeen: Timestamp(seconds: 1_775_000_000),
      lastSeen: Timestamp(seconds: 1_775_000_600), eventIDs: [text, "b"],
      records: [RecordReference(file: text, index: 4, sha256: "00ff")], resources: [text],
      targets: ["user": [text]], userAgentFamilies: [text], businessFamily: .identityAndPrivilege,
      businessRisk: .credentialOrPrivilege,
      tuples: [
        BaselineTuple(
          account: "000000000001", actor: text, event: "iam.amazonaws.com:CreateAccessKey", source: text,
          region: text, priorObservations: 0, position: "First-seen \(text)")
      ],
      whyDifferent: ["Never by \(text)."], residualRisk: ["A long-lived key for \(text)."],
      evidenceRequired: ["Rotation ticket for \(text)."], verification: ["Ask the owner of \(text)."],
      remediation: ["Revoke the key of \(text)."], alertingImplication: "Alert on \(text).",
      caveats: ["A gap at \(text)."])
  }
}

@Suite struct `findings` {
  @Test(arguments: ["sso:AWS-Admin"] + hostileTexts)
  func `survive their JSON line`(text: String) throws {
    let finding = Finding.example(text: text)
    let line = finding.json.compactText
    #expect(!line.unicodeScalars.contains("\n"))
    #expect(try Finding(json: JSONValue(parsing: line)) == finding)
  }

  @Test func `of other tools need what the contract names, and no more`() throws {
    let line = #"""
      {"finding_id":"x","title":"t","severity":"high","position":"unknown_needs_evidence","normality":"first_seen",
      "new_dimensions":["account"],"overrides":["kms"],"detections":[],"attack":[],"account_id":"000000000001",
      "actor":"role:a","source":"198.51.100.1","region":"us-east-1","event_names":["CreateGrant"],"count":1,
      "first_seen":"2026-04-01T00:00:00Z","last_seen":"2026-04-01T00:00:00Z","event_ids":["e"],
      "evidence_required":[],"why_different":[]}
      """#
    let finding = try Finding(json: JSONValue(parsing: line))
    #expect(finding.overrideClasses == [.kms])
    #expect(finding.archetype == .unknown)
    #expect(throws: JSONFields.Fault.self) {
      try Finding(json: JSONValue(parsing: line.replacing("\"high\"", with: "\"severe\"")))
    }
    #expect(throws: JSONFields.Fault(key: "count", expected: "a whole number")) {
      try Finding(json: JSONValue(parsing: line.replacing("\"count\":1,", with: "")))
    }
  }

  static let sections = [
    "### Finding", "#### What happened", "#### Evidence summary", "#### Business-as-usual assessment",
    "##### Business Baseline Tuple", "##### Baseline Decision", "#### Residual risk",
    "#### Verification steps",
    "#### Remediation actions", "#### Alerting implication",
  ]

  @Test(arguments: ["sso:AWS-Admin"] + hostileTexts)
  func `have the posts' seven sections and nothing that a log text adds`(text: String) {
    let seen = RenderedMarkdown(Document(Finding.example(text: text).blocks()).rendered)
    let usual = RenderedMarkdown(Document(Finding.example().blocks()).rendered)
    #expect(seen.headings.count == Self.sections.count)
    for (heading, section) in zip(seen.headings, Self.sections) { #expect(heading.hasPrefix(section)) }
    #expect(seen.rows.map(\.count) == usual.rows.map(\.count))
    #expect(seen.bullets == usual.bullets)
    #expect(seen.others.map { $0.prefix(3) } == usual.others.map { $0.prefix(3) })
  }

  @Test func `with an override stay alertable in the most usual place`() {
    var finding = Finding.example()
    finding.position = .normalLowRisk
    finding.normality = .established
    #expect(Document(finding.blocks()).rendered.contains("- Decision: alertable\n"))
    finding.overrides = []
    #expect(Document(finding.blocks()).rendered.contains("- Decision: kept as context, no alert\n"))
  }
}
