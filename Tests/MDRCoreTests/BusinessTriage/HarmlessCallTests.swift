import Testing

@testable import MDRCore

@Suite struct HarmlessCallTests {
  private static func call(
    _ event: String, _ request: String = "{}", risk: BusinessRisk = .dataExposure,
    type: String = "AwsApiCall",
    override: OverrideClass? = nil
  ) -> Observation {
    var call = Sample.observation(Sample.time(day: 91), event: event, override: override)
    call.businessRisk = risk
    call.details.request = request
    call.eventType = type
    return call
  }

  /// What one call weighs that is new to a known actor at a known place.
  private static func severity(_ call: Observation) throws -> Severity {
    let known = stride(from: 0, to: 90, by: 2).map { Sample.observation(Sample.time(day: $0)) }
    let result = try TriageRun.result([call], against: try Sample.baseline(known))
    return try #require(result.findings.first).severity
  }

  private static func block(_ last: String) -> Observation {
    call(
      "s3.amazonaws.com:PutBucketPublicAccessBlock",
      #"{"PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":true\#(last)}}"#
    )
  }

  @Test func `what only raises protection is an ordinary change`() throws {
    for call in [
      Self.block(#","RestrictPublicBuckets":true"#),
      Self.call(
        "s3.amazonaws.com:PutBucketVersioning", #"{"VersioningConfiguration":{"Status":"Enabled"}}"#,
        risk: .dataLossOrOutage),
      Self.call("cloudtrail.amazonaws.com:StartLogging", risk: .defenseEvasion),
    ] {
      #expect(try Self.severity(call) == .low)
    }
  }

  @Test func `less than all of it, or what nobody can read, keeps its weight`() throws {
    for call in [
      Self.block(#","RestrictPublicBuckets":false"#), Self.block(""),
      Self.call("s3.amazonaws.com:PutBucketPublicAccessBlock", ""),
      Self.call(
        "s3.amazonaws.com:PutBucketVersioning", #"{"VersioningConfiguration":{"Status":"Suspended"}}"#,
        risk: .dataLossOrOutage),
      Self.call(
        "s3.amazonaws.com:PutBucketVersioning",
        #"{"VersioningConfiguration":{"Status":"Enabled","MfaDelete":"Disabled"}}"#, risk: .dataLossOrOutage),
      Self.call("cloudtrail.amazonaws.com:PutEventSelectors", risk: .defenseEvasion),
    ] {
      #expect(try Self.severity(call) >= .medium)
    }
  }

  @Test func `a critical outcome keeps its weight whatever the call`() throws {
    let opened = Self.call("cloudtrail.amazonaws.com:StartLogging", override: .logging)
    #expect(try Self.severity(opened) >= .high)
  }

  @Test func `what AWS notes of work that was set up before weighs as a read, a call does not`() throws {
    func rotation(_ type: String) throws -> Finding {
      var call = Sample.observation(
        Sample.time(day: 91), actor: "svc:secretsmanager.amazonaws.com",
        event: "secretsmanager.amazonaws.com:RotationStarted", source: "svc:secretsmanager.amazonaws.com",
        kind: .awsService, archetype: .servicePrincipal)
      call.businessRisk = .operationalChange
      call.eventType = type
      let result = try TriageRun.result([call], against: try Sample.baseline([]))
      return try #require(result.findings.first)
    }
    #expect(try rotation("AwsServiceEvent").severity == .low)
    #expect(try rotation("AwsApiCall").severity == .medium)
  }

  @Test func `every row of the table reads, and says why`() throws {
    let rows = Content.table("business-triage/references/harmless-calls.tsv")
    #expect(!rows.isEmpty)
    for row in rows {
      #expect(["protects", "notes"].contains(row["kind"]))
      #expect(row["why"]?.hasSuffix(".") == true)
    }
    _ = try HarmlessCalls()
  }
}
