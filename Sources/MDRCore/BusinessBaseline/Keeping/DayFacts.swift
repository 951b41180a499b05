/// Observations of one day as the baseline reads them, before any inventory has named their addresses.
///
/// What recurs is written once: texts, the *shapes* that observations share but for time, session and what they
/// touched, and the lists of resources and targets. Whatever `BaselineBuilder` reads of an observation has to be
/// here, which the test that an update equals a full rebuild watches over.
struct DayFacts: Sendable {
  private var strings = StringTable()
  private var shapes = NumberLists()
  private var lists = NumberLists()
  private var kinds: [Kind: UInt32] = [:]
  private var digests: [EventDigest] = []
  private var rows: [Row] = []

  private struct Row: Sendable {
    var second: Int32
    var shape: UInt32
    /// 0 where the log names no session, else one above the text's number.
    var session: UInt32
    var resources: UInt32
    var targets: UInt32
  }

  /// What the taxonomies say of an observation.
  private struct Kind: Hashable, Sendable {
    var outcome: Outcome
    var type: ActorType
    var archetype: Archetype
    var source: SourceKind
    var family: BusinessFamily
    var risk: BusinessRisk
    var isReadOnly: Bool

    var words: [String] {
      [
        outcome.rawValue, type.rawValue, archetype.rawValue, source.rawValue, family.rawValue, risk.rawValue,
        isReadOnly ? "read" : "write",
      ]
    }
  }

  var count: Int { rows.count }

  /// Adds an observation of the day.
  mutating func add(_ observation: Observation, digest: EventDigest) {
    digests.append(digest)
    var targets: [UInt32] = []
    for (target, values) in observation.targets.sorted(by: { $0.key < $1.key }) {
      targets += [strings.intern(target), UInt32(values.count)]
      for value in values { targets.append(strings.intern(value)) }
    }
    var resources: [UInt32] = []
    for resource in observation.resources { resources.append(strings.intern(resource)) }
    rows.append(
      Row(
        second: Int32(truncatingIfNeeded: observation.eventTime.seconds - observation.eventTime.day * 86_400),
        shape: shape(of: observation),
        session: observation.identity.sessionStart.map { strings.intern($0) + 1 } ?? 0,
        resources: lists.intern(resources), targets: lists.intern(targets)))
  }

  private mutating func shape(of observation: Observation) -> UInt32 {
    let identity = observation.identity
    let origin = observation.origin
    var numbers: [UInt32] = []
    numbers.reserveCapacity(20)
    numbers.append(kind(of: observation))
    numbers.append(strings.intern(observation.accountID))
    numbers.append(strings.intern(observation.actorAccountID))
    numbers.append(strings.intern(observation.region))
    numbers.append(strings.intern(observation.awsRegion))
    numbers.append(strings.intern(observation.eventSource))
    numbers.append(strings.intern(observation.eventName))
    numbers.append(strings.intern(observation.eventType))
    numbers.append(strings.intern(identity.actor))
    numbers.append(strings.intern(origin.source))
    numbers.append(strings.intern(origin.sourceIP))
    numbers.append(strings.intern(origin.userAgentFamily))
    numbers.append(observation.errorCode.map { strings.intern($0) + 1 } ?? 0)
    numbers.append(identity.person.map { strings.intern($0) + 1 } ?? 0)
    numbers.append(identity.sessionClass.map { strings.intern($0) + 1 } ?? 0)
    numbers.append(identity.invokedBy.map { strings.intern($0) + 1 } ?? 0)
    for match in observation.overrides {
      numbers.append(strings.intern(match.overrideClass.rawValue))
      numbers.append(strings.intern(match.id))
      numbers.append(strings.intern(match.severity.rawValue))
    }
    return shapes.intern(numbers)
  }

  /// The number of an observation's kind; the parts are one value, so that finding it costs one look-up.
  private mutating func kind(of observation: Observation) -> UInt32 {
    let kind = Kind(
      outcome: observation.outcome, type: observation.identity.type,
      archetype: observation.identity.archetype, source: observation.origin.kind,
      family: observation.businessFamily, risk: observation.businessRisk,
      isReadOnly: observation.isReadOnly)
    if let number = kinds[kind] { return number }
    let number = lists.intern(kind.words.map { strings.intern($0) })
    kinds[kind] = number
    return number
  }

  /// The block's bytes.
  func encoded() -> [UInt8] {
    var writer = FactWriter()
    writer.append(strings.strings.count)
    for text in strings.strings { writer.append(text) }
    for table in [lists, shapes] {
      writer.append(table.lists.count)
      for list in table.lists { writer.append(list) }
    }
    writer.append(rows.count)
    for digest in digests {
      writer.append(fixed: digest.high)
      writer.append(fixed: digest.low)
    }
    for row in rows {
      writer.append(Int(row.second))
      for number in [row.shape, row.session, row.resources, row.targets] { writer.append(Int(number)) }
    }
    return writer.bytes
  }
}

/// Numbers for lists of numbers.
private struct NumberLists: Sendable {
  private(set) var lists: [[UInt32]] = []
  private var numbers: [[UInt32]: UInt32] = [:]

  mutating func intern(_ list: [UInt32]) -> UInt32 {
    if let number = numbers[list] { return number }
    let number = UInt32(lists.count)
    lists.append(list)
    numbers[list] = number
    return number
  }
}
