import Testing

@testable import MDRCore

/// Templates are learned from bytes; here they are held to the same rule told in plain words.
@Suite struct TemplateLearnerTests {
  private static let nobody = LaneNumbers(account: 0, actor: 0, event: 0, source: 0, region: 0)

  /// Names of many kinds: built alike with one or more parts that vary, odd ones, and such as read like a template.
  private static func names(_ random: inout FixedGenerator, _ words: [String]) -> [String] {
    func word() -> String { words.randomElement(using: &random) ?? "" }
    func name(_ shape: Int) -> String {
      switch shape {
      case 0: "tenant-\(word())-data"
      case 1: "arn:aws:s3:::\(word())/\(word())"
      case 2: "\(word())_\(word()).\(word())"
      case 3: word()
      case 4: "audit-\(word())-trail"
      case 5: "tenant-{name}-data"
      case 6: "{name}"
      default: (0..<Int.random(in: 0..<4, using: &random)).map { _ in word() }.joined(separator: "-")
      }
    }
    let shapes = (0..<Int.random(in: 1...4, using: &random)).map { _ in Int.random(in: 0..<8, using: &random)
    }
    return (0..<Int.random(in: 1..<120, using: &random)).map { _ in
      name(shapes.randomElement(using: &random) ?? 0)
    }
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `templates are those that the plain rule learns`(seed: UInt64) {
    var random = FixedGenerator(state: seed)
    let letters =
      seed.isMultiple(of: 3) ? ["a", "é", "漢", "ß", "{name}", ""] : ["a", "b", "{", "{name}", ""]
    let words = letters + (0..<[3, 12, 60][Int(seed % 3)]).map { "w" + String($0, radix: 5) }
    let patterns = ResourcePattern(keeping: ["tenant-wb-data", "w3"])
    for _ in 0..<40 {
      var table = StringTable()
      var list = CountList()
      for name in Self.names(&random, words) {
        list.add(table.intern(name), Int.random(in: 1..<4, using: &random))
      }
      let names = OrderedNames(table)
      var learner = TemplateLearner(patterns: patterns)
      let limit = Int.random(in: 1..<25, using: &random)
      list.withDistinct { counts in
        let plain = PlainTemplates.bounded(
          counts.map { (name: table[$0.value], count: $0.count) }, limit: limit, keeping: patterns)
        // Twice by the same one: nothing stays from lane to lane.
        for _ in 0..<2 {
          let learned = names.withView { names in
            var builder = LaneChunk.Builder(sharing: names.names)
            var record = LaneRecord(Self.nobody, startingAt: 0)
            let added = learner.add(counts, limit: limit, names: names, to: &builder)
            record.setLength(added.listed, of: .resourcePatterns)
            var rarities = LaneRarities()
            rarities.omit(added.omitted, from: .resourcePatterns)
            builder.add(record, rarities)
            return LaneChunk(builder).lane(0).resourcePatterns
          }
          #expect(learned == plain)
        }
      }
    }
  }
}

/// The rule by which templates are learned, in strings and sets.
private enum PlainTemplates {
  static func bounded(
    _ names: [(name: String, count: Int)], limit: Int, keeping patterns: ResourcePattern
  ) -> BoundedCounts {
    let learned = counts(of: names, limit: limit, keeping: patterns)
    let ranked = learned.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let listed = Set(ranked.prefix(limit).map(\.key))
    return BoundedCounts(
      NamedCounts(ranked.prefix(limit)), omittedValues: names.count { !listed.contains($0.name) },
      omittedObservations: ranked.dropFirst(limit).reduce(0) { $0 + $1.value })
  }

  private static func counts(
    of names: [(name: String, count: Int)], limit: Int, keeping patterns: ResourcePattern
  ) -> [(key: String, value: Int)] {
    let total = names.reduce(0) { $0 + $1.count }
    var sums: [String: Int] = [:]
    var shapes: [String: [(name: String, count: Int)]] = [:]
    for (name, count) in names {
      if count * limit >= total || keepsWhole(name, patterns) {
        sums[name, default: 0] += count
      } else {
        shapes[name.filter { "/:-_.".contains($0) }, default: []].append((name, count))
      }
    }
    for group in shapes.values {
      let parted = group.map {
        $0.name.split(omittingEmptySubsequences: false) { "/:-_.".contains($0) }.map(String.init)
      }
      let varying = (parted.first ?? []).indices.map { index in
        let values = Set(parted.map { $0[index] })
        return values.count >= TemplateLearner.leastNames && values.count * 2 >= parted.count
      }
      for (parts, entry) in zip(parted, group) {
        var rest = entry.name.filter { "/:-_.".contains($0) }[...]
        var text = ""
        for (index, part) in parts.enumerated() {
          text += group.count >= TemplateLearner.leastNames && varying[index] ? "{name}" : part
          if let separator = rest.popFirst() { text.append(separator) }
        }
        sums[text, default: 0] += entry.count
      }
    }
    return Array(sums)
  }

  private static func keepsWhole(_ name: String, _ patterns: ResourcePattern) -> Bool {
    var name = name
    return name.withUTF8 { patterns.keepsWhole($0) }
  }
}
