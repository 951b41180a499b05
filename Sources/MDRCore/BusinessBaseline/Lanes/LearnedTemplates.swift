/// Templates learned from a lane's own names, where it has more of them than it lists.
///
/// Reviewed rules know ids and numbers. What varies here besides, such as the customer in `tenant-acme-bucket`, only
/// the names side by side show: parts that differ from name to name, in names that are otherwise built alike.
struct LearnedTemplates {
  /// Names that are built alike, at least, before anything is learned from them.
  static let leastNames = 8

  private static let separators = Set("/:-_.".utf8)

  /// The counts by template; names that stand alone or out, and those kept whole, stay as they are.
  ///
  /// A name stands out where it makes up as much as one of `limit` equal parts.
  static func counts(
    of names: [(name: String, count: Int)], limit: Int, keeping patterns: ResourcePattern
  ) -> [String: Int] {
    let total = names.reduce(0) { $0 + $1.count }
    var counts: [String: Int] = [:]
    var shapes: [[UInt8]: [(parts: [Substring], count: Int)]] = [:]
    for (name, count) in names {
      if patterns.keepsWhole(name) || count * limit >= total {
        counts[name, default: 0] += count
      } else {
        let shape = name.utf8.filter { separators.contains($0) }
        shapes[shape, default: []].append((parts(of: name), count))
      }
    }
    for (shape, group) in shapes {
      let varying = varyingParts(group.map(\.parts))
      for (parts, count) in group {
        var template = ""
        for (index, part) in parts.enumerated() {
          if index > 0 { template.unicodeScalars.append(Unicode.Scalar(shape[index - 1])) }
          template += varying.contains(index) ? "{name}" : String(part)
        }
        counts[template, default: 0] += count
      }
    }
    return counts
  }

  private static func parts(of name: String) -> [Substring] {
    name.split(omittingEmptySubsequences: false) { character in
      character.utf8.count == 1 && character.utf8.allSatisfy { separators.contains($0) }
    }
  }

  /// The parts that take many values in names built alike: as many as half of the names, and never fewer than asked for.
  private static func varyingParts(_ names: [[Substring]]) -> Set<Int> {
    guard names.count >= leastNames, let width = names.first?.count else { return [] }
    return Set(
      (0..<width).filter { index in
        let values = Set(names.map { $0[index] })
        return values.count >= leastNames && values.count * 2 >= names.count
      })
  }
}

extension BoundedCounts {
  /// The same as counting names, but names built alike become one template where there are more than are listed.
  ///
  /// Names behind a learned template count as not listed: nobody can tell from it which of them was there.
  init(
    learningFrom counts: CountList, limit: Int, names: StringTable, keeping patterns: ResourcePattern
  ) {
    let known = counts.distinct.map { (name: names[$0.value], count: $0.count) }
    guard known.count > limit else {
      self.init(NamedCounts(known.map { (key: $0.name, value: $0.count) }))
      return
    }
    let learned = LearnedTemplates.counts(of: known, limit: limit, keeping: patterns)
    let ranked = learned.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let listed = NamedCounts(ranked.prefix(limit).map { (key: $0.key, value: $0.value) })
    let own = Set(known.map(\.name))
    self.init(
      listed, omittedValues: own.subtracting(listed.keys).count,
      omittedObservations: ranked.dropFirst(limit).reduce(0) { $0 + $1.value })
  }
}
