import Testing

@testable import MDRCore

/// Whatever a log writes into any of its fields: findings keep their shape, their verdicts and their reader's terminal.
@Suite struct HostileFindingsTests {
  /// A text in every field that a log fills; what events are called stays, so that rules still speak of them.
  private static func poisoned(_ observation: Observation, with text: String) -> Observation {
    var made = observation
    let own = observation.actor
    let name = "\(text)x"
    made.eventID += name
    made.actorAccountID = name
    made.awsRegion = name
    made.errorCode = name
    made.eventType = name
    made.identity.actor += name
    made.identity.archetypeReason = name
    made.identity.arn = "arn:aws:sts::111111111111:assumed-role/app/\(name)"
    made.identity.person = own + name
    made.identity.sessionName = text
    made.identity.sessionClass = name
    made.identity.sessionStart = name
    made.identity.accessKeyID = name
    made.identity.invokedBy = name
    made.origin.source += name
    made.origin.sourceIP = name
    made.origin.vpcEndpointID = name
    made.origin.userAgent = text
    made.origin.userAgentFamily = name
    made.resources = ["arn:aws:s3:::\(name)", name, text]
    for kind in ["bucket", "user", "role", "access_key_id", "policy", "instance", "cidr"] {
      made.targets[kind] = [name]
    }
    made.targets["role_arn"] = ["arn:aws:iam::111111111111:role/\(name)"]
    made.targets["role_session"] = [text]
    made.targets[name] = [name]
    made.generalisations = [name]
    let document = JSONValue.object([
      name: .string(text), "userName": .string(text), "roleArn": .string(text),
    ])
    made.details = EventDetails(
      request: document.compactText, response: document.compactText, additional: document.compactText)
    made.sharedEventID = name
    made.record = RecordReference(file: name, index: 0, sha256: text)
    return made
  }

  /// Calls that make findings which point to each other: taken roles, made keys, deletions, reads around them, refusals.
  private static func review(_ text: String) -> [Observation] {
    let calls: [(event: String, override: OverrideClass?, outcome: Outcome)] = [
      ("sts.amazonaws.com:AssumeRole", nil, .success), ("s3.amazonaws.com:ListBuckets", nil, .success),
      ("s3.amazonaws.com:DeleteBucket", .destructive, .success),
      ("iam.amazonaws.com:CreateUser", nil, .success),
      ("iam.amazonaws.com:CreateAccessKey", .identity, .success),
      ("iam.amazonaws.com:AttachUserPolicy", nil, .denied), ("ec2.amazonaws.com:RunInstances", nil, .failed),
      ("signin.amazonaws.com:ConsoleLogin", nil, .success),
    ]
    return ["role:app", "user:batch"].flatMap { actor in
      calls.enumerated().map { number, call in
        poisoned(
          Sample.observation(
            Sample.time(day: 91, hour: 9, minute: number), actor: actor, event: call.event, source: "ip:",
            outcome: call.outcome, override: call.override, id: "event-\(actor)-\(number)",
            kind: .publicNetwork, archetype: .unknown), with: text)
      }
    }
  }

  private static func told(_ text: String) throws -> (findings: [Finding], documents: [String]) {
    let result = try TriageRun.result(review(text), against: Sample.baseline(BaselineIndexTests.estate))
    let page = FindingsDocument(result: result, hasBaseline: true, caveats: ["file \(text)x is damaged"])
      .document
    return (
      result.findings, [page.rendered] + result.findings.map { Explanation(finding: $0).document.rendered }
    )
  }

  private static let usual = Result { try told("plain") }

  @Test(arguments: hostileTexts)
  func `no field forges a heading, a row, a verdict or markup`(text: String) throws {
    let (usual, seen) = (try Self.usual.get(), try Self.told(text))
    #expect(seen.findings.count == usual.findings.count && seen.findings.count > 1)
    func verdicts(_ findings: [Finding]) -> [String] {
      findings.map { "\($0.position) \($0.severity) \($0.normality) \($0.count) \($0.overrideClasses)" }
        .sorted()
    }
    #expect(verdicts(seen.findings) == verdicts(usual.findings))
    #expect(seen.documents.count == usual.documents.count)
    // Names sort otherwise, so that the page is compared as a whole and explanations as a set.
    let shapes = { (documents: [String]) in documents.map { Shape($0) }.sorted { "\($0)" < "\($1)" } }
    for (one, other) in zip(shapes(seen.documents), shapes(usual.documents)) {
      #expect(one.headings == other.headings)
      #expect(one.bullets == other.bullets)
      #expect(one.cells == other.cells)
      #expect(one.paragraphs == other.paragraphs)
      #expect((one.fences, one.others.count) == (other.fences, other.others.count))
    }
    for document in seen.documents {
      for line in document.split(separator: "\n") {
        let outside = RenderedMarkdown.outsideCode(String(line)).replacing("<code>", with: "")
        #expect(!outside.contains("<") && !outside.contains("@") && !outside.contains("://"), "\(line)")
        #expect(!outside.replacing("\\[", with: "").contains("["), "\(line)")
      }
      #expect(document.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isInvisible })
      #expect(document.terminalSafe == document)
    }
  }

  /// What a reader sees as structure.
  private struct Shape: Equatable {
    var headings: [String]
    var bullets: Int
    var cells: [Int]
    var fences: Int
    var paragraphs: Int
    var others: [String]

    init(_ document: String) {
      let seen = RenderedMarkdown(document)
      headings = seen.headings.map { String($0.prefix { $0 == "#" }) }
      (bullets, fences, paragraphs) = (seen.bullets, seen.fences, seen.paragraphs)
      (cells, others) = (seen.rows.map(\.count), seen.others)
    }
  }

  @Test(arguments: hostileTexts)
  func `no field begins a line of a terminal`(text: String) {
    let line = "open F-1 \(text)".terminalLine
    #expect(!line.contains("\n") && line.terminalSafe == line)
  }

  @Test func `what comes before containment, and for whom the clock runs, is told`() throws {
    let finding = try #require(
      try Self.usual.get().findings.first {
        $0.eventNames.contains("DeleteBucket") && $0.position == .abnormalHighRisk
      })
    let steps = finding.remediation
    #expect(steps.first?.hasPrefix("Scope first: accounts `111111111111`") == true)
    #expect(steps.first?.contains("objects in buckets") == true)
    #expect(
      steps.contains { $0.hasPrefix("Isolate: a service control policy that denies `") }, "\(steps)")
    #expect(steps.last { $0.hasPrefix("Tell: ") }?.contains("72 hours") == true)
    let order = ["Scope", "Snapshot", "Isolate", "Revoke", "Rotate", "Rebuild", "Tell"].compactMap { word in
      steps.firstIndex { $0.hasPrefix(word) }
    }
    #expect(order.count == 7 && order == order.sorted())
  }

  @Test func `a pod's node is cordoned before it is drained, and a denied call starts no clock`() throws {
    var call = Sample.observation(
      Sample.time(day: 91), actor: "role:app", event: "s3.amazonaws.com:DeleteBucket", source: "ip:1",
      outcome: .denied, override: .destructive, kind: .publicNetwork, archetype: .applicationWorkload)
    call.identity.sessionClass = "kubernetes"
    let finding = try #require(
      try TriageRun.result([call], against: Sample.baseline(BaselineIndexTests.estate)).findings.first)
    let steps = finding.remediation
    #expect(steps.contains { $0.hasPrefix("Isolate: cordon the node") })
    #expect(!steps.contains { $0.hasPrefix("Tell: ") })
  }

  @Test func `the clock starts where data may be reached, not where it is listed or a route is changed`() {
    let classes = DataClasses()
    #expect(classes.names(of: ["ec2.amazonaws.com:CreateRoute"]) == ["network paths and names"])
    #expect(
      classes.names(of: ["ec2.amazonaws.com:CreateSnapshot"]) == ["machines, their volumes and snapshots"])
    #expect(classes.mayBePersonal(["ec2.amazonaws.com:CreateSnapshot", "iam.amazonaws.com:ListUsers"]))
    #expect(classes.mayBePersonal(["s3.amazonaws.com:GetObject"]))
    for event in [
      "ec2.amazonaws.com:CreateRoute", "directconnect.amazonaws.com:DescribeVirtualInterfaces",
      "rds.amazonaws.com:DescribeDBInstances", "s3.amazonaws.com:ListBuckets",
      "iam.amazonaws.com:CreateUser", "nobody.example:CreateThing",
    ] {
      #expect(!classes.mayBePersonal([event]), "\(event)")
    }
  }

  @Test func `every call of the table has one class of data`() {
    var seen: Set<String> = []
    let rows = Content.table("business-triage/references/data-classes.tsv")
    #expect(rows.count > 15)
    for row in rows {
      #expect(row["class"]?.isEmpty == false && ["yes", "no"].contains(row["personal"]))
      for events in (row["events"] ?? "").split(separator: "|") {
        #expect(events.split(separator: ":").count == 2, "\(events) names no service and event")
        #expect(seen.insert(String(events)).inserted, "\(events) stands twice")
      }
    }
  }
}
