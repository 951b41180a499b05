/// The numbers that a finding says, and what of.
struct NumberClaims {
  private var numbers: Set<String> = ["0", "1", "24"]
  /// Such as `24 hour`.
  private var pairs: Set<String> = ["24 hour"]

  init(_ finding: Finding) {
    // Digits of names are no counts.
    for value in Self.numbers(finding.json) { numbers.insert("\(value)") }
    note(finding.count, "call", "event", "time", "request", "record", "observation")
    for calls in finding.outcomes.values { note(calls, "call", "event", "time", "request", "record") }
    note(finding.eventIDs.count, "event", "record")
    note(finding.evidence.count, "piece", "item")
    note(finding.evidence.count(where: \.isOpen), "piece", "item", "question")
    note(finding.newDimensions.count, "dimension")
    note(finding.eventNames.count, "event")
    note(finding.days.count, "day")
    for calls in finding.days.values { note(calls, "call", "event", "time") }
    note(finding.sourceIPs.count, "address")
    note(finding.sessions.count, "session")
    note(finding.resources.count, "resource")
    note(finding.tuples.count, "tuple", "lane")
    for count in Array(finding.subsetCounts.values) + finding.tuples.map(\.priorObservations) {
      note(count, "time", "observation", "call", "event")
    }
    for sentence in finding.sentencesWithNumbers {
      let tokens = ClaimToken.tokens(of: sentence)
      for (index, token) in tokens.enumerated() {
        guard case .number(let number) = token else { continue }
        numbers.insert(number)
        if let unit = Self.unit(behind: index, in: tokens) { pairs.insert("\(number) \(unit)") }
      }
    }
  }

  /// Whether a number is the finding's; of leading zeros none counts.
  func has(_ text: String) -> Bool { numbers.contains(Self.plain(text)) }

  /// Whether the finding has the number with this unit; a word that is no unit goes with any number.
  func has(_ number: String, _ word: String) -> Bool {
    guard let unit = Self.unit(word) else { return true }
    return Int(Self.plain(number)).map { $0 <= 1 } == true || pairs.contains("\(Self.plain(number)) \(unit)")
  }

  private mutating func note(_ number: Int, _ units: String...) {
    numbers.insert("\(number)")
    for unit in units { pairs.insert("\(number) \(unit)") }
  }

  /// The unit of a number: the next word that is one, at most two words on, as in "2 of 3 accounts" or "3 such calls".
  static func unit(behind index: Int, in tokens: [ClaimToken]) -> String? {
    for token in tokens[(index + 1)...].prefix(3) {
      guard case .word(let word) = token else {
        if case .number = token { continue }
        return nil
      }
      if let unit = unit(word) { return unit }
    }
    return nil
  }

  private static func unit(_ word: String) -> String? {
    let lower = word.lowercased()
    if let known = short[lower] { return known }
    let single =
      lower.hasSuffix("sses")
      ? String(lower.dropLast(2)) : lower.hasSuffix("s") && lower != "s" ? String(lower.dropLast()) : lower
    return units.contains(single) ? single : nil
  }

  private static let short = [
    "h": "hour", "d": "day", "min": "minute", "s": "second", "%": "percent", "x": "time", "×": "time",
    "address": "address", "addresses": "address", "identities": "identity", "policies": "policy",
  ]

  private static let units: Set<String> = [
    "second", "minute", "hour", "day", "week", "month", "year", "time", "call", "event", "request", "record",
    "observation", "account", "region", "lane", "session", "piece", "item", "question", "dimension", "tuple",
    "percent", "resource", "key", "user", "role", "bucket", "actor", "source", "person", "file", "finding",
    "attempt", "change", "newcomer", "address", "policy", "identity",
  ]

  private static func plain(_ text: String) -> String {
    let plain = text.drop { $0 == "0" }
    return plain.isEmpty ? "0" : String(plain)
  }

  private static func numbers(_ value: JSONValue) -> [Int] {
    switch value {
    case .number(let number): [number]
    case .array(let elements): elements.flatMap(numbers)
    case .object(let members): members.values.flatMap(numbers)
    default: []
    }
  }
}

extension Finding {
  /// The sentences in which numbers are counts.
  fileprivate var sentencesWithNumbers: [String] {
    whyDifferent + residualRisk + verification + remediation + corroboration + caveats
      + evidence.compactMap(\.answer) + evidence.compactMap(\.note) + [title]
  }
}
