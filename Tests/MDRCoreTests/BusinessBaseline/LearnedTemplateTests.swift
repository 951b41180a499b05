import Testing

@testable import MDRCore

@Suite struct LearnedTemplateTests {
  static let tenants = [
    "acme", "birch", "cobalt", "delta", "ember", "fjord", "grove", "heron", "iris", "juniper", "kelp",
    "larch",
    "maple", "nectar", "onyx", "pearl", "quartz", "raven", "sable", "tulip", "umber", "violet", "willow",
    "yarrow",
  ]

  /// The resource patterns of a lane that touches some names, one a day and each as often as told.
  static func patterns(_ names: [String], crownJewels: [String] = []) throws -> BoundedCounts {
    var builder = BaselineBuilder(crownJewels: crownJewels)
    for observation in Sample.background() { builder.add(observation) }
    for (index, name) in names.enumerated() {
      builder.add(Sample.observation(Sample.time(day: index % 80), id: "\(index)", resources: [name]))
    }
    let lane = builder.baseline()?.lanes.first { $0.key.actor == "role:build-server" }
    return try #require(lane).resourcePatterns
  }

  @Test func `names built alike become one template, and count as not listed`() throws {
    let patterns = try Self.patterns(Self.tenants.map { "arn:aws:s3:::tenant-\($0)-data" })
    #expect(patterns.counts == ["arn:aws:s3:::tenant-{name}-data": 24])
    #expect(patterns.omittedValues == 24 && patterns.omittedObservations == 0)
  }

  @Test func `audit resources and crown jewels keep their names`() throws {
    let names = Self.tenants.map { "arn:aws:s3:::tenant-\($0)-data" }
    let patterns = try Self.patterns(
      names + ["arn:aws:s3:::tenant-audit-data", "arn:aws:s3:::tenant-ledger-data"],
      crownJewels: ["arn:aws:s3:::tenant-ledger-data"])
    #expect(
      patterns.counts == [
        "arn:aws:s3:::tenant-{name}-data": 24, "arn:aws:s3:::tenant-audit-data": 1,
        "arn:aws:s3:::tenant-ledger-data": 1,
      ])
  }

  @Test func `a lane with few names keeps them all`() throws {
    let names = Self.tenants.prefix(20).map { "tenant-\($0)-data" }
    let patterns = try Self.patterns(names)
    #expect(patterns.counts.count == 20 && patterns.omittedValues == 0)
  }

  @Test func `parts with few values stay`() throws {
    let names = Self.tenants.flatMap { tenant in ["prod", "test"].map { "\($0)-\(tenant)" } }
    #expect(try Self.patterns(names).counts == ["prod-{name}": 24, "test-{name}": 24])
  }

  @Test func `names that have nothing in common are listed by their counts`() throws {
    let odd = (1...30).map { number in (0..<number).map { _ in "x" }.joined(separator: "-") }
    let patterns = try Self.patterns(odd)
    #expect(patterns.counts.count == 20 && patterns.omittedValues == 10 && patterns.omittedObservations == 10)
  }
}
