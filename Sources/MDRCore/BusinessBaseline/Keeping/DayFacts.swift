/// Observations of one day as the baseline reads them, before any inventory has named their addresses.
///
/// What recurs is written once: texts, the *shapes* that observations share but for time, session and what they
/// touched, and the lists of resources and targets. Whatever `BaselineBuilder` reads of an observation has to be
/// here, which the test that an update equals a full rebuild watches over.
struct DayFacts: Sendable {
  private var strings = StringTable()
  private var shapes = NumberLists()
  private var lists = NumberLists()
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
    numbers.reserveCapacity(28)
    for text in [
      observation.accountID, observation.actorAccountID, observation.region, observation.awsRegion,
      observation.eventSource, observation.eventName, observation.eventType, observation.outcome.rawValue,
      identity.actor, identity.type.rawValue, identity.archetype.rawValue, origin.source,
      origin.kind.rawValue, origin.sourceIP, origin.userAgentFamily, observation.businessFamily.rawValue,
      observation.businessRisk.rawValue, observation.isReadOnly ? "r" : "w",
    ] { numbers.append(strings.intern(text)) }
    for text in [observation.errorCode, identity.person, identity.sessionClass, identity.invokedBy] {
      numbers.append(text.map { strings.intern($0) + 1 } ?? 0)
    }
    for match in observation.overrides {
      for text in [match.overrideClass.rawValue, match.id, match.severity.rawValue] {
        numbers.append(strings.intern(text))
      }
    }
    return shapes.intern(numbers)
  }

  /// The block's bytes.
  func encoded() -> [UInt8] {
    var writer = FactWriter()
    writer.append(strings.strings.count)
    for text in strings.strings { writer.append(text) }
    for table in [shapes, lists] {
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
