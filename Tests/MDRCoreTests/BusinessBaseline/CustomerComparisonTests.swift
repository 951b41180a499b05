import Testing

@testable import MDRCore

@Suite struct CustomerComparisonTests {
  /// A business whose pipelines make roles all day, and one whose services assume them.
  private static func customers() throws -> [Baseline] {
    let atlas = try Sample.baseline(
      (0..<90).flatMap { day in
        (0..<5).map { hour in Sample.observation(Sample.time(day: day, hour: hour)) }
      })
    let beacon = try Sample.baseline(
      (0..<90).flatMap { day in
        (0..<5).map { hour in
          var call = Sample.observation(
            Sample.time(day: day, hour: hour), actor: "svc:lambda.amazonaws.com",
            event: "sts.amazonaws.com:AssumeRole", source: "svc:lambda.amazonaws.com",
            archetype: .servicePrincipal)
          call.businessFamily = .identityAndSession
          call.businessRisk = .operationalChange
          return call
        }
      }
        + (0..<3).map { day in
          var call = Sample.observation(
            Sample.time(day: day * 20), event: "rds.amazonaws.com:DeleteDBInstance", override: .destructive)
          call.businessFamily = .database
          call.businessRisk = .dataLossOrOutage
          return call
        })
    return [atlas, beacon]
  }

  private static func compared(_ extra: [ComparedOperation] = []) throws -> CustomerComparison {
    try CustomerComparison(
      customers(), names: ["Atlas", "Beacon"], operations: ComparedOperation.reviewed + extra)
  }

  private static func row(_ name: String) throws -> CustomerComparison.Row {
    try #require(try compared().rows.first { $0.operation == name })
  }

  @Test func `the posts' seven rows are there`() throws {
    #expect(
      try Self.compared().rows.map(\.operation) == [
        "CreateRole", "AttachRolePolicy", "CreateGrant", "CreateRoute", "CreateLogStream", "AssumeRole",
        "DeleteDBInstance / snapshot deletion",
      ])
  }

  @Test func `the same event means something else where it is not the way of working`() throws {
    let row = try Self.row("CreateRole")
    #expect(
      row.sides[0].interpretation.hasPrefix(
        "Extremely common (450 observations, 83.3%), mostly by deployment"))
    #expect(row.sides[0].knownPosition == .normalLowRisk)
    #expect(row.sides[1].interpretation.hasPrefix("Never seen."))
    #expect(row.sides[1].knownPosition == nil)
    #expect(row.sides.allSatisfy { $0.newPosition == .abnormalHighRisk })
    let assumed = try Self.row("AssumeRole")
    #expect(assumed.sides[1].interpretation.contains("mostly by AWS services"))
    #expect(assumed.sides.allSatisfy { $0.newPosition == .unknownNeedsEvidence })
  }

  @Test func `a critical outcome stays alertable at both and names its evidence`() throws {
    let row = try Self.row("DeleteDBInstance / snapshot deletion")
    // A deleted database and a deleted snapshot are closed by different evidence: the row has both.
    for piece in ["Final snapshot setting", "Decommission ticket", "Retention policy"] {
      #expect(row.evidence.contains(piece))
    }
    #expect(row.evidence.contains("Restore-point coverage after deletion"))
    #expect(row.sides.allSatisfy { $0.newPosition == .abnormalHighRisk })
    #expect(row.sides[1].interpretation.contains("critical outcome"))
  }

  @Test func `a recurring critical outcome is never low risk`() throws {
    var baselines = try Self.customers()
    baselines[1] = try Sample.baseline(
      (0..<90).map {
        Sample.observation(
          Sample.time(day: $0), event: "rds.amazonaws.com:DeleteDBInstance", override: .destructive)
      })
    let comparison = try CustomerComparison(
      baselines, names: ["Atlas", "Beacon"], operations: ComparedOperation.reviewed)
    let row = try #require(comparison.rows.last)
    #expect(row.sides[1].knownPosition == .normalHighResidualRisk)
  }

  @Test func `a key's use is told beside its grants, where there is any`() throws {
    var use = Sample.observation(
      Sample.time(day: 3), actor: "role:app", event: "kms.amazonaws.com:Decrypt",
      archetype: .applicationWorkload)
    use.businessFamily = .encryptionAndKMS
    let comparison = try CustomerComparison(
      [Sample.baseline([use, use]), Sample.baseline([])], names: ["Atlas", "Beacon"],
      operations: ComparedOperation.reviewed)
    let row = try #require(comparison.rows.first { $0.operation == "CreateGrant" })
    #expect(row.sides[0].facts.observations == 0)
    #expect(
      row.sides[0].interpretation.contains("Keys were used 2 times beside it, and use makes no grant usual."))
    #expect(!row.sides[1].interpretation.contains("beside it"))
  }

  @Test func `events that differ most come first`() throws {
    let apart = CustomerComparison.farthestApart(try Self.customers(), count: 2).map(\.name)
    #expect(Set(apart) == ["iam.amazonaws.com:CreateRole", "sts.amazonaws.com:AssumeRole"])
  }

  @Test func `a name can't break its table`() throws {
    let comparison = try CustomerComparison(
      Self.customers(), names: ["A | B\n# X", "<b>"], operations: ComparedOperation.reviewed)
    let page = comparison.document.rendered
    #expect(!page.contains("\n# X"))
    #expect(!page.contains("<b>"))
  }
}
