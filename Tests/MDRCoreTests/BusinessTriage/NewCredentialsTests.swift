import Testing

@testable import MDRCore

@Suite struct NewCredentialsTests {
  private static let key = "AKIAEXAMPLEEXAMPLE01"

  private static func made(_ event: String, targets: [String: [String]]) -> Observation {
    Sample.observation(
      Sample.time(day: 91, hour: 9), actor: "sso:Admin", event: event, source: "ip:203.0.113.0/24",
      override: .identity, kind: .publicNetwork, resources: ["user/ops"], archetype: .ssoUser,
      targets: targets)
  }

  private static func used(
    _ event: String, by key: String?, actor: String = "user:ops", day: Int = 92
  ) -> Observation {
    var call = Sample.observation(
      Sample.time(day: day), actor: actor, event: event, source: "ip:192.0.2.0/24", kind: .publicNetwork,
      archetype: .iamUser)
    call.isReadOnly = true
    call.businessRisk = .observability
    call.identity.accessKeyID = key
    return call
  }

  private static func findings(_ review: [Observation]) throws -> [Finding] {
    try TriageRun.result(review, against: Sample.baseline([])).findings.filter { $0.actor.hasPrefix("user:") }
  }

  @Test func `the first call with a key that a grave finding made weighs medium, and says why`() throws {
    let made = Self.made("iam.amazonaws.com:CreateAccessKey", targets: ["access_key_id": [Self.key]])
    let finding = try #require(
      try Self.findings([made, Self.used("s3.amazonaws.com:ListBuckets", by: Self.key)]).first)
    #expect(finding.severity == .medium)
    #expect(
      finding.whyDifferent.contains(
        "Signed with the access key `\(Self.key)`, which a finding of this review made."))
    #expect(finding.related.map(\.why) == ["Made the access key that this one was signed with."])
  }

  @Test func `a key that nobody was seen to make keeps its weight`() throws {
    let findings = try Self.findings([Self.used("s3.amazonaws.com:ListBuckets", by: Self.key)])
    #expect(findings.map(\.severity) == [.low])
  }

  @Test func `a sign-in with a password that a grave finding set weighs medium`() throws {
    let made = Self.made("iam.amazonaws.com:CreateLoginProfile", targets: ["user": ["ops"]])
    let signIn = Self.used("signin.amazonaws.com:ConsoleLogin", by: nil)
    let finding = try #require(try Self.findings([made, signIn]).first)
    #expect(finding.severity >= .medium)
    #expect(
      finding.whyDifferent.contains(
        "Signed in as `user:ops`, whose password a finding of this review set."))
    #expect(
      try Self.findings([made, Self.used("signin.amazonaws.com:ConsoleLogin", by: nil, actor: "user:other")])
        .allSatisfy { !$0.whyDifferent.contains { $0.hasPrefix("Signed in as") } })
  }
}
