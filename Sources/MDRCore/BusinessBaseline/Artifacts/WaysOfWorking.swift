/// The reviewed table of the ways by which a business operates its accounts, such as a build server or single sign-on.
struct WaysOfWorking: Sendable {
  /// Who or what works that way.
  enum Kind: String, Sendable {
    /// Something that people deploy with.
    case tool
    case machine
    case people
    case aws
  }

  struct Way: Sendable {
    let kind: Kind
    let name: String
    let reading: String
    fileprivate let archetypes: [Archetype]
    /// Words as they follow each other in a name, between blanks; empty for any name.
    fileprivate let words: [String]
  }

  let ways: [Way]

  init() {
    ways = Content.table("business-baseline/references/ways-of-working.tsv").compactMap { row in
      guard let kind = row["kind"].flatMap(Kind.init(rawValue:)), let name = row["way"] else { return nil }
      return Way(
        kind: kind, name: name, reading: row["reading"] ?? "",
        archetypes: (row["archetypes"] ?? "").split(separator: "|").compactMap {
          Archetype(rawValue: String($0))
        },
        words: (row["words"] ?? "").split(separator: "|").map { " \($0) " })
    }
  }

  /// The way that an actor works, as a position in the table; `nil` where no row fits.
  func way(ofActor actor: String, _ archetype: Archetype) -> Int? {
    let candidates = ways.indices.filter { ways[$0].archetypes.contains(archetype) }
    guard let first = candidates.first else { return nil }
    // Where all names fit, none has to be read.
    if ways[first].words.isEmpty { return first }
    let name = actor.split(separator: ":", maxSplits: 1).last.map(String.init) ?? actor
    let words = " " + ArchetypeRules.words(ofKey: name).joined(separator: " ") + " "
    return candidates.first { way in
      ways[way].words.isEmpty || ways[way].words.contains { words.contains($0) }
    }
  }
}

/// The observations of one or more accounts by way of working.
struct WayTally: Sendable {
  /// What one way amounts to.
  struct Sum: Sendable {
    var observations = 0
    /// Observations by actor.
    var actors: [String: Int] = [:]
    var accounts: Set<String> = []
    var families: [BusinessFamily: Int] = [:]
  }

  /// By the way's position in the table.
  private(set) var sums: [Int: Sum] = [:]

  mutating func add(_ actor: ActorModel, way: Int) {
    sums[way, default: Sum()].observations += actor.observations
    sums[way, default: Sum()].actors[actor.actor, default: 0] += actor.observations
    sums[way, default: Sum()].accounts.insert(actor.account)
    for (family, count) in actor.families { sums[way, default: Sum()].families[family, default: 0] += count }
  }

  mutating func formUnion(_ other: WayTally) {
    for (way, sum) in other.sums {
      sums[way, default: Sum()].observations += sum.observations
      sums[way, default: Sum()].actors.merge(sum.actors, uniquingKeysWith: +)
      sums[way, default: Sum()].accounts.formUnion(sum.accounts)
      sums[way, default: Sum()].families.merge(sum.families, uniquingKeysWith: +)
    }
  }

  /// The ways with the most observations first, ties in the table's order.
  var ranked: [(way: Int, sum: Sum)] {
    sums.map { (way: $0.key, sum: $0.value) }.sorted {
      ($1.sum.observations, $0.way) < ($0.sum.observations, $1.way)
    }
  }
}

extension [String: Int] {
  /// The names with the highest counts, ties by name, as code spans; those above the limit are counted.
  func codes(limit: Int) -> Inline {
    .codes(first(limit) { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key), of: count)
  }
}
