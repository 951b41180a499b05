/// How often a business takes up something new by itself, by the reviewed table of what follows from it.
struct EstateChurn: Sendable {
  /// What a row says of an operation.
  struct Habit: Equatable, Sendable {
    /// Whether the operation weighs a level less for it.
    var lessens: Bool
    var sentence: String
  }

  private let counts: [NewcomerKind: Newcomers]
  private let rows: [ChurnRow]

  init(_ baseline: Baseline) {
    counts = Newcomers.counted(in: baseline)
    rows = Content.table("business-triage/references/churn.tsv").compactMap(ChurnRow.init)
  }

  /// What the first row that fits says; `nil` where none does, or the baseline is too short to count.
  func habit(of observation: Observation, _ comparison: Comparison?, _ risk: Risk) -> Habit? {
    guard let comparison, [.variant, .firstSeen].contains(comparison.normality),
      observation.identity.archetype.isAutomation,
      let row = rows.first(where: { row in
        row.risks.contains(risk) && row.sources.contains(observation.origin.kind)
          && comparison.newDimensions.contains(where: row.dimensions.contains)
      }), let newcomers = counts[row.counted], newcomers.days > 0
    else { return nil }
    let isFrequent =
      newcomers.new * 30 >= row.leastPerMonth * newcomers.days
      && newcomers.new * 100 >= row.leastPercent * newcomers.known
    return Habit(
      lessens: isFrequent && row.lessens,
      sentence:
        "\(isFrequent ? row.frequent : row.rare) (\(newcomers.new.of("newcomer")) among \(newcomers.known) pairs of \(row.counted.words) in the baseline's last \(newcomers.days.of("day")) that count)."
    )
  }
}

/// What newcomers are counted by.
enum NewcomerKind: String, Sendable, CaseIterable {
  case actor = "account×actor"
  case source = "account×source"
  case region = "account×region"

  /// The pair for people.
  var words: String { rawValue.split(separator: "×").map(String.init).joinedInWords }
}

private struct ChurnRow: Sendable {
  var dimensions: [Dimension]
  var risks: [Risk]
  var sources: [SourceKind]
  var counted: NewcomerKind
  var leastPerMonth: Int
  var leastPercent: Int
  var lessens: Bool
  var frequent: String
  var rare: String

  init?(_ row: [String: String]) {
    func words<Word: RawRepresentable<String>>(_ name: String) -> [Word] {
      (row[name] ?? "").split(separator: "|").compactMap { Word(rawValue: String($0)) }
    }
    guard let counted = row["counted"].flatMap(NewcomerKind.init(rawValue:)),
      let month = row["per_month"].flatMap({ Int($0) }), let percent = row["percent"].flatMap({ Int($0) }),
      let frequent = row["frequent"], let rare = row["rare"]
    else { return nil }
    dimensions = words("new")
    risks = words("risk")
    sources = words("from")
    self.counted = counted
    leastPerMonth = month
    leastPercent = percent
    lessens = row["severity"] == "less"
    self.frequent = frequent
    self.rare = rare
  }
}

/// Pairs that automation took up within a baseline.
struct Newcomers: Equatable, Sendable {
  /// First seen after the baseline's first third and before its quarantined end.
  var new = 0
  var known = 0
  /// The days in which newcomers count; 0 in a window too short to tell.
  var days = 0

  /// Counts a baseline's newcomers, kind by kind; its lanes are sorted, so that one account is held at a time.
  static func counted(in baseline: Baseline) -> [NewcomerKind: Newcomers] {
    let window = baseline.window
    // What is seen first in a baseline's first weeks may be as old as the business.
    let start = window.start.day + window.days / 3
    let end = baseline.quarantineStart ?? window.end.day + 1
    let isLong = window.days >= baseline.thresholds.matureDays
    var counts: [NewcomerKind: Newcomers] = [:]
    for kind in NewcomerKind.allCases { counts[kind] = Newcomers(days: isLong ? max(0, end - start) : 0) }
    var account = ""
    var firstDays: [NewcomerKind: [String: Int]] = [:]
    func finishAccount() {
      for (kind, days) in firstDays {
        counts[kind]?.known += days.count
        counts[kind]?.new += days.values.count { (start..<end).contains($0) }
      }
      firstDays.removeAll(keepingCapacity: true)
    }
    for lane in baseline.lanes where lane.archetype.isAutomation {
      let key = lane.key
      if key.account != account {
        finishAccount()
        account = key.account
      }
      let day = lane.firstSeen.day
      firstDays[.actor, default: [:]][key.actor] = min(firstDays[.actor]?[key.actor] ?? day, day)
      firstDays[.source, default: [:]][key.source] = min(firstDays[.source]?[key.source] ?? day, day)
      firstDays[.region, default: [:]][key.region] = min(firstDays[.region]?[key.region] ?? day, day)
    }
    finishAccount()
    return counts
  }
}

extension Archetype {
  /// Known to be a machine's work.
  var isAutomation: Bool {
    !isHuman && ![.unknown, .externalAccount].contains(self)
  }
}
