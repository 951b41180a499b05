/// A part of the logs that is missing, and whose events it would have held: there, "never seen" may mean "never
/// read".
package struct CollectionGap: Equatable, Sendable {
  /// Which events may be missing.
  package enum Scope: Equatable, Sendable {
    /// A delivery of CloudTrail to S3 that could not be read; its events are at most an hour older.
    case delivery(account: String, region: String, delivered: Timestamp)
    /// Queries by event name that were refused, cut short or failed; no names mean all names.
    case query(account: String, region: String, events: Set<String>)
    /// A collection by event name: no other name was asked for.
    case onlyAsked(events: Set<String>)
  }

  /// What was wrong, in the words of the step that met it.
  package var text: String
  package var scope: Scope

  /// Reads a caveat of an earlier step; `nil` for one that names no events.
  ///
  /// The forms are CloudTrail's own name of a delivery (`…/111111111111_CloudTrail_eu-west-1_20260401T0610Z_x.json.gz: the
  /// file ends too early`), and lookup-collector's `account 111111111111, region eu-west-1: denied for CreateRole` and
  /// ``onlyAsked(_:)``.
  package init?(caveat text: String) {
    guard let scope = Self.delivery(text) ?? Self.query(text) ?? Self.asked(text) else { return nil }
    self.text = text
    self.scope = scope
  }

  /// Events of up to this long before the delivery may be in a file, in seconds.
  static let reach = 3_600

  /// Whether events of an account between two moments may be among the missing ones; without a start, at any time.
  package func touches(account: String, from start: Timestamp?, to end: Timestamp) -> Bool {
    switch scope {
    case .delivery(let owner, _, let delivered):
      owner == account
        && (start.map { delivered >= $0 && delivered.adding(-Self.reach) <= end } ?? true)
    case .query(let owner, _, _): owner == account
    case .onlyAsked: true
    }
  }

  /// Whether earlier events of an observation's lane may be among the missing ones.
  package func touches(_ observation: Observation) -> Bool {
    switch scope {
    case .delivery(let account, let region, _):
      account == observation.accountID && region == observation.awsRegion
    case .query(let account, let region, let events):
      account == observation.accountID && region == observation.awsRegion
        && (events.isEmpty || !events.isDisjoint(with: [observation.eventName, observation.rawEventName]))
    case .onlyAsked(let events): events.isDisjoint(with: [observation.eventName, observation.rawEventName])
    }
  }

  /// Where events may be missing, such as "of account `111111111111` in `eu-west-1`".
  package var place: String {
    switch scope {
    case .delivery(let account, let region, _), .query(let account, let region, _):
      "of account \(account) in \(region)"
    case .onlyAsked: "of event names that nobody asked for"
    }
  }

  /// Whether it is a file that could not be read.
  package var isDelivery: Bool {
    if case .delivery = scope { true } else { false }
  }

  /// Why absence says nothing, for an answer that stays open.
  package var reason: String {
    switch scope {
    case .delivery: "a file could not be read, \(text)"
    case .query: "the collection is not whole, \(text)"
    case .onlyAsked: text
    }
  }

  /// The caveat of a collection that asked for some event names only.
  package static func onlyAsked(_ events: some Sequence<String>) -> String {
    askedPrefix + Set(events).sorted().joined(separator: ", ") + askedSuffix
  }

  private static let askedPrefix = "collected by event name: only "
  private static let askedSuffix = " were asked for, so that absence says nothing of others"

  private static func delivery(_ text: String) -> Scope? {
    guard let colon = text.firstRange(of: ": ") else { return nil }
    let parts = (text[..<colon.lowerBound].split(separator: "/").last ?? "").split(separator: "_")
    guard parts.count >= 5, parts[1].hasPrefix("CloudTrail"), String(parts[0]).isAccountID,
      let time = time(parts[3])
    else { return nil }
    return .delivery(account: String(parts[0]), region: String(parts[2]), delivered: time)
  }

  private static func query(_ text: String) -> Scope? {
    guard text.hasPrefix("account "), let colon = text.firstRange(of: ": ") else { return nil }
    let place = text[..<colon.lowerBound].dropFirst("account ".count).split(separator: ",")
    guard place.count == 2, String(place[0]).isAccountID, place[1].hasPrefix(" region ") else { return nil }
    let answer = text[colon.upperBound...]
    guard ["capped", "denied", "failed", "the region"].contains(where: answer.hasPrefix) else { return nil }
    var events: Set<String> = []
    if let named = answer.firstRange(of: " for "), !answer[named.upperBound...].hasPrefix("all ") {
      events = Set(answer[named.upperBound...].split(separator: ",").map { String($0.drop { $0 == " " }) })
    }
    return .query(
      account: String(place[0]), region: String(place[1].dropFirst(" region ".count)), events: events)
  }

  private static func asked(_ text: String) -> Scope? {
    guard text.hasPrefix(askedPrefix), text.hasSuffix(askedSuffix) else { return nil }
    let names = text.dropFirst(askedPrefix.count).dropLast(askedSuffix.count)
    return .onlyAsked(events: Set(names.split(separator: ",").map { String($0.drop { $0 == " " }) }))
  }

  /// Such as `20260401T0610Z`.
  private static func time(_ text: Substring) -> Timestamp? {
    let digits = Array(text)
    guard digits.count == 14, digits[8] == "T", digits[13] == "Z" else { return nil }
    func part(_ range: Range<Int>) -> String { String(digits[range]) }
    return Timestamp(
      parsing:
        "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):00Z")
  }
}
