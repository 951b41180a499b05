/// Address blocks: whether one of them, or all together, are as good as the whole internet.
extension SQLRenderer {
  /// Whether the address blocks at a path are wide: one by itself, or all of them together.
  mutating func blocks(_ path: RawPath, isBroad: Bool, _ element: String?) throws(ExportLimit) -> String {
    let texts = try texts(path, element)
    let (all, one) = (variable(), variable())
    let dialect = dialect
    let single = isBroad ? dialect.exists(all, one, isWide(one)) + " OR " : ""
    return dialect.holds(dialect.exists(dialect.array([texts]), all, single + coversWorld(all)))
  }

  /// Whether a text is a block that is wide by itself.
  func isWide(_ text: String) -> String {
    "(\(dialect.matches(text, AddressPatterns.broad4)) OR \(dialect.matches(text, AddressPatterns.broad6)) "
      + "AND NOT \(dialect.matches(text, AddressPatterns.mappedBlock)))"
  }

  /// Whether the blocks in an array of texts leave no gap in the IPv4 internet, or in the first sixteen bits of 2000::/3.
  mutating func coversWorld(_ texts: String) -> String {
    let text = variable()
    let dialect = dialect
    func part(_ place: Int) -> String {
      dialect.whole(dialect.replaced(text, "^([0-9]+)[.]([0-9]+)[.]([0-9]+)[.]([0-9]+)(/.*)?$", "$\(place)"))
    }
    let length4 =
      "CASE WHEN \(dialect.contains(text, "/")) THEN "
      + dialect.whole(dialect.replaced(text, "^[^/]*/", "")) + " ELSE 32 END"
    let address4 = "(\(part(1)) * 16777216 + \(part(2)) * 65536 + \(part(3)) * 256 + \(part(4)))"
    let ranges4 = range(address4, dialect.power(of: "32 - \(length4)"))
    let blocks4 = dialect.map(
      dialect.filter(texts, text, dialect.matches(text, AddressPatterns.block4)), text, ranges4)
    let length6 = dialect.whole(dialect.replaced(text, "^[^/]*/", ""))
    let group = dialect.hexNumber(
      "CASE WHEN \(dialect.startsWith(text, "::")) THEN '0' ELSE \(dialect.replaced(text, ":.*$", "")) END")
    let blocks6 = dialect.map(
      dialect.filter(
        texts, text,
        "\(dialect.matches(text, AddressPatterns.block6)) AND \(dialect.matches(text, "/0*([0-9]|1[0-6])$")) "
          + "AND NOT \(dialect.matches(text, AddressPatterns.mappedBlock))"), text,
      range(group, dialect.power(of: "16 - \(length6)")))
    return
      "\(hasNoGap(blocks4, from: 0, through: 4_294_967_295)) OR \(hasNoGap(blocks6, from: 8_192, through: 16_383))"
  }

  /// First and last number of a block.
  private func range(_ address: String, _ size: String) -> String {
    let first = "(\(address) - \(dialect.remainder(address, size)))"
    return dialect.array([first, "\(first) + \(size) - 1"])
  }

  /// Whether some range reaches the start, and each that ends too early is carried on by another.
  private mutating func hasNoGap(_ ranges: String, from start: Int, through end: Int) -> String {
    let (all, one, next) = (variable(), variable(), variable())
    let isCarriedOn = dialect.exists(
      all, next, "\(next)[1] <= \(one)[2] + 1 AND \(next)[2] > \(one)[2]")
    let starts = dialect.exists(all, one, "\(one)[1] <= \(start) AND \(one)[2] >= \(start)")
    let hasGap = dialect.exists(
      all, one, "\(one)[2] >= \(start) AND \(one)[2] < \(end) AND NOT (\(isCarriedOn))")
    return dialect.exists(dialect.array([ranges]), all, "\(starts) AND NOT (\(hasGap))")
  }
}
