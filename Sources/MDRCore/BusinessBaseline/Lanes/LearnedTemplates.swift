/// Templates learned from a lane's own names, where it has more of them than it lists.
///
/// Reviewed rules know ids and numbers. What varies here besides, such as the customer in `tenant-acme-bucket`, only
/// the names side by side show: parts that differ from name to name, in names that are otherwise built alike.
struct LearnedTemplates {
  /// Names that are built alike, at least, before anything is learned from them.
  static let leastNames = 8

  /// The counts by template; names that stand alone or out, and those kept whole, stay as they are.
  ///
  /// A name stands out where it makes up as much as one of `limit` equal parts. The names are distinct, and so are
  /// the templates.
  static func counts(
    of names: [(name: String, count: Int)], limit: Int, keeping patterns: ResourcePattern
  ) -> [(key: String, value: Int)] {
    let total = names.reduce(0) { $0 + $1.count }
    var whole: [(key: String, value: Int)] = []
    var learned: [String: Int] = [:]
    var shapes: [[UInt8]: [(name: String, count: Int)]] = [:]
    for (name, count) in names {
      if count * limit >= total || patterns.keepsWhole(name) {
        whole.append((name, count))
      } else {
        shapes[name.utf8.filter(isSeparator), default: []].append((name, count))
      }
    }
    for (_, group) in shapes {
      let parted = group.count >= leastNames ? group.map { parts(of: $0.name) } : []
      let varying = varyingParts(parted)
      guard varying.contains(true) else {
        whole += group.lazy.map { (key: $0.name, value: $0.count) }
        continue
      }
      for (parts, entry) in zip(parted, group) {
        learned[template(of: parts, varying: varying, in: entry.name), default: 0] += entry.count
      }
    }
    // A log can hold a name that reads like a template.
    for entry in whole where learned[entry.key] != nil { learned[entry.key]? += entry.value }
    return whole.filter { learned[$0.key] == nil } + learned
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    // / : - _ .
    byte == 0x2F || byte == 0x3A || byte == 0x2D || byte == 0x5F || byte == 0x2E
  }

  private static func parts(of name: String) -> [Substring.UTF8View] {
    Substring(name).utf8.split(omittingEmptySubsequences: false, whereSeparator: isSeparator)
  }

  private static func template(
    of parts: [Substring.UTF8View], varying: [Bool], in name: String
  ) -> String {
    var template: [UInt8] = []
    template.reserveCapacity(name.utf8.count + 6)
    for (index, part) in parts.enumerated() {
      if varying[index] { template += "{name}".utf8 } else { template += part }
      if part.endIndex < name.utf8.endIndex { template.append(name.utf8[part.endIndex]) }
    }
    return String(decoding: template, as: UTF8.self)
  }

  /// Which parts take many values in names built alike: as many as half of the names, and never fewer than asked for.
  private static func varyingParts(_ names: [[Substring.UTF8View]]) -> [Bool] {
    guard let width = names.first?.count else { return [] }
    return (0..<width).map { index in
      let values = Set(names.lazy.map { Substring($0[index]) })
      return values.count >= leastNames && values.count * 2 >= names.count
    }
  }
}

extension BoundedCounts {
  /// The same as counting names, but names built alike become one template where there are more than are listed.
  ///
  /// Names behind a learned template count as not listed: nobody can tell from it which of them was there.
  init(
    learningFrom known: [CountList.Entry], limit: Int, names: StringTable, ranks: NameRanks,
    keeping patterns: ResourcePattern
  ) {
    guard known.count > limit else {
      self.init(known, limit: limit, names: names, ranks: ranks)
      return
    }
    let own = known.map { (name: names[$0.value], count: $0.count) }
    let learned = LearnedTemplates.counts(of: own, limit: limit, keeping: patterns)
    let ranked = learned.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let listed = Set(ranked.prefix(limit).lazy.map(\.key))
    self.init(
      NamedCounts(ranked.prefix(limit)), omittedValues: own.count { !listed.contains($0.name) },
      omittedObservations: ranked.dropFirst(limit).reduce(0) { $0 + $1.value })
  }
}
