/// A detection file that a tool writes and people review: status draft, never in force by itself.
struct DetectionDraft {
  var id: String
  var title: String
  var family: String
  var severity = Severity.medium
  var businessFamily: BusinessFamily
  var businessRisk: BusinessRisk
  var technique: AttackReference
  var trigger: [String]
  var evidence = [
    "Raw CloudTrail event.", "Actor, source and how it authenticated.", "Change ticket or owner attestation.",
  ]
  var closure = ["The owner confirms the operation, and a ticket covers it."]
  var logic: String
  var guidance: String
  var falsePositive = "a passing circumstance; name it before review."
  var gap = "Say before review what this does not see."
  var examples: [Example]

  /// A record with what the draft has to say to it.
  struct Example {
    var title: String
    var isMatching: Bool
    var record: JSONValue
    var settings = ""
  }

  var text: String {
    let title = Self.line(title)
    var lines = [
      "---", "id: \(id)", "title: \(title)", "severity: \(severity.rawValue)", "status: draft",
      "owner: detection-engineering", "business_family: \(businessFamily.rawValue)",
      "business_risk: \(businessRisk.rawValue)", "attack:",
      "  - \(technique.id) | \(technique.name) | \(technique.tactic) | v18 \(technique.v18)",
      "log_source: cloudtrail-management", "references:",
      "  - https://attack.mitre.org/techniques/\(technique.id.replacing(".", with: "/"))/",
      "without_baseline: match", "---", "", "### Detection: \(title)", "", "Severity: \(severity.title)", "",
      "Business family: \(businessFamily.title)", "",
    ]
    lines += Self.section("Trigger", trigger) + Self.section("Required evidence", evidence)
    lines += Self.section("Allowed closure", closure)
    lines += ["Analyst guidance:", Self.line(guidance), ""]
    lines +=
      Self.section("False positives", ["tactical: " + falsePositive]) + Self.section("Known gaps", [gap])
    lines += Self.section(
      "Response",
      [
        "snapshot: save the raw events and the state before and after.",
        "isolate: deny the actor further changes until its owner has answered.",
        "revoke: end the sessions of the actor.", "rotate: replace credentials that were reachable.",
        "rebuild: restore what was changed from code.",
      ])
    lines += ["Logic:", "", "```logic", logic, "```", "", "Examples:", ""]
    for example in examples {
      let kind = example.isMatching ? "matching" : "near-miss"
      lines += [
        Self.line(example.title), "",
        "```json \(kind)" + (example.settings.isEmpty ? "" : " " + example.settings),
        String(example.record.prettyText.dropLast()), "```", "",
      ]
    }
    return lines.joined(separator: "\n")
  }

  private static func section(_ name: String, _ items: [String]) -> [String] {
    [name + ":"] + items.map { "- " + line($0) } + [""]
  }

  /// On one line, without a fence and with nothing hidden: names come from logs.
  private static func line(_ text: String) -> String {
    let spaced = text.unicodeScalars.map {
      $0.value < 0x20 || $0.value == 0x7F || (0x2028...0x2029).contains($0.value) ? " " : $0
    }
    return VisibleText(
      String(String.UnicodeScalarView(spaced)).replacing("```", with: "'''"), limit: VisibleText.textLimit
    ).string
  }

  /// A name from a log within a sentence: whatever would mark, link or hide something is spelled out, because the
  /// sentence stands in a file that is read as Markdown and as front matter.
  static func shown(_ name: String) -> String {
    VisibleText(name, limit: VisibleText.codeLimit).string
      .spelling(["`", "<", ">", "&", "[", "]", "|", "*", "!", "#", "\\", "$", "~"])
      .replacing("://", with: "⟨U+003A⟩//").replacing(/[wW]{3}\./, with: "www⟨U+002E⟩")
  }

  /// Whether a name can stand in a draft's logic as it is, on its line and within its fence.
  static func isWritable(_ name: String) -> Bool {
    name.utf8.count <= 512 && !name.contains("```") && !name.unicodeScalars.contains(where: \.isInvisible)
  }

  /// A CloudTrail record as an example has it.
  static func record(
    _ name: String, service: String, number: Int, identity: JSONValue, source: String = "203.0.113.24",
    account: String = "210987654321", region: String = "eu-west-1", request: JSONValue = .null,
    error: String? = nil
  ) -> JSONValue {
    var record: JSONValue = [
      "eventVersion": "1.11", "eventTime": .string("2026-03-02T09:00:0\(number)Z"),
      "eventSource": .string(service + ".amazonaws.com"), "eventName": .string(name),
      "awsRegion": .string(region), "sourceIPAddress": .string(source), "userAgent": "aws-cli/2.15.0",
      "userIdentity": identity, "requestParameters": request, "responseElements": .null,
      "eventType": "AwsApiCall", "managementEvent": true, "recipientAccountId": .string(account),
      "eventID": .string("00000000-0000-4000-8000-00000000000\(number)"),
    ]
    if let error { record["errorCode"] = .string(error) }
    return record
  }

  /// A role's session as the log names it.
  static func role(_ name: String, account: String = "210987654321", session: String = "example") -> JSONValue
  {
    [
      "type": "AssumedRole", "principalId": .string("AROAEXAMPLEROLE000001:\(session)"),
      "arn": .string("arn:aws:sts::\(account):assumed-role/\(name)/\(session)"),
      "accountId": .string(account),
      "accessKeyId": "ASIAEXAMPLEKEY000001",
      "sessionContext": [
        "sessionIssuer": [
          "type": "Role", "principalId": "AROAEXAMPLEROLE000001",
          "arn": .string("arn:aws:iam::\(account):role/\(name)"), "accountId": .string(account),
          "userName": .string(name),
        ], "attributes": ["creationDate": "2026-03-02T08:00:00Z", "mfaAuthenticated": "false"],
      ],
    ]
  }

  /// An IAM user with a long-lived key.
  static func user(_ name: String, account: String = "210987654321") -> JSONValue {
    [
      "type": "IAMUser", "principalId": "AIDAEXAMPLEUSER000001",
      "arn": .string("arn:aws:iam::\(account):user/\(name)"), "accountId": .string(account),
      "accessKeyId": "AKIAEXAMPLEKEY000001", "userName": .string(name),
    ]
  }

  /// Two records that match an event by name, and two that don't.
  static func examples(service: String, name: String) -> [Example] {
    func record(_ number: Int, _ name: String, _ identity: JSONValue, error: String? = nil) -> JSONValue {
      Self.record(name, service: service, number: number, identity: identity, error: error)
    }
    return [
      Example(title: "By a role.", isMatching: true, record: record(1, name, role("example-role"))),
      Example(title: "By a user.", isMatching: true, record: record(2, name, user("example-user"))),
      Example(
        title: "Refused.", isMatching: false,
        record: record(3, name, user("example-user"), error: "AccessDenied")),
      Example(
        title: "Another event.", isMatching: false, record: record(4, name + "Dry", role("example-role"))),
    ]
  }
}
