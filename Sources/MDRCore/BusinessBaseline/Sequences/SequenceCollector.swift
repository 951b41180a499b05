/// Collects the changes of each session in bounded room, in any order, and finds the orders that recur.
///
/// A session is an actor's credentials in one account, or its day where the log names no session. Reads are left
/// out: they come in any order. So are calls that didn't succeed.
struct SequenceCollector: Sendable {
  /// Changes of a session that are kept; one with more has no order that a person would read.
  static let changesPerSession = 50
  /// Steps of a sequence, repeats at once counted as one.
  static let longestSequence = 12
  /// Changes further apart are two runs of one session.
  static let gapSeconds = 30 * 60
  /// Sequences of one actor in one account that are kept, the most frequent first.
  static let sequencesPerActor = 20

  private struct Change: Sendable {
    var session: UInt32
    var event: UInt32
    /// Seconds since 1970.
    var second: Int64
  }

  private struct Session: Sendable {
    var account: UInt32
    var actor: UInt32
    var changes: Int
  }

  private var numbers: [UInt64: UInt32] = [:]
  private var sessions: [Session] = []
  private var changes: [Change] = []

  /// Notes an observation, if it changed something.
  mutating func add(_ observation: Observation, table: inout StringTable) {
    if let change = SessionChange(observation) { add(change, table: &table) }
  }

  /// Notes a change.
  mutating func add(_ change: SessionChange, table: inout StringTable) {
    add(
      session: change.session, account: table.intern(change.account), actor: table.intern(change.actor),
      event: table.intern(change.event), second: change.time.seconds)
  }

  /// What identifies the session of an account's actor.
  @inline(__always)
  static func session(of owner: UInt64, _ session: UInt64) -> UInt64 {
    let product = (owner ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: session ^ 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }

  /// Notes a change of a session.
  mutating func add(session: UInt64, account: UInt32, actor: UInt32, event: UInt32, second: Int) {
    let session = number(session) { Session(account: account, actor: actor, changes: 0) }
    add(Change(session: session, event: event, second: Int64(second)))
  }

  /// Takes in what another collector noted; `number` translates its string numbers.
  mutating func formUnion(_ other: SequenceCollector, number translate: (UInt32) -> UInt32) {
    var renumbered = [UInt32](repeating: 0, count: other.sessions.count)
    for (digest, position) in other.numbers {
      let session = other.sessions[Int(position)]
      renumbered[Int(position)] = number(digest) {
        Session(account: translate(session.account), actor: translate(session.actor), changes: 0)
      }
    }
    for change in other.changes {
      add(
        Change(
          session: renumbered[Int(change.session)], event: translate(change.event), second: change.second))
    }
    // A session that has overflowed in the other collector counts as overflowed here too.
    for (position, session) in other.sessions.enumerated() where session.changes > Self.changesPerSession {
      sessions[Int(renumbered[position])].changes = Self.changesPerSession + 1
    }
  }

  private mutating func number(_ digest: UInt64, _ session: () -> Session) -> UInt32 {
    if let number = numbers[digest] { return number }
    let number = UInt32(sessions.count)
    numbers[digest] = number
    sessions.append(session())
    return number
  }

  private mutating func add(_ change: Change) {
    guard sessions[Int(change.session)].changes <= Self.changesPerSession else { return }
    sessions[Int(change.session)].changes += 1
    if sessions[Int(change.session)].changes <= Self.changesPerSession { changes.append(change) }
  }
}

extension SequenceCollector {
  /// The orders of two steps and more that came at least twice, by account and actor, the most frequent first.
  func sequences(names: StringTable) -> [EventSequence] {
    var found: [Owner: Runs] = [:]
    for run in closeChanges(names: names) {
      let session = sessions[Int(run.session)]
      found[Owner(session), default: Runs()].add(run)
    }
    return found.flatMap { owner, runs in
      runs.sequences(account: names[owner.account], actor: names[owner.actor], names: names)
    }.sorted { one, other in
      (one.account, one.actor, other.runs, one.events.joined(separator: "\n"))
        < (other.account, other.actor, one.runs, other.events.joined(separator: "\n"))
    }
  }

  /// The runs themselves, of any length, of some actors in some accounts, each actor's in the order of time.
  func runs(of owners: Set<SequenceOwner>, names: StringTable) -> [SequenceOwner: [SequenceRun]] {
    let numbers = Set(
      owners.compactMap { owner in
        names.number(of: owner.account).flatMap { account in
          names.number(of: owner.actor).map { Owner(account: account, actor: $0) }
        }
      })
    var found: [SequenceOwner: [SequenceRun]] = [:]
    for run in closeChanges(names: names, where: { numbers.contains(Owner($0)) }) {
      let session = sessions[Int(run.session)]
      let owner = SequenceOwner(account: names[session.account], actor: names[session.actor])
      found[owner, default: []].append(
        SequenceRun(
          account: owner.account, actor: owner.actor, events: run.events.map { names[$0] },
          first: Timestamp(seconds: Int(run.first)), last: Timestamp(seconds: Int(run.last))))
    }
    return found.mapValues { runs in
      // Few runs begin in the same second, so titles, which cost more to make than times to compare, decide only
      // then.
      runs.sorted { $0.first == $1.first ? $0.title < $1.title : $0.first < $1.first }
    }
  }

  private struct Owner: Hashable {
    var account: UInt32
    var actor: UInt32

    init(_ session: Session) { (account, actor) = (session.account, session.actor) }

    init(account: UInt32, actor: UInt32) {
      self.account = account
      self.actor = actor
    }
  }

  /// Changes of a session that follow each other closely.
  private struct Run {
    var session: UInt32
    var events: [UInt32] = []
    var first: Int64
    var last: Int64
  }

  /// An actor's runs by their order.
  private struct Runs {
    var count = 0
    var byOrder: [[UInt32]: [(first: Int64, last: Int64)]] = [:]

    mutating func add(_ run: Run) {
      count += 1
      guard (2...SequenceCollector.longestSequence).contains(run.events.count) else { return }
      byOrder[run.events, default: []].append((run.first, run.last))
    }

    func sequences(account: String, actor: String, names: StringTable) -> [EventSequence] {
      let recurring = byOrder.filter { $0.value.count > 1 }.map { order, runs in
        let lengths = runs.map { Int($0.last - $0.first) }.sorted()
        return EventSequence(
          account: account, actor: actor, events: order.map { names[$0] }, runs: runs.count,
          runsOfActor: count, days: Set(runs.map { Timestamp(seconds: Int($0.first)).day }).count,
          firstSeen: Timestamp(seconds: Int(runs.map(\.first).min() ?? 0)),
          lastSeen: Timestamp(seconds: Int(runs.map(\.last).max() ?? 0)),
          seconds: lengths[lengths.count / 2])
      }
      return Array(
        recurring.sorted { one, other in
          (other.runs, one.events.joined(separator: "\n")) < (one.runs, other.events.joined(separator: "\n"))
        }.prefix(SequenceCollector.sequencesPerActor))
    }
  }

  /// The runs of all sessions that weren't too long to have an order.
  private func closeChanges(names: StringTable, where isMeant: (Session) -> Bool = { _ in true }) -> [Run] {
    let ranks = NameRanks(names, of: changes.lazy.map(\.event))
    let meant = sessions.map { $0.changes <= Self.changesPerSession && isMeant($0) }
    var runs: [Run] = []
    for change in changesInOrder(ranks) where meant[Int(change.session)] {
      if let last = runs.last, last.session == change.session,
        change.second - last.last <= Int64(Self.gapSeconds)
      {
        runs[runs.count - 1].last = change.second
        if runs[runs.count - 1].events.last != change.event {
          runs[runs.count - 1].events.append(change.event)
        }
      } else {
        runs.append(
          Run(session: change.session, events: [change.event], first: change.second, last: change.second))
      }
    }
    return runs
  }

  /// All changes by session, those of each in the order of time.
  private func changesInOrder(_ ranks: NameRanks) -> [Change] {
    var starts = [Int](repeating: 0, count: sessions.count + 1)
    for change in changes { starts[Int(change.session) + 1] += 1 }
    for session in sessions.indices { starts[session + 1] += starts[session] }
    // Within a second the log has no order: the names give one, the same for any order of files.
    func precedes(_ one: Change, _ other: Change) -> Bool {
      one.second != other.second ? one.second < other.second : ranks[one.event] < ranks[other.event]
    }
    var next = starts
    var sorted = changes
    for change in changes {
      let session = Int(change.session)
      var place = next[session]
      next[session] += 1
      // A session has few changes, and they come nearly in order.
      while place > starts[session], precedes(change, sorted[place - 1]) {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = change
    }
    return sorted
  }
}
