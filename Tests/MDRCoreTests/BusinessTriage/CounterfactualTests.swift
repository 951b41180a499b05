import Testing

@testable import MDRCore

@Suite struct CounterfactualTests {
  /// A call whose every part may or may not be known.
  private static func call(_ random: inout FixedGenerator, _ number: Int) -> Observation {
    Sample.observation(
      Sample.time(day: 91).adding(number),
      account: ["111111111111", "222222222222", "333333333333"].randomElement(using: &random) ?? "",
      actor: ["role:build-server", "sso:Admin", "role:stranger"].randomElement(using: &random) ?? "",
      event: [
        "iam.amazonaws.com:CreateRole", "iam.amazonaws.com:ListRoles", "iam.amazonaws.com:CreateAccessKey",
      ].randomElement(using: &random) ?? "",
      source: ["owned:build", "corp:hq", "ip:203.0.113.0/24"].randomElement(using: &random) ?? "",
      region: ["us-east-1", "eu-west-2"].randomElement(using: &random) ?? "",
      outcome: Outcome.allCases.randomElement(using: &random) ?? .success, id: "call-\(number)")
  }

  @Test(arguments: 1...6)
  func `restoring the named dimensions changes the verdict of every finding`(seed: UInt64) throws {
    var random = FixedGenerator(state: seed &* 104_729)
    let baseline = try Sample.baseline(BaselineIndexTests.estate)
    var judged = 0
    for number in 0..<150 {
      let call = Self.call(&random, number)
      guard let finding = try TriageRun.result([call], against: baseline).findings.first else { continue }
      // Of another actor at another job no lane is near enough to go back to.
      if Set(finding.newDimensions).isSuperset(of: [.actor, .event]) {
        #expect(finding.counterfactual == nil)
        continue
      }
      let counterfactual = try #require(finding.counterfactual, "\(finding.title)")
      #expect(counterfactual.normality == .established, "\(finding.title)")
      #expect(
        (counterfactual.position, counterfactual.severity) != (finding.position, finding.severity),
        "\(finding.title): \(counterfactual.sentence)")
      #expect(Set(counterfactual.restored.keys) == Set(finding.newDimensions))
      // The same said by a second run: the call as the nearest lane makes it is no finding of that kind.
      var restored = call
      for (dimension, value) in counterfactual.restored {
        switch dimension {
        case .account: restored.accountID = value
        case .actor: restored.identity.actor = value
        case .event:
          let parts = value.split(separator: ":").map(String.init)
          (restored.eventSource, restored.eventName) = (parts[0], parts[1])
        case .source: restored.origin.source = value
        case .region: restored.region = value
        default: Issue.record("\(dimension) can't be restored")
        }
      }
      if counterfactual.withoutOutcomes.isEmpty {
        let again = try TriageRun.result([restored], against: baseline)
        #expect(again.normality == [.established: 1], "\(finding.title): \(counterfactual.sentence)")
      }
      judged += 1
    }
    #expect(judged > 40)
  }

  @Test func `restoring less than what is named does not make it an established lane`() throws {
    let baseline = try Sample.baseline(BaselineIndexTests.estate)
    let index = BaselineIndex(baseline)
    let call = Sample.observation(
      Sample.time(day: 91), account: "333333333333", source: "ip:203.0.113.0/24", kind: .publicNetwork)
    let finding = try #require(try TriageRun.result([call], against: baseline).findings.first)
    #expect(finding.newDimensions == [.account, .source])
    var half = call
    half.accountID = finding.counterfactual?.restored[.account] ?? ""
    #expect(index.compare(half).normality != .established)
    half = call
    half.origin.source = finding.counterfactual?.restored[.source] ?? ""
    #expect(index.compare(half).normality != .established)
  }

  @Test func `an established outcome would be low risk without it, and says so`() throws {
    let refresh = (0...91).map {
      Sample.observation(
        Sample.time(day: $0), event: "rds.amazonaws.com:DeleteDBInstance", override: .destructive)
    }
    let finding = try #require(
      try TriageRun.result(refresh, against: Sample.baseline(refresh.dropLast(2))).findings.first)
    #expect(finding.position == .normalHighResidualRisk)
    #expect(finding.counterfactual?.withoutOutcomes == [.destructive])
    #expect(finding.counterfactual?.position == .normalLowRisk)
  }

  @Test func `peers, subsets and the thickness of the baseline are told in numbers`() throws {
    let baseline = try Sample.baseline(BaselineIndexTests.estate)
    let call = Sample.observation(Sample.time(day: 91), account: "333333333333")
    let finding = try #require(try TriageRun.result([call], against: baseline).findings.first)
    let why = finding.whyDifferent.joined(separator: "\n")
    #expect(why.contains("in 2 of 3 accounts (this one was first seen in the review"))
    #expect(why.contains("42 times, never in this one"))
    #expect(why.contains("Nearest lane: `role:build-server` calls `iam.amazonaws.com:CreateRole`"))
    #expect(why.contains("knows nothing of account `333333333333`"))
    #expect(why.contains("account never, actor 42"))
    #expect(why.contains("; actor, event, source and region together 42; exact tuple 0."))
    #expect(finding.subsetCounts.count == 31)
    #expect(finding.tuples.first?.position == "Variant of a known deployment lane, new account")
  }
}
