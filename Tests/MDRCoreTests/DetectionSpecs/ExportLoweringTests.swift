import Testing

@testable import MDRCore

@Suite
struct ExportLoweringTests {
  private func lowered(_ logic: String, isSilent: Bool = false) throws -> RawPredicate {
    var detection = try #require(try Detections.load(directory: nil)[id: "trail-stopped"])
    detection.logic = try LogicParser.parse(logic)
    detection.matchesWithoutBaseline = !isSilent
    return try ExportLowering().matching(detection)
  }

  private let user = RawPredicate.value(RawPath(.request, [.key("userName")]), .isOneOf(["ci"]))

  @Test func `what stays unknown matches, also behind not`() throws {
    #expect(try lowered("requestParameters.userName = \"ci\" and baseline.first_seen") == user)
    #expect(try lowered("requestParameters.userName = \"ci\" and not baseline.first_seen") == user)
    #expect(try lowered("requestParameters.userName = \"ci\" or baseline.rare") == .constant(true))
  }

  @Test func `a silent detection waits for the baseline unless another part is a yes`() throws {
    #expect(try lowered("requestParameters.userName = \"ci\" or baseline.rare", isSilent: true) == user)
    #expect(throws: ExportLimit.self) {
      try lowered("requestParameters.userName = \"ci\" and baseline.rare", isSilent: true)
    }
  }

  @Test func `an unknown organisation counts outsiders in, and out behind not`() throws {
    let path = RawPath(.request, [.key("principal")])
    func outsider(_ isCertain: Bool) -> RawPredicate {
      .outsider(path, AccountQuestion(lists: EvaluationLists(), isCertain: isCertain))
    }
    #expect(try lowered("external_account(requestParameters.principal)") == outsider(false))
    #expect(try lowered("not external_account(requestParameters.principal)") == .not(outsider(true)))
  }

  @Test func `negative tests hold where nothing is logged`() throws {
    #expect(try lowered("requestParameters.userName != \"ci\"") == .not(user))
    let flat = try FlatPredicate(.not(.all([user, .field(.eventName, is: "X")])))
    #expect(
      flat
        == .either([
          .leaf(.init(place: .member(.request, ["userName"]), test: .isOneOf(["ci"]), isNegated: true)),
          .leaf(.init(place: .field(.eventName), test: .isOneOf(["X"]), isNegated: true)),
        ]))
  }

  @Test func `secrets are not compared, since the engine never sees them`() throws {
    #expect(throws: ExportLimit.self) { try lowered("requestParameters.userData contains \"curl\"") }
    #expect(
      try lowered("requestParameters.userData exists")
        == .value(RawPath(.request, [.key("userData")]), .exists))
  }

  @Test func `an event's name stands for its aliases and for itself with an API date`() throws {
    let text = "\(try lowered("event_name = \"PutBucketReplication\""))"
    #expect(text.contains("PutReplicationConfiguration") && text.contains("isDated"))
  }

  @Test func `a new dimension is asked of the lanes where it is one of a lane's`() throws {
    var detection = try #require(try Detections.load(directory: nil)[id: "trail-stopped"])
    let lowering = ExportLowering(hasLanes: true)
    detection.logic = try LogicParser.parse("baseline.new(source)")
    #expect(try lowering.matching(detection) == .lanes(.new(.source)))
    detection.logic = try LogicParser.parse("baseline.new(cadence)")
    #expect(throws: ExportLimit("baseline.new(cadence) asks more than the tuple of a lane")) {
      try lowering.matching(detection)
    }
  }

  @Test func `a departure's number grows as this engine ranks departures`() {
    let scores = TupleDimensions.departures.map(LaneDeparture.score)
    #expect(scores == scores.sorted())
    #expect(Set(scores).count == scores.count)
    #expect(LaneDeparture.score(of: .all) == LaneDeparture.everything)
    #expect(LaneDeparture.score(of: [.account, .actor, .event, .source]) == LaneDeparture.regionOnly)
    #expect(LaneDeparture.scores(with: .source).count == 16)
  }

  @Test func `a search enters one array and no other beside it`() throws {
    var renderer = SplunkRenderer()
    let inner = RawPredicate.value(RawPath(.element, [.key("a")]), .isOneOf(["x"]))
    let rules = RawPath(.request, [.key("rules"), .each])
    let text = try renderer.condition(.element(rules, inner))
    #expect(text.contains("mvfilter((isnotnull(json_extract(elements2, \"a\"))"))
    #expect(throws: ExportLimit.self) { try renderer.condition(.element(rules, .all([inner, user]))) }
  }

  @Test func `text can't leave its literal`() {
    let hostile = #"a'b\"c"#
    #expect(ClickHouseDialect().literal(hostile) == #"'a\'b\\"c'"#)
    #expect(AthenaDialect().literal(hostile) == #"'a''b\"c'"#)
    #expect(KQLRenderer.literal(hostile) == #"'a\'b\\"c'"#)
    #expect(SplunkRenderer.literal(hostile) == #""a'b\\\"c""#)
    #expect(SigmaTarget.quoted("it's") == "'it''s'")
    #expect(RawRegex.escaped("a.b*") == #"a\.b\*"#)
  }
}
