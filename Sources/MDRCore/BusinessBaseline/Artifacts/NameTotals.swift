/// Observations by name.
struct NameTotals: Sendable {
  /// By the names' numbers.
  let totals: CountList
  let naming: LaneNaming

  /// Names counted.
  var count: Int { totals.entries.count }

  private func precede(_ one: CountList.Entry, _ other: CountList.Entry) -> Bool {
    naming.text(one.value) < naming.text(other.value)
  }

  /// The names with the most observations, ties by name.
  func leading(_ limit: Int) -> [String] {
    totals.entries.first(limit) { $0.count != $1.count ? $0.count > $1.count : precede($0, $1) }
      .map { naming.text($0.value) }
  }

  /// The names from the most frequent on as code spans; those above the limit are counted.
  func codes(limit: Int) -> Inline { .codes(leading(limit), of: count) }

  /// The first names, in order, as code spans; those above the limit are counted.
  func sortedCodes(limit: Int) -> Inline {
    .codes(totals.entries.first(limit, by: precede).map { naming.text($0.value) }, of: count)
  }

  /// All names with their counts, in the order of their first appearance.
  var entries: [(name: String, count: Int)] {
    totals.entries.map { (name: naming.text($0.value), count: $0.count) }
  }
}
