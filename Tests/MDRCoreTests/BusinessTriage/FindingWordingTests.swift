import Testing

@testable import MDRCore

/// What a demanding reader misses first: who usually does this, what is alike, and what is meant by it all together.
@Suite struct FindingWordingTests {
  /// A bastion's monthly rotation of one user's key, by one tool, beside the daily deployment.
  static func rotation(day: Int, agent: String = "aws-cli", user: String = "pipeline") -> Observation {
    var call = Sample.observation(
      Sample.time(day: day), actor: "role:bastion", event: "iam.amazonaws.com:CreateAccessKey",
      source: "owned:bastion", override: .identity, id: "rotation-\(day)-\(agent)-\(user)",
      resources: ["user/\(user)"], archetype: .bastion,
      targets: ["user": [user], "access_key_id": ["AKIAEXAMPLE\(day)"]])
    call.origin.userAgentFamily = agent
    return call
  }

  static func baseline() throws -> Baseline {
    try Sample.baseline((0..<90).filter { $0 % 2 == 0 }.map { rotation(day: $0) } + BaselineIndexTests.estate)
  }

  private static func why(_ call: Observation) throws -> String {
    let finding = try #require(try TriageRun.result([call], against: baseline()).findings.first)
    return finding.whyDifferent.joined(separator: "\n")
  }

  @Test func `an established lane tells what is alike beside the tuple, and what is not`() throws {
    let usual = try Self.why(Self.rotation(day: 92))
    #expect(
      usual.contains("Alike in the lane too: user `pipeline` 45 times, user agent `aws-cli` 45 times of 45."))
    #expect(!usual.contains("Not in the lane before"))
    let other = try Self.why(Self.rotation(day: 92, agent: "browser"))
    #expect(other.contains("Not in the lane before: user agent `browser`."))
  }

  @Test func `whoever does another's work is told whose it usually is`() throws {
    var call = Self.rotation(day: 92)
    (call.identity.actor, call.identity.archetype, call.origin.source) = (
      "sso:Admin", .ssoAdministrator, "corp:hq"
    )
    #expect(
      try Self.why(call).contains(
        "In the whole baseline CreateAccessKey is made by these kinds of actors: Bastion 45, SSO administrator never."
      ))
    call.eventName = "CreateServiceSpecificCredential"
    #expect(
      try Self.why(call).contains(
        "Nobody makes CreateServiceSpecificCredential in the whole baseline; the family"))
  }

  @Test func `what was seen too seldom to be a lane is not told as never seen`() throws {
    func restore(_ day: Int) -> Observation {
      Sample.observation(
        Sample.time(day: day), actor: "role:restorer",
        event: "rds.amazonaws.com:RestoreDBInstanceFromDBSnapshot",
        source: "owned:jobs", id: "restore-\(day)", archetype: .scheduler)
    }
    let baseline = try Sample.baseline([restore(20), restore(50)] + BaselineIndexTests.estate)
    let finding = try #require(try TriageRun.result([restore(91)], against: baseline).findings.first)
    let why = finding.whyDifferent.joined(separator: "\n")
    #expect(
      why.contains(
        "Actor for whom this event is no habit yet: RestoreDBInstanceFromDBSnapshot was seen 2 times in this account, by this actor 2 times."
      ))
    #expect(why.contains("The exact tuple was seen 2 times, too seldom or too recently to be a lane."))
    #expect(
      !why.contains("never with RestoreDBInstanceFromDBSnapshot") && !why.contains("never from owned:jobs"))
    #expect(!why.contains("by other actors"))
  }

  @Test func `who else makes a call is told by a lane of that call only`() throws {
    var call = Self.rotation(day: 92)
    (call.identity.actor, call.identity.archetype) = ("role:other", .bastion)
    #expect(try Self.why(call).contains("by other actors such as role:bastion (Bastion)."))
    (call.eventName, call.rawEventName, call.overrides) = ("CreateRole", "CreateRole", [])
    let why = try Self.why(call)
    #expect(!why.contains("by other actors such as role:bastion"))
  }

  @Test func `a sensitive change that is no override says what it bears where it is new`() throws {
    var call = Self.rotation(day: 92)
    (call.eventName, call.rawEventName, call.overrides) = ("AttachRolePolicy", "AttachRolePolicy", [])
    #expect(try Self.why(call).contains("Privilege-bearing: such a call changes what somebody may do."))
    #expect(try !Self.why(Self.rotation(day: 92)).contains("Privilege-bearing"))
  }

  @Test func `an established lane is told as what the business does, not as approved`() throws {
    let finding = try #require(
      try TriageRun.result([Self.rotation(day: 92)], against: Self.baseline()).findings.first)
    #expect(
      Document(finding.blocks()).rendered.contains(
        "Likely the business's own routine: this very operation recurs in the baseline. Recurrence is context, not approval."
      ))
  }

  @Test func `what agrees with the baseline is told in words, and one moment once`() throws {
    var call = Self.rotation(day: 92)
    (call.eventName, call.rawEventName) = (
      "CreateServiceSpecificCredential", "CreateServiceSpecificCredential"
    )
    let finding = try #require(try TriageRun.result([call], against: Self.baseline()).findings.first)
    let page = Document(finding.blocks()).rendered
    #expect(page.contains("; account, actor, source and region together 45; exact tuple 0."))
    #expect(!page.contains("×"))
    #expect(page.contains("| First and last seen | \(call.eventTime.iso8601) |"))
    #expect(!page.contains("\(call.eventTime.iso8601) to \(call.eventTime.iso8601)"))
    #expect(Archetype.serviceLinkedRole.title == "Service-linked role")
  }

  @Test func `a related finding is told with its severity and its events`() throws {
    var (first, second) = (Self.rotation(day: 92), Self.rotation(day: 92))
    (second.origin.source, second.origin.kind, second.eventID) = (
      "ip:203.0.113.0/24", .publicNetwork, "second"
    )
    let findings = try TriageRun.result([first, second], against: Self.baseline()).findings
    let finding = try #require(findings.first { $0.eventIDs != ["second"] })
    let other = try #require(findings.first { $0.eventIDs == ["second"] })
    #expect(try Finding(json: finding.json).related == finding.related)
    first.eventID = other.findingID
    #expect(
      Document(finding.blocks()).rendered.contains(
        "- `\(other.findingID)` (\(other.severity.title), `CreateAccessKey`): "))
  }

  @Test func `a new region says how often the account was seen there`() throws {
    var call = Self.rotation(day: 92)
    (call.region, call.awsRegion) = ("eu-north-1", "eu-north-1")
    #expect(
      try Self.why(call).contains(
        "New region: this actor makes this call 45 times, never in eu-north-1, where this account was never seen."
      ))
    call.eventName = "CreateServiceSpecificCredential"
    #expect(
      try Self.why(call).contains("New region: eu-north-1, where this account was never seen."))
  }

  @Test func `a lane that is established is not told as too seldom`() throws {
    let text = try Self.why(Self.rotation(day: 92, user: "release-manager"))
    #expect(text.contains("New resource"))
    #expect(text.contains("The lane itself is established, seen 45 times on 45 days"))
    #expect(!text.contains("too seldom"))
  }

  @Test func `what was only tried is not told as done, and each step says how it ended`() throws {
    func call(_ event: String, second: Int, _ outcome: Outcome) -> Observation {
      var call = Self.rotation(day: 92)
      call.eventTime = call.eventTime.adding(second)
      (call.eventSource, call.eventName, call.rawEventName) = ("cloudtrail.amazonaws.com", event, event)
      (call.outcome, call.targets, call.eventID) = (outcome, [:], "\(event)-\(second)")
      (call.businessRisk, call.overrides) = (.defenseEvasion, [])
      call.identity.sessionName = "i-0abc"
      guard event == "DeleteTrail" else { return call }
      call.overrides = [
        OverrideMatch(
          .logging, id: "trail-stopped", severity: outcome == .success ? .high : .medium,
          reason: outcome == .success ? "It stopped." : OverrideMatch.attempt + "denied: It stopped.")
      ]
      return call
    }
    func finding(_ outcome: Outcome) throws -> Finding {
      let calls = [call("DescribeTrails", second: 0, .success), call("DeleteTrail", second: 5, outcome)]
      let findings = try TriageRun.result(calls, against: Self.baseline()).findings
      return try #require(findings.first { $0.eventNames.contains("DeleteTrail") })
    }
    let (tried, done) = (try finding(.denied), try finding(.success))
    #expect(tried.refusedEventNames == ["DeleteTrail"] && done.refusedEventNames.isEmpty)
    #expect(try Finding(json: tried.json).refusedEventNames == tried.refusedEventNames)
    #expect(try Finding(json: tried.json).timeline == tried.timeline)
    let risks = (tried.residualRisk.joined(separator: "\n"), done.residualRisk.joined(separator: "\n"))
    #expect(risks.0.contains("Had it taken effect: what happens from here on may be recorded"))
    #expect(risks.0.contains("did not take effect") && !risks.0.contains("Reversible"))
    #expect(!risks.0.contains("Reach:") && risks.1.contains("Reach:") && risks.1.contains("Reversible"))
    #expect(
      !tried.evidence.contains { $0.question == .undone } && done.evidence.contains { $0.question == .undone }
    )
    #expect(!tried.corroboration.contains { $0.contains("while the record was off") })
    #expect(done.corroboration.contains { $0.contains("while the record was off") })
    let settings = (tried.evidence.first { $0.text.contains("before and after") })
    #expect(settings?.answer?.contains("was refused or failed: it changed nothing.") == true)
    #expect(done.evidence.first { $0.text.contains("before and after") }?.isOpen == true)
    let page = Document(tried.blocks()).rendered
    #expect(page.contains("Sessions, as their callers named them: `i-0abc`"))
    guard tried.eventNames.count > 1 else { return }
    #expect(tried.timeline.map(\.refused) == [0, 1])
    #expect(page.contains("| `DeleteTrail` | 1 | refused or failed |"))
  }

  @Test func `an account is ranked by its name too, and a command can be copied whole`() throws {
    var finding = try #require(
      try TriageRun.result([Self.rotation(day: 92)], against: Self.baseline()).findings.first)
    func whoAndWhere() throws -> String {
      Document([.paragraph(try #require(FindingRank([finding])).cells[3])]).rendered
    }
    #expect(try whoAndWhere() == "`role:bastion` in `111111111111`\n")
    finding.accountName = "shared-tools | prod"
    #expect(try whoAndWhere().hasPrefix("`role:bastion` in shared-tools"))
    #expect(try whoAndWhere().hasSuffix("`111111111111`\n"))
    let page = Document(finding.blocks()).rendered
    #expect(page.contains(" --finding \(finding.findingID) --about QUESTION` lists the events"))
    #expect(page.contains("| `events --about own` |"))
  }

  @Test func `a session's key is not told to be revoked by itself`() throws {
    var call = Self.rotation(day: 92)
    (call.identity.actor, call.origin.source) = ("role:stranger", "ip:203.0.113.0/24")
    call.targets["access_key_id"] = ["ASIAEXAMPLE"]
    let finding = try #require(try TriageRun.result([call], against: Self.baseline()).findings.first)
    let steps = finding.remediation.joined(separator: "\n")
    #expect(!steps.contains("ASIAEXAMPLE") && steps.contains("Rotate: every secret"))
    let words = ["Snapshot", "Revoke", "Rotate", "Rebuild"]
    let order = words.compactMap { word in finding.remediation.firstIndex { $0.hasPrefix(word) } }
    #expect(order.count == words.count && order == order.sorted())
  }

  @Test func `the gravest event comes first, beside all regions, keys and user agents`() throws {
    func call(_ event: String, _ region: String, _ override: OverrideClass?) -> Observation {
      var call = Self.rotation(day: 92)
      let parts = event.split(separator: ":").map(String.init)
      (call.eventSource, call.eventName, call.rawEventName) = (parts[0], parts[1], parts[1])
      (call.identity.actor, call.origin.source, call.origin.kind) = (
        "role:stranger", "ip:203.0.113.0/24", .publicNetwork
      )
      (call.region, call.awsRegion, call.eventID) = (region, region, event)
      (call.origin.userAgent, call.identity.accessKeyID) = ("aws-cli/2.1 <b>kali</b>", "ASIAEXAMPLE1")
      if override == nil { (call.overrides, call.isReadOnly) = ([], true) }
      return call
    }
    let calls = [
      call("ec2.amazonaws.com:DescribeHosts", "eu-west-1", nil),
      call("iam.amazonaws.com:CreateAccessKey", "us-east-1", .identity),
      call("s3.amazonaws.com:ListBuckets", "eu-north-1", nil),
    ]
    let finding = try #require(try TriageRun.result(calls, against: Self.baseline()).findings.first)
    try #require(finding.count == 3)
    #expect(finding.rankedEventNames.first == "CreateAccessKey")
    #expect(finding.title.hasPrefix("CreateAccessKey, "))
    #expect(try Finding(json: finding.json).rankedEventNames == finding.rankedEventNames)
    let row = try #require(FindingRank([finding])).cells[2]
    #expect(Document([.paragraph(row)]).rendered.hasPrefix("`CreateAccessKey`, "))
    let page = Document(finding.blocks()).rendered
    #expect(page.contains("regions `us-east-1`, `eu-north-1`, `eu-west-1`, from"))
    #expect(page.contains("Signed with the access keys: `ASIAEXAMPLE1`"))
    #expect(page.contains("as logged `aws-cli/2.1 ") && !page.contains("<b>"))
  }

  @Test func `what each event brought about is told to be undone, by what it touched, where it took effect`()
    throws
  {
    func call(_ event: String, _ outcome: Outcome, _ resource: String) -> Observation {
      var call = Self.rotation(day: 92)
      (call.eventSource, call.eventName, call.rawEventName) = ("cloudtrail.amazonaws.com", event, event)
      (call.identity.actor, call.origin.source) = ("role:stranger", "ip:203.0.113.0/24")
      (call.outcome, call.resources, call.targets, call.eventID) = (outcome, [resource], [:], event)
      return call
    }
    let calls = [call("StopLogging", .success, "trail/all"), call("DeleteTrail", .denied, "trail/other")]
    let finding = try #require(try TriageRun.result(calls, against: Self.baseline()).findings.first)
    let steps = finding.remediation.filter { $0.hasPrefix("Undo first") }
    #expect(steps.count == 1)
    #expect(steps.first?.contains("have `trail/all` record again") == true)
  }

  @Test func `an instance's credentials away from where its role calls from weigh high`() throws {
    func read(_ day: Int, _ source: String, _ kind: SourceKind) -> Observation {
      var call = Sample.observation(
        Sample.time(day: day), actor: "role:shop", event: "secretsmanager.amazonaws.com:GetSecretValue",
        source: source, id: "read-\(day)-\(source)", kind: kind, archetype: .applicationWorkload)
      (call.isReadOnly, call.identity.sessionClass) = (true, "ec2-instance")
      return call
    }
    func finding(_ usual: String, _ kind: SourceKind) throws -> Finding? {
      let baseline = try Sample.baseline((0..<90).map { read($0, usual, kind) } + BaselineIndexTests.estate)
      let result = try TriageRun.result(
        [read(91, "ip:203.0.113.0/24", .publicNetwork)], against: baseline)
      return result.findings.first
    }
    let moved = try #require(try finding("owned:nat", .owned))
    #expect(moved.severity == .high && moved.position == .abnormalHighRisk)
    #expect(moved.whyDifferent.contains { $0.contains("this role's calls came from `owned:nat`") })
    #expect(moved.residualRisk.contains { $0.hasPrefix("Credentials of a role came from a network") })
    let unnamed = try finding("ip:198.51.100.0/24", .publicNetwork)
    #expect(unnamed?.severity != .high)
  }

  @Test func `a person, data and a new place are one story`() throws {
    let person = (0..<90).filter { $0 % 2 == 0 }.map { query(day: $0, source: "corp:hq") }
    let finding = try #require(
      try TriageRun.result(
        [query(day: 92, source: "ip:203.0.113.0/24")], against: Sample.baseline(person)
      ).findings.first)
    #expect(
      finding.whyDifferent.contains(
        "Taken together: a human or interactive session touched the data platform from a source that the baseline doesn't have."
      ))
    #expect(finding.verification.contains { $0.hasPrefix("It could be a person who travels") })
  }

  private func query(day: Int, source: String) -> Observation {
    var call = Sample.observation(
      Sample.time(day: day), actor: "saml:operator", event: "redshift-data.amazonaws.com:ExecuteStatement",
      source: source, id: "query-\(day)", archetype: .federatedUser)
    (call.businessFamily, call.businessRisk) = (.dataLakeETL, .operationalChange)
    return call
  }

  @Test func `an hour at which the actor was never seen is told, with the hours at which it was`() throws {
    let sentence =
      "New hour of the day: this actor was never seen in this account from 03:00 to 04:00 UTC; it was in 1 of the 24 hours."
    var call = Self.rotation(day: 92)
    #expect(try !Self.why(call).contains("New hour of the day"))
    call.eventTime = Sample.time(day: 92, hour: 3)
    #expect(try Self.why(call).contains(sentence))
    // An actor that the account doesn't know has no hours there.
    call.accountID = "222222222222"
    #expect(try !Self.why(call).contains("New hour of the day"))
  }
}
