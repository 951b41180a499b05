import Testing

@testable import MDRCore

@Suite struct DecisionTableTests {
  private static let table = DecisionTable()

  /// What each cell decides about a critical outcome, or about none: position, severity, listed.
  private static let cells = """
    established routine_read any normal_low_risk informational no
    established sensitive_read any normal_low_risk informational no
    established operational_change any normal_low_risk informational no
    established sensitive_change any normal_low_risk informational no
    established override_medium any normal_high_residual_risk high yes
    established override any normal_high_residual_risk high yes
    variant routine_read event normal_low_risk informational no
    variant routine_read resource unknown_needs_evidence low yes
    variant routine_read source unknown_needs_evidence low yes
    variant sensitive_read event unknown_needs_evidence low yes
    variant sensitive_read resource unknown_needs_evidence low yes
    variant sensitive_read source unknown_needs_evidence medium yes
    variant operational_change event unknown_needs_evidence low yes
    variant operational_change account unknown_needs_evidence low yes
    variant operational_change region unknown_needs_evidence low yes
    variant operational_change resource unknown_needs_evidence low yes
    variant operational_change source unknown_needs_evidence medium yes
    variant sensitive_change event unknown_needs_evidence medium yes
    variant sensitive_change resource unknown_needs_evidence medium yes
    variant sensitive_change account abnormal_high_risk high yes
    variant override_medium event abnormal_high_risk critical yes
    variant override_medium person abnormal_high_risk critical yes
    variant override_medium source abnormal_high_risk high yes
    variant override source abnormal_high_risk critical yes
    variant override event abnormal_high_risk critical yes
    first_seen routine_read actor unknown_needs_evidence low yes
    first_seen sensitive_read actor unknown_needs_evidence medium yes
    first_seen operational_change actor unknown_needs_evidence medium yes
    first_seen sensitive_change actor abnormal_high_risk high yes
    first_seen override_medium actor abnormal_high_risk high yes
    first_seen override actor abnormal_high_risk critical yes
    undetermined routine_read any unknown_needs_evidence informational no
    undetermined sensitive_read any unknown_needs_evidence low no
    undetermined operational_change account unknown_needs_evidence informational no
    undetermined operational_change source unknown_needs_evidence low yes
    undetermined operational_change any unknown_needs_evidence low yes
    undetermined sensitive_change any unknown_needs_evidence medium yes
    undetermined override_medium any unknown_needs_evidence critical yes
    undetermined override any unknown_needs_evidence critical yes
    """.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }

  @Test(arguments: cells)
  func `each cell decides as reviewed`(cell: [String]) throws {
    let decision = Self.table.decision(
      normality: try #require(Normality(rawValue: cell[0])), risk: try #require(Risk(rawValue: cell[1])),
      newDimensions: Dimension(rawValue: cell[2]).map { [$0] } ?? [], outcomeSeverity: .critical)
    #expect(decision.position.rawValue == cell[3])
    #expect(decision.severity.rawValue == cell[4])
    #expect(decision.isListed == (cell[5] == "yes"))
    #expect(decision.why.hasSuffix("."))
  }

  @Test(arguments: [
    ("function-layer-foreign", "", Severity.medium),
    // An attempt, and what the table itself calls medium, recur as low.
    ("function-layer-foreign", OverrideMatch.attempt + "denied: ", .low),
    ("command-sent-by-automation", "", .low),
  ])
  func `what came about and is grave by the table is medium at least in its established lane`(
    entry: String, prefix: String, expected: Severity
  ) throws {
    func call(day: Int) -> Observation {
      var call = Sample.observation(
        Sample.time(day: day), actor: "role:deployer",
        event: "lambda.amazonaws.com:UpdateFunctionConfiguration",
        source: "owned:runner", override: .execution, id: "layer-\(day)", archetype: .deploymentAutomation)
      // A level less already, since reviewed code did it.
      call.overrides = [
        OverrideMatch(
          .execution, id: entry, severity: .medium, reason: prefix + "A function runs other code.")
      ]
      return call
    }
    let baseline = try Sample.baseline((0..<90).filter { $0 % 2 == 0 }.map { call(day: $0) })
    let finding = try #require(try TriageRun.result([call(day: 92)], against: baseline).findings.first)
    #expect(finding.position == .normalHighResidualRisk)
    #expect(finding.severity == expected)
  }

  @Test func `each row of the reviewed table has its test, and no test lacks its row`() throws {
    let rows = Content.table("business-triage/references/decision-table.tsv")
    func cell(_ row: [String: String]) -> String {
      ["normality", "risk", "new"].map { row[$0] ?? "" }.joined(separator: " ")
    }
    // A row for any new dimension is met by a test of any dimension that no other row is for.
    let named = Set(rows.map(cell))
    let tested = Set(
      Self.cells.map { parts in
        let exact = parts[..<3].joined(separator: " ")
        return named.contains(exact) ? exact : parts[..<2].joined(separator: " ") + " any"
      })
    #expect(tested == named)
    #expect(named.count == rows.count, "a row stands twice: the second never counts")
  }

  @Test func `every normality and risk has a row, and every row's words are known`() throws {
    let rows = Content.table("business-triage/references/decision-table.tsv")
    for row in rows {
      #expect(row["normality"].flatMap(Normality.init(rawValue:)) != nil, "\(row)")
      #expect(row["risk"].flatMap(Risk.init(rawValue:)) != nil, "\(row)")
      #expect(row["position"].flatMap(Position.init(rawValue:)) != nil, "\(row)")
      #expect(["yes", "no"].contains(row["listed"]), "\(row)")
      let severity = row["severity"] ?? ""
      #expect(["outcome", "outcome-1"].contains(severity) || Severity(rawValue: severity) != nil, "\(row)")
      let new = row["new"] ?? ""
      #expect(new == "any" || Dimension(rawValue: new) != nil, "\(row)")
    }
    for normality in Normality.allCases {
      for risk in Risk.allCases {
        let fitting = rows.filter { $0["normality"] == normality.rawValue && $0["risk"] == risk.rawValue }
        #expect(fitting.last?["new"] == "any", "\(normality) \(risk)")
      }
    }
  }

  @Test(arguments: Normality.allCases, [Risk.overrideMedium, .override])
  func `no override is ever normal and low risk, or unlisted`(normality: Normality, risk: Risk) {
    for severity in Severity.allCases {
      for new in [[]] + Dimension.allCases.map({ [$0] }) + [Dimension.allCases] {
        let decision = Self.table.decision(
          normality: normality, risk: risk, newDimensions: new, outcomeSeverity: severity)
        #expect(decision.position != .normalLowRisk)
        #expect(decision.isListed)
      }
    }
  }

  @Test(arguments: Severity.allCases, Outcome.allCases)
  func `an outcome of any severity is an override to the table`(severity: Severity, outcome: Outcome) {
    var reading = Sample.observation(Sample.time(day: 0), outcome: outcome)
    reading.isReadOnly = true
    #expect(Risk(reading, outcomeSeverity: severity) >= .overrideMedium)
    #expect(Risk(reading, outcomeSeverity: nil) < .overrideMedium)
  }

  @Test func `a known habit in an account too young to have its own is counted, unless it is sensitive`() {
    func decision(_ risk: Risk, _ new: [Dimension]) -> DecisionTable.Decision {
      Self.table.decision(
        normality: .undetermined, risk: risk, newDimensions: new, outcomeSeverity: nil)
    }
    #expect(!decision(.operationalChange, [.account]).isListed)
    #expect(decision(.operationalChange, [.account, .source]).isListed)
    #expect(decision(.operationalChange, []).isListed)
    #expect(decision(.sensitiveChange, [.account]).isListed)
  }
}
