/// The hours in which each account and region has events, and the gaps between them.
struct HourCoverage {
  private struct Place: Hashable, Comparable {
    var account: String
    var region: String

    static func < (one: Place, other: Place) -> Bool {
      (one.account, one.region) < (other.account, other.region)
    }
  }

  /// Logs choose the accounts, regions and times they name, so places beyond this number are not added.
  private static let placeLimit = 5_000
  private static let hourLimit = 200_000
  /// Gaps that are listed of a place, the longest.
  private static let gapLimit = 3
  /// A shorter pause is no gap: few accounts act in every hour.
  private static let leastGap = 24

  /// Hours since 1970.
  private var hours: [Place: Set<Int>] = [:]
  /// Observations that found no room here.
  private var omitted = 0

  /// Counts an hour, since 1970, in which an account and region have an event; `false` where there was no room.
  mutating func add(hour: Int, account: String, region: String) -> Bool {
    let place = Place(account: account, region: region)
    guard hours[place] != nil || hours.count < Self.placeLimit,
      hours[place]?.count ?? 0 < Self.hourLimit
    else {
      omitted += 1
      return false
    }
    hours[place, default: []].insert(hour)
    return true
  }

  private struct Gap {
    /// The first hour without events, and the next with them.
    var start: Int
    var end: Int

    var length: Int { end - start }
  }

  private static func gaps(_ hours: [Int]) -> [Gap] {
    zip(hours, hours.dropFirst()).map { Gap(start: $0 + 1, end: $1) }.filter { $0.length >= leastGap }
  }

  /// Hours with events by account and region, as an object.
  var json: JSONValue {
    var output: [String: [String: JSONValue]] = [:]
    for (place, hours) in hours {
      let sorted = hours.sorted()
      guard let first = sorted.first, let last = sorted.last else { continue }
      output[place.account, default: [:]][place.region] = [
        "first_hour": .string(Self.text(first)), "last_hour": .string(Self.text(last)),
        "hours_with_events": .number(sorted.count), "hours": .number(last - first + 1),
        "gaps_of_a_day": .number(Self.gaps(sorted).count),
      ]
    }
    return .object(output.mapValues { .object($0) })
  }

  /// The table of `observations.md`, with how many observations each account and region has.
  func table(counts: [String: [String: Int]]) -> Table {
    Table(
      [
        Column("Account"), Column("Region"), Column("Observations", .trailing), Column("First hour"),
        Column("Last hour"), Column("Hours with events", .trailing), Column("Gaps of a day or more"),
      ],
      rows: counts.keys.sorted().flatMap { account in
        (counts[account] ?? [:]).sorted { $0.key < $1.key }.map { region, count in
          let sorted = (hours[Place(account: account, region: region)] ?? []).sorted()
          guard let first = sorted.first, let last = sorted.last else {
            return [.code(account), .code(region), "\(count)", "none", "none", "0", ""]
          }
          return [
            .code(account), .code(region), "\(count)", "\(Self.text(first))", "\(Self.text(last))",
            "\(sorted.count) of \(last - first + 1)", "\(Self.listed(Self.gaps(sorted)))",
          ]
        }
      })
  }

  /// What later steps have to know: observations whose hours are not shown.
  var caveat: String? {
    omitted > 0 ? "\(omitted) observations lie outside the hours that the coverage shows" : nil
  }

  /// The longest gaps in the order of time, and how many more there are.
  private static func listed(_ gaps: [Gap]) -> String {
    let longest = gaps.sorted { ($1.length, $0.start) < ($0.length, $1.start) }.prefix(gapLimit)
    var parts = longest.sorted { $0.start < $1.start }.map { "\(text($0.start)) (\($0.length) h)" }
    if gaps.count > longest.count { parts.append("\(gaps.count - longest.count) shorter ones") }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  /// An hour as `2026-01-31 06:00`.
  private static func text(_ hour: Int) -> String {
    let time = Timestamp(seconds: hour * 3_600).iso8601
    return String(time.prefix(10)) + " " + String(time.dropFirst(11).prefix(5))
  }
}
