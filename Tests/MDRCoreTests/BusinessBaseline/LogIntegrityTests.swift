import Testing

@testable import MDRCore

/// What an inventory answers beside the trails themselves.
@Suite struct LogIntegrityTests {
  private func answers(_ files: [(path: String, content: String)]) throws -> [String: LogIntegrity.Answer] {
    var inventory = Inventory()
    for (path, content) in [("trails.json", InventoryFootprintTests.trail)] + files {
      let isKnown = inventory.add(
        try JSONValue(parsing: content), at: InventoryPlace(path: path), kinds: ResourceKinds())
      #expect(isKnown, "\(path)")
    }
    let ids = Content.table("business-baseline/references/log-integrity.tsv").compactMap { $0["id"] }
    return Dictionary(uniqueKeysWithValues: zip(ids, LogIntegrity(inventory: inventory).answers))
  }

  /// The answer to one check, of one call about the trail's bucket.
  private func answer(_ check: String, _ operation: String, _ content: String) throws -> LogIntegrity.Answer?
  {
    try answers([("111122223333/eu-west-1/s3api-\(operation)-org-logs.json", content)])[check]
  }

  @Test(arguments: [
    (
      #"{"ObjectLockConfiguration":{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"COMPLIANCE","Days":400}}}}"#,
      true, "`org-logs`: compliance mode, 400 days."
    ),
    (
      #"{"ObjectLockConfiguration":{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"GOVERNANCE","Years":2}}}}"#,
      false, "`org-logs`: governance mode, 730 days."
    ),
    (
      #"{"ObjectLockConfiguration":{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"| # x","Years":-9000000000000000000}}}}"#,
      false, "`org-logs`: governance mode, 0 days."
    ),
    (
      #"{"ObjectLockConfiguration":{"ObjectLockEnabled":"Enabled"}}"#, false,
      "`org-logs`: on, without a default retention."
    ),
  ])
  func `Object Lock holds in compliance mode only`(content: String, holds: Bool, told: String) throws {
    let answer = try #require(try answer("object-lock", "get-object-lock-configuration", content))
    #expect(answer.holds == holds && answer.told == told)
  }

  @Test(arguments: [
    (#"{"Status":"Enabled","MFADelete":"Enabled"}"#, true, "`org-logs`: both."),
    (#"{"Status":"Enabled"}"#, false, "`org-logs`: versions are kept, and need no second factor."),
    (#"{"Status":"Suspended","MFADelete":"Enabled"}"#, false, "`org-logs`: versions are not kept."),
    // Of a bucket that never had versions, the AWS CLI prints nothing.
    ("{}", false, "`org-logs`: versions are not kept."),
  ])
  func `versions have to be kept and to need a second factor`(content: String, holds: Bool, told: String)
    throws
  {
    let answer = try #require(try answer("mfa-delete", "get-bucket-versioning", content))
    #expect(answer.holds == holds && answer.told == told)
  }

  @Test(arguments: [
    (
      #"{"ID":"all","Status":"Enabled","Filter":{"Prefix":""},"Expiration":{"Days":90}}"#,
      "deleted after 90 days"
    ),
    (
      #"{"ID":"logs","Status":"Enabled","Filter":{"And":{"Prefix":"AWSLogs/"}},"Expiration":{"Days":400}}"#,
      nil
    ),
    (
      #"{"ID":"old","Status":"Enabled","Prefix":"AWSLogs/","Expiration":{"Date":"2027-01-01"}}"#,
      "deleted on a set date"
    ),
    (#"{"ID":"off","Status":"Disabled","Filter":{"Prefix":""},"Expiration":{"Days":1}}"#, nil),
    (
      #"{"ID":"other","Status":"Enabled","Filter":{"Prefix":"athena-results/"},"Expiration":{"Days":7}}"#, nil
    ),
    (
      #"{"ID":"marks","Status":"Enabled","Filter":{"Prefix":""},"Expiration":{"ExpiredObjectDeleteMarker":true}}"#,
      nil
    ),
  ])
  func `a rule that deletes logs within thirteen months is told`(rule: String, told: String?) throws {
    let answer = try #require(
      try answer("retention", "get-bucket-lifecycle-configuration", "{\"Rules\":[\(rule)]}"))
    #expect(answer.holds == (told == nil))
    if let told { #expect(answer.told == "`org-logs`: \(told).") }
  }

  @Test func `what AWS refuses because there is none is an answer, what it denies is not`() throws {
    func inventory(_ status: String) -> String {
      #"{"schema":"mdr-rainer/inventory/1","calls":[{"operation":"get-object-lock-configuration","service":"s3api","status":""#
        + status + #"","subject":"org-logs"}]}"#
    }
    let off = try answers([("inventory.json", inventory("not_enabled"))])["object-lock"]
    #expect(off?.holds == false && off?.told == "`org-logs`: off.")
    let denied = try answers([("inventory.json", inventory("denied"))])["object-lock"]
    #expect(denied?.holds == nil && denied?.told == "Ask whoever runs the log archive.")
  }

  @Test func `security services are run by delegation where both are, and not from the management account`()
    throws
  {
    let organization = ("a.json", #"{"Organization":{"Id":"o-1","MasterAccountId":"111122223333"}}"#)
    let administrators = ("b.json", #"{"DelegatedAdministrators":[{"Id":"444455556666"}]}"#)
    func services(_ names: String, of account: String = "444455556666") -> (String, String) {
      (
        "organizations-list-delegated-services-for-account-\(account).json",
        "{\"DelegatedServices\":[\(names)]}"
      )
    }
    let guardDuty = #"{"ServicePrincipal":"guardduty.amazonaws.com"}"#
    let hub = #"{"ServicePrincipal":"securityhub.amazonaws.com"}"#
    func delegation(_ files: [(String, String)]) throws -> LogIntegrity.Answer? {
      try answers(files)["delegated-administrator"]
    }
    for files in [
      [organization, administrators, services(guardDuty + "," + hub)],
      [services(guardDuty + "," + hub), administrators, organization],
    ] {
      let both = try delegation(files)
      #expect(both?.holds == true)
      #expect(both?.told == "GuardDuty from `444455556666`; Security Hub from `444455556666`.")
    }
    let one = try delegation([organization, administrators, services(guardDuty)])
    #expect(one?.holds == false && one?.told == "GuardDuty from `444455556666`; not Security Hub.")
    let own = try delegation([organization, services(guardDuty + "," + hub, of: "111122223333")])
    #expect(own?.holds == false)
    #expect(try delegation([organization, ("b.json", #"{"DelegatedAdministrators":[]}"#)])?.holds == false)
    // Whose services nobody could list may run the other.
    #expect(try delegation([organization, administrators])?.holds == nil)
    #expect(try delegation([organization])?.holds == nil)
  }

  @Test func `rules that take findings are named, and whether they work is asked`() throws {
    func rule(_ name: String, _ state: String, _ source: String) -> String {
      #"{"Arn":"arn:aws:events:eu-west-1:111122223333:rule/"# + name + #"","EventBusName":"default","Name":""#
        + name
        + #"","State":""# + state + #"","EventPattern":"{\"source\":[\""# + source + #"\"]}"}"#
    }
    func told(_ rules: [String]) throws -> String? {
      let answer = try answers([("rules.json", "{\"Rules\":[\(rules.joined(separator: ","))]}")])["delivery"]
      #expect(answer?.holds == nil)
      return answer?.told
    }
    #expect(
      try told([
        rule("isolate", "ENABLED", "aws.guardduty"), rule("page", "ENABLED", "aws.securityhub"),
        rule("off", "DISABLED", "aws.guardduty"), rule("deploy", "ENABLED", "aws.codepipeline"),
      ])
        == "`arn:aws:events:eu-west-1:111122223333:rule/isolate`, `arn:aws:events:eu-west-1:111122223333:rule/page` take findings. Ask security operations."
    )
    let none =
      "No EventBridge rule of the inventory takes findings of GuardDuty or Security Hub. Ask security operations."
    #expect(try told([rule("deploy", "ENABLED", "aws.codepipeline")]) == none)
    #expect(try told([]) == none)
  }
}
