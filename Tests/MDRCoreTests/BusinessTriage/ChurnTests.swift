import Testing

@testable import MDRCore

/// A new service means more where nothing ever changes than where automation takes up work every week.
@Suite struct ChurnTests {
  /// Service roles at work all through the window; `newcomers` more begin in its second month.
  private static func baseline(newcomers: Int, from start: Int = 40, days: Int = 90) throws -> Baseline {
    let old = (0..<20).flatMap { number in
      (0..<days).filter { $0 % 3 == 0 }.map { worker(number, day: $0) }
    }
    let new = (0..<newcomers).flatMap { number in
      (start..<days).filter { $0 % 3 == 0 || $0 == days - 1 }.map { worker(100 + number, day: $0) }
    }
    return try Sample.baseline(old + new, windowDays: days)
  }

  private static func worker(_ number: Int, day: Int) -> Observation {
    Sample.observation(
      Sample.time(day: day, minute: number % 60), actor: "slr:service-\(number)",
      event: "logs.amazonaws.com:CreateLogStream", source: "svc:logs.amazonaws.com", id: "\(number)-\(day)",
      kind: .awsService, archetype: .serviceLinkedRole)
  }

  private static func newService(
    archetype: Archetype = .serviceLinkedRole, kind: SourceKind = .awsService, override: OverrideClass? = nil
  ) -> Observation {
    var call = Sample.observation(
      Sample.time(day: 91), actor: "slr:optimizer", event: "logs.amazonaws.com:CreateLogStream",
      source: "svc:logs.amazonaws.com", override: override, kind: kind, archetype: archetype)
    call.businessRisk = .observability
    return call
  }

  @Test func `the same newcomer is medium where nothing changes and low where automation often begins`()
    throws
  {
    let stable = try #require(
      try TriageRun.result([Self.newService()], against: Self.baseline(newcomers: 0)).findings.first)
    let busy = try #require(
      try TriageRun.result([Self.newService()], against: Self.baseline(newcomers: 12)).findings.first)
    #expect(stable.severity == .medium && busy.severity == .low)
    #expect(stable.position == busy.position)
    #expect(
      stable.whyDifferent.contains { $0.contains("hardly ever takes up work") && $0.contains("0 newcomers") })
    #expect(busy.whyDifferent.contains { $0.contains("about every week") && $0.contains("12 newcomers") })
  }

  @Test func `people, unmanaged networks and critical outcomes are never lessened`() throws {
    let busy = try Self.baseline(newcomers: 12)
    for call in [
      Self.newService(archetype: .ssoAdministrator), Self.newService(archetype: .unknown),
      Self.newService(kind: .publicNetwork),
    ] {
      #expect(try TriageRun.result([call], against: busy).findings.first?.severity == .medium)
    }
    let critical = Self.newService(override: .logging)
    let here = try #require(try TriageRun.result([critical], against: busy).findings.first)
    let there = try #require(
      try TriageRun.result([critical], against: Self.baseline(newcomers: 0)).findings.first)
    #expect((here.severity, here.position) == (there.severity, there.position))
    #expect(here.whyDifferent.contains { $0.contains("none of its critical outcomes") })
    #expect(there.whyDifferent.contains { $0.contains("means more than where it is common") })
  }

  @Test func `the first third, the quarantined days and a short window count no newcomers`() throws {
    let early = Newcomers.counted(in: try Self.baseline(newcomers: 12, from: 20))
    #expect(early[.actor]?.new == 0)
    let late = Newcomers.counted(in: try Self.baseline(newcomers: 12, from: 89))
    #expect(late[.actor]?.new == 0)
    let counted = Newcomers.counted(in: try Self.baseline(newcomers: 12))
    #expect(counted[.actor]?.new == 12 && counted[.source]?.new == 0)
    let short = Newcomers.counted(in: try Self.baseline(newcomers: 12, from: 10, days: 20))
    #expect(short[.actor]?.days == 0)
  }

  @Test func `every row's words are known, and no row lessens a critical outcome`() throws {
    let rows = Content.table("business-triage/references/churn.tsv")
    #expect(!rows.isEmpty)
    for row in rows {
      func all<Word: RawRepresentable<String>>(_ name: String, _: Word.Type) -> Bool {
        (row[name] ?? "?").split(separator: "|").allSatisfy { Word(rawValue: String($0)) != nil }
      }
      #expect(all("new", Dimension.self) && all("risk", Risk.self) && all("from", SourceKind.self), "\(row)")
      #expect(NewcomerKind(rawValue: row["counted"] ?? "") != nil, "\(row)")
      #expect(["less", "same"].contains(row["severity"]), "\(row)")
      #expect((Int(row["per_month"] ?? "") ?? 0) > 0 && (Int(row["percent"] ?? "") ?? 0) > 0, "\(row)")
      if row["severity"] == "less" { #expect(row["risk"]?.contains("override") == false, "\(row)") }
    }
  }
}
