/// Lanes in plain memory, with the names that they refer to; nothing changes once they are here.
///
/// A lane is a place in it: making, copying and dropping one costs no memory of its own.
final class LaneChunk: Sendable {
  /// The bit that the numbers of a chunk's own names have; others are those of the shared ones.
  static let ownMark: NameNumber = 1 << 31

  /// Names that other chunks refer to as well; a chunk that shares any has none of them among its own.
  let shared: LaneNames
  private let own: LaneNames
  private let records: FixedValues<LaneRecord>
  private let words: FixedValues<UInt32>
  private let rarities: [LaneRarities]

  init(_ builder: Builder) {
    let words = builder.words.fixed
    records = FixedValues(count: builder.records.count) { room in
      for (place, record) in builder.records.enumerated() {
        room[place] = record.moved(
          to: words.values.baseAddress.map { $0 + Int(record.start) }, startingAt: Int(record.start))
      }
    }
    self.words = words
    shared = builder.shared
    own = builder.own.strings.isEmpty ? .none : LaneNames(builder.own.strings)
    rarities = builder.rarities
  }

  var count: Int { records.values.count }

  /// The lane at a position.
  func lane(_ position: Int) -> Lane {
    guard let start = records.values.baseAddress, position < count else {
      preconditionFailure("a chunk has no lane beyond its end")
    }
    return Lane(self, start + position)
  }

  /// All of them.
  var lanes: [Lane] { (0..<count).map(lane) }

  /// The name with a number.
  func text(_ number: NameNumber) -> String {
    number < Self.ownMark ? shared.strings[Int(number)] : own.strings[Int(number ^ Self.ownMark)]
  }

  /// The names' bytes, good for as long as the chunk lives.
  var nameBytes: LaneNameBytes { LaneNameBytes(shared: shared.bytes.view, own: own.bytes.view) }

  /// What few lanes have, of a lane.
  func rarities(of record: LaneRecord) -> LaneRarities {
    record.rarities < 0 ? LaneRarities() : rarities[Int(record.rarities)]
  }

  // One of them is read where it lies: all together they hold several references, which copying counts.

  func cadence(of record: LaneRecord) -> Cadence? {
    record.rarities < 0 ? nil : rarities[Int(record.rarities)].cadence
  }

  /// Observations that are critical outcomes, by class.
  func overrides(of record: LaneRecord) -> [OverrideClass: Int] {
    record.rarities < 0 ? [:] : rarities[Int(record.rarities)].overrides
  }

  func approval(of record: LaneRecord) -> Approval? {
    record.rarities < 0 ? nil : rarities[Int(record.rarities)].approval
  }

  /// The names of a list, with what the rest add up to.
  func counts(_ list: LaneRecord.List, of record: LaneRecord) -> BoundedCounts {
    let omitted =
      record.rarities < 0 ? LaneRarities.Omitted() : rarities[Int(record.rarities)].omitted(list)
    return BoundedCounts(
      NamedCounts(sorted: record.entries(list).map { (key: text($0.value), value: $0.count) }),
      omittedValues: omitted.values, omittedObservations: omitted.observations)
  }
}

/// What few lanes have.
struct LaneRarities: Equatable, Sendable {
  /// What the names that a list leaves out add up to.
  struct Omitted: Equatable, Sendable {
    var values = 0
    var observations = 0
  }

  var cadence: Cadence?
  var overrides: [OverrideClass: Int] = [:]
  var approval: Approval?
  /// By list; empty where none leaves out any.
  private var omissions: [Omitted] = []

  init(cadence: Cadence? = nil, overrides: [OverrideClass: Int] = [:], approval: Approval? = nil) {
    self.cadence = cadence
    self.overrides = overrides
    self.approval = approval
  }

  var isEmpty: Bool { cadence == nil && overrides.isEmpty && approval == nil && omissions.isEmpty }

  func omitted(_ list: LaneRecord.List) -> Omitted {
    omissions.isEmpty ? Omitted() : omissions[list.rawValue]
  }

  mutating func omit(_ omitted: Omitted, from list: LaneRecord.List) {
    guard omitted != Omitted() else { return }
    if omissions.isEmpty {
      omissions = [Omitted](repeating: Omitted(), count: LaneRecord.List.allCases.count)
    }
    omissions[list.rawValue] = omitted
  }
}

extension LaneChunk {
  /// Puts lanes into memory one after the other.
  struct Builder {
    let shared: LaneNames
    fileprivate(set) var records: [LaneRecord] = []
    /// The words of the records, in their order; the next record's are put here before it is.
    var words = LaneWords()
    fileprivate(set) var own = StringTable()
    fileprivate(set) var rarities: [LaneRarities] = []

    init(sharing shared: LaneNames = .none) { self.shared = shared }

    /// Lanes added.
    var count: Int { records.count }

    mutating func reserveCapacity(_ count: Int) { records.reserveCapacity(count) }

    /// The number of a name that is not among the shared ones.
    mutating func number(ofOwn text: String) -> NameNumber { own.intern(text) | LaneChunk.ownMark }

    /// Adds a record whose words are there, with what few lanes have, where it has any of it.
    mutating func add(_ record: LaneRecord, _ own: LaneRarities? = nil) {
      records.append(record)
      let last = records.count - 1
      records[last].rarities = -1
      guard let own else { return }
      records[last].rarities = Int32(truncatingIfNeeded: rarities.count)
      rarities.append(own)
    }

    /// Adds a lane whose names are texts.
    mutating func add(_ facts: LaneFacts) {
      let key = LaneNumbers(
        account: number(ofOwn: facts.key.account), actor: number(ofOwn: facts.key.actor),
        event: number(ofOwn: facts.key.event), source: number(ofOwn: facts.key.source),
        region: number(ofOwn: facts.key.region))
      var record = LaneRecord(key, startingAt: words.count)
      record.hours = facts.hours
      record.counts = facts.counts
      (record.firstSeen, record.lastSeen) = (facts.firstSeen, facts.lastSeen)
      (record.sessions, record.peerAccounts) = (facts.sessions, facts.peerAccounts)
      (record.standing, record.family, record.risk) = (facts.standing, facts.family, facts.risk)
      (record.archetype, record.sourceKind) = (facts.archetype, facts.sourceKind)
      (record.hangsOnOneDay, record.hasCadence) = (facts.hangsOnOneDay, facts.cadence != nil)
      record.overrides = OverrideClasses(facts.overrides.keys)
      record.establishedOverrides = OverrideClasses(facts.establishedOverrides)
      record.attemptedOverrides = OverrideClasses(facts.attemptedOverrides)
      words.append(days: facts.days)
      record.setDayCount(facts.days.count)
      var rarities = LaneRarities(
        cadence: facts.cadence, overrides: facts.overrides, approval: facts.approval)
      for list in LaneRecord.List.allCases {
        let counts = facts[list]
        words.append(entries: counts.counts.map { (value: number(ofOwn: $0.key), count: $0.value) })
        record.setLength(counts.counts.count, of: list)
        rarities.omit(
          .init(values: counts.omittedValues, observations: counts.omittedObservations), from: list)
      }
      add(record, rarities.isEmpty ? nil : rarities)
    }

    /// Adds a lane that shares the same names, changed.
    mutating func add(_ lane: Lane, _ change: (inout LaneRecord, inout LaneRarities) -> Void) {
      precondition(lane.chunk.shared === shared, "lanes that share a chunk share their names")
      var record = lane.record.pointee.moved(to: nil, startingAt: words.count)
      let known = lane.record.pointee
      func number(_ name: NameNumber) -> NameNumber {
        name < LaneChunk.ownMark ? name : self.number(ofOwn: lane.chunk.text(name))
      }
      record.key = LaneNumbers(
        account: number(known.key.account), actor: number(known.key.actor), event: number(known.key.event),
        source: number(known.key.source), region: number(known.key.region))
      words.append(days: known.days)
      for list in LaneRecord.List.allCases {
        words.append(entries: known.entries(list).map { (value: number($0.value), count: $0.count) })
      }
      var rarities = lane.chunk.rarities(of: known)
      change(&record, &rarities)
      add(record, rarities.isEmpty ? nil : rarities)
    }
  }
}

extension LaneFacts {
  /// One of the lists of names.
  fileprivate subscript(list: LaneRecord.List) -> BoundedCounts {
    switch list {
    case .userAgentFamilies: userAgentFamilies
    case .resourcePatterns: resourcePatterns
    case .targets: targets
    case .people: people
    }
  }
}
