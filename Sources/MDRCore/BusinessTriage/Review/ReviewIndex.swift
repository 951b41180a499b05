/// Finds the review's events that answer a question about a finding.
struct ReviewIndex: Sendable {
  /// Ids that an answer names.
  static let shownIDs = 5

  let events: ReviewEvents
  private let byPrincipal: ReviewPositions<UInt32>
  private let byActor: ReviewPositions<UInt32>
  private let bySource: ReviewPositions<UInt32>
  private let byAccessKey: ReviewPositions<UInt32>
  private let byResource: ReviewPositions<Int>
  /// By account and event, of the events of the reviewed table only.
  private let byAccountEvent: ReviewPositions<UInt64>
  private let eventsAsked: [ReviewQuestion: [AccountQuestions.Asked]]
  private let assumptions: [String: [Int]]
  private let reversals = Reversals()

  init(_ events: ReviewEvents) {
    self.events = events
    let inOrder = (0..<Int32(events.entries.count)).sorted {
      let (one, other) = (events.entries[Int($0)], events.entries[Int($1)])
      return (one.first, one.eventID) < (other.first, other.eventID)
    }
    func index(_ value: (ReviewEvents.Call) -> UInt32) -> ReviewPositions<UInt32> {
      let ofCalls = events.calls.map(value)
      return ReviewPositions(inOrder) { position in
        let number = ofCalls[Int(events.entries[Int(position)].key.call)]
        return number == ReviewEvents.Call.none ? nil : number
      }
    }
    byPrincipal = index { $0.principal }
    byActor = index { $0.actor }
    bySource = index { $0.source }
    byAccessKey = index { $0.accessKey }
    byResource = ReviewPositions(inOrder) { position in
      let number = events.entries[Int(position)].key.resource
      return number == ReviewEvents.Key.noResource ? nil : number
    }
    let asked = AccountQuestions().asked(of: events)
    let numbersAsked = Set(asked.values.joined().map(\.event))
    eventsAsked = asked
    byAccountEvent = ReviewPositions(inOrder) { position in
      let call = events.calls[Int(events.entries[Int(position)].key.call)]
      return numbersAsked.contains(call.event) ? Self.pair(call.account, call.event) : nil
    }
    assumptions = Dictionary(grouping: events.assumptions.indices) { events.assumptions[$0].session }
  }

  var coverage: ReviewCoverage { events.coverage }

  /// Whether a question makes sense for a finding: a network of many is no lead, and not every call can be undone.
  func applies(_ question: ReviewQuestion, to finding: Finding) -> Bool {
    switch question {
    case .sameSource: finding.sourceKind.isUnmanaged || finding.sourceKind == .privateNetwork
    case .undone:
      // What never took effect has nothing to undo.
      finding.fullEventNames.contains { name in
        !reversals.undoing(name).isEmpty && !finding.refusedEventNames.contains { name.hasSuffix(":" + $0) }
      }
    case .keyUse: !finding.newAccessKeys.isEmpty
    case .newIdentityUse: !finding.touchedIdentities.isEmpty
    case .servicesEnabledBefore: finding.archetype == .servicePrincipal
    default: true
    }
  }

  /// Answers a question, negatives included.
  func answer(_ question: ReviewQuestion, about subject: ReviewSubject) -> ReviewAnswer {
    let finding = subject.finding
    let (entries, untimed, isWhole) = entries(question, about: subject)
    var answer = ReviewAnswer(
      question: question, count: 0, events: [], others: [], eventIDs: [],
      until: question.window(of: finding).to == nil ? coverage.last : nil,
      quietEnd: quietEnd(question, about: finding),
      hole: isWhole
        ? hole(question, about: finding) ?? (untimed ? "a call that could be one has no time" : nil)
        : "only the first \(Self.searchLimit) candidates were looked through"
    )
    // Counts by number, and looks names up at the end: a shared source has hundreds of calls and few names.
    var counts: [UInt32: Int] = [:]
    var others: Set<UInt32> = []
    for entry in entries {
      let call = call(entry)
      answer.count += Int(entry.count)
      if entry.first.isKnown {
        answer.first = min(answer.first ?? entry.first, entry.first)
        answer.last = max(answer.last ?? entry.last, entry.last)
      }
      counts[call.event, default: 0] += Int(entry.count)
      switch question {
      case .keyUse, .undone, .sameSource, .workloadsBefore, .servicesEnabledBefore:
        others.insert(call.principal)
      case .elsewhere: others.insert(call.account)
      default: break
      }
    }
    let names = Dictionary(counts.map { (eventName($0.key), $0.value) }, uniquingKeysWith: +)
    answer.events = names.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    answer.others = Array(others.map(name).sorted().prefix(5))
    answer.eventIDs = entries.prefix(Self.shownIDs).map(\.eventID.text)
    return answer
  }

  /// Entries looked through for one answer: a source that thousands share is no lead worth more.
  static let searchLimit = 500

  /// The entries that answer a question, the earliest first and those without a time last, whether there are more that
  /// would if their time were known, and whether all were looked through.
  func entries(_ question: ReviewQuestion, about subject: ReviewSubject) -> (
    found: [ReviewEvents.Entry], untimed: Bool, isWhole: Bool
  ) {
    guard subject.finding.firstSeen.isKnown || !question.needsTime else { return ([], false, true) }
    let window = question.window(of: subject.finding)
    let lists = candidates(question, about: subject.finding)
    let numbers = Numbers(subject.finding, events.names)
    var (found, untimed): ([ReviewEvents.Entry], [ReviewEvents.Entry]) = ([], [])
    for list in lists {
      // In a list those without a time come first.
      let timed = list.partitioningIndex { events.entries[Int($0)].first.isKnown }
      guard timed - list.startIndex <= Self.searchLimit else { return (found, false, false) }
      untimed += list[..<timed].map { events.entries[Int($0)] }
        .filter { concerns(question, $0, subject, numbers) }
      var looked = 0
      // An entry's calls are of one hour.
      let start = window.from.map { from in
        list.partitioningIndex { events.entries[Int($0)].first >= from.adding(-3_600) }
      }
      for position in list[max(start ?? timed, timed)...] {
        let entry = events.entries[Int(position)]
        if let to = window.to, entry.first > to { break }
        guard looked < Self.searchLimit else { return (found, false, false) }
        looked += 1
        if entry.last >= window.from ?? entry.last, concerns(question, entry, subject, numbers) {
          found.append(entry)
        }
      }
    }
    if lists.count > 1 { found.sort { ($0.first, $0.eventID) < ($1.first, $1.eventID) } }
    return question.needsTime ? (found, !untimed.isEmpty, true) : (found + untimed, false, true)
  }

  /// The role assumption that a session began with, the latest of the twelve hours before a moment.
  func assumption(of session: ReviewEvents.Session, before time: Timestamp) -> ReviewEvents.Assumption? {
    guard session.actor.hasPrefix("role:") || session.actor.hasPrefix("sso:") else { return nil }
    let role = session.actor.drop { $0 != ":" }.dropFirst()
    let found = Set(session.names).flatMap { assumptions[$0] ?? [] }.map { events.assumptions[$0] }.filter {
      $0.time.isKnown && $0.time <= time && $0.time >= time.adding(-Self.longestSession)
        && $0.role.contains(":\(session.account):") && $0.role.hasSuffix("/" + role)
    }
    return found.max { ($0.time, $0.eventID) < ($1.time, $1.eventID) }
  }

  /// A role's session lasts at most twelve hours.
  private static let longestSession = 12 * 3_600

  private func candidates(_ question: ReviewQuestion, about finding: Finding) -> [ArraySlice<Int32>] {
    func positions(_ index: ReviewPositions<UInt32>, _ texts: [String]) -> [ArraySlice<Int32>] {
      let numbers = Set(texts.compactMap { events.names.number(of: $0) })
      return numbers.sorted().compactMap { index[$0] }
    }
    switch question {
    case .own, .principalBefore, .principalAfter, .changesAfter, .networkChangesAfter, .elsewhere:
      return positions(byPrincipal, [finding.person ?? finding.actor])
    case .rootOtherwise: return positions(byActor, ["root"])
    case .keyUse: return positions(byAccessKey, finding.newAccessKeys)
    case .newIdentityUse: return positions(byActor, finding.touchedIdentities)
    case .undone:
      // In the order of their first event: the numbers themselves differ from run to run.
      return Set(finding.resources.map(ReviewEvent.number(ofResource:))).compactMap { byResource[$0] }
        .sorted { $0.startIndex < $1.startIndex }
    case .sameSource: return positions(bySource, [finding.source])
    case .workloadsBefore, .servicesEnabledBefore:
      guard let account = events.names.number(of: finding.accountID) else { return [] }
      return (eventsAsked[question] ?? []).compactMap { byAccountEvent[Self.pair(account, $0.event)] }
    }
  }

  private func concerns(
    _ question: ReviewQuestion, _ entry: ReviewEvents.Entry, _ subject: ReviewSubject, _ numbers: Numbers
  ) -> Bool {
    let finding = subject.finding
    let key = call(entry)
    let isHere = key.account == numbers.account
    switch question {
    case .own: return isOwn(entry, subject)
    case .principalBefore: return isHere && entry.first < finding.firstSeen && !isOwn(entry, subject)
    case .principalAfter: return isHere && !isOwn(entry, subject)
    case .changesAfter: return isHere && key.isChange && !isSession(key) && !isOwn(entry, subject)
    case .networkChangesAfter: return isHere && key.isNetwork && !isOwn(entry, subject)
    case .rootOtherwise: return isHere && !isOwn(entry, subject)
    case .keyUse: return true
    case .newIdentityUse: return isHere && !isOwn(entry, subject)
    case .undone:
      let undoing = finding.fullEventNames.contains { reversals.undoing($0).contains(name(key.event)) }
      return isHere && key.outcome == .success && undoing && !isOwn(entry, subject)
    case .elsewhere:
      return !isHere && key.actor == numbers.actor && finding.eventNames.contains(eventName(key.event))
    case .sameSource: return key.principal != numbers.principal
    case .workloadsBefore, .servicesEnabledBefore:
      let notBy = eventsAsked[question]?.first { $0.event == key.event }?.notBy ?? []
      return key.outcome == .success && !notBy.contains(name(key.actor)) && !isOwn(entry, subject)
    }
  }

  private static func pair(_ account: UInt32, _ event: UInt32) -> UInt64 {
    UInt64(account) << 32 | UInt64(event)
  }

  /// Signing in and taking a role change nothing by themselves.
  private func isSession(_ key: ReviewEvents.Call) -> Bool {
    let event = name(key.event)
    return event.hasPrefix("sts.amazonaws.com:") || event.hasPrefix("signin.amazonaws.com:")
  }

  private func isOwn(_ entry: ReviewEvents.Entry, _ subject: ReviewSubject) -> Bool {
    let finding = subject.finding
    if subject.contains(entry.eventID) { return true }
    guard finding.count > finding.eventIDs.count else { return false }
    let call = call(entry)
    return finding.eventNames.contains(eventName(call.event)) && name(call.source) == finding.source
      && entry.first >= finding.firstSeen && entry.last <= finding.lastSeen
  }

  /// What an entry's calls have in common.
  func call(_ entry: ReviewEvents.Entry) -> ReviewEvents.Call { events.calls[Int(entry.key.call)] }

  func name(_ number: UInt32) -> String { events.names[number] }

  private func eventName(_ number: UInt32) -> String {
    String(name(number).split(separator: ":").last ?? "")
  }

  /// The numbers of a finding's names; `nil` for what no event has.
  private struct Numbers {
    let account: UInt32?
    let principal: UInt32?
    let actor: UInt32?

    init(_ finding: Finding, _ names: StringTable) {
      account = names.number(of: finding.accountID)
      principal = names.number(of: finding.person ?? finding.actor)
      actor = names.number(of: finding.actor)
    }
  }
}
