import Testing

@testable import MDRCore

/// How conditions on lists within lists become conditions on one list at a time, which is all that some languages have.
@Suite struct NestedListTests {
  private static let rules = RawPath(.request, [.key("rules"), .each])
  private static let four = RawPredicate.blocks(RawPath(.element, [.key("four"), .each]), isBroad: true)
  private static let six = RawPredicate.blocks(RawPath(.element, [.key("six"), .each]), isBroad: true)
  private static let ports = RawPredicate.ports(PortQuestion(ports: [22], isBeyond: false))

  @Test func `two lists of an element are two questions, each with the rest of the condition`() {
    #expect(
      NestedLists.alternatives(Self.rules, .and([Self.ports, .or([Self.four, Self.six])])) == [
        .element(Self.rules, .and([Self.ports, Self.four])),
        .element(Self.rules, .and([Self.ports, Self.six])),
      ])
  }

  @Test func `an element within an element is an element further down`() {
    let inner = RawPredicate.element(RawPath(.element, [.key("rule"), .each]), Self.ports)
    #expect(
      NestedLists.alternatives(Self.rules, inner) == [
        .element(RawPath(.request, [.key("rules"), .each, .key("rule"), .each]), Self.ports)
      ])
  }

  @Test func `a choice that looks into no list stays one question`() {
    let condition = RawPredicate.and([Self.ports, .or([Self.ports, .constant(false)])])
    #expect(NestedLists.alternatives(Self.rules, condition) == [.element(Self.rules, condition)])
  }

  @Test
  func
    `KQL says of one rule that its ports and one of its blocks are open, and can't say that a list lacks one`()
    throws
  {
    var renderer = KQLRenderer()
    let condition = try renderer.condition(
      .element(Self.rules, .and([Self.ports, .or([Self.four, Self.six])])), nil)
    #expect(condition.contains("AwsEventId in (hits1)") && condition.contains("or AwsEventId in (hits2)"))
    let query = try #require(renderer.lets.first)
    let places = ["mv-expand v1 = ", "mv-expand v", "| extend low", "| where "].map {
      query.firstRange(of: $0)?.lowerBound
    }
    #expect(
      places.allSatisfy { $0 != nil } && places.compactMap(\.self) == places.compactMap(\.self).sorted())
    #expect(query.contains("v1['four']") && !query.contains("v1['six']"))
    var other = KQLRenderer()
    #expect(throws: ExportLimit.self) {
      try other.condition(.element(Self.rules, .and([Self.ports, .not(Self.four)])), nil)
    }
  }
}
