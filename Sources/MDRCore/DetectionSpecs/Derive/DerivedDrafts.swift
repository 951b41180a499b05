/// What a baseline teaches: drafts of detections and exceptions for this customer.
struct DerivedDrafts {
  /// A lane that might be approved, by people, for a time.
  struct Exception: Equatable {
    var lane: Lane
    var targets: [String]
  }

  private(set) var drafts: [DetectionDraft] = []
  private(set) var exceptions: [Exception] = []
  /// What was seen and not proposed, with the reason.
  private(set) var passedOver: [String] = []

  /// More actors or accounts than this are no lane that a reviewer could read.
  private static let actorLimit = 12

  /// Reads the lessons off lanes of critical outcomes that recur.
  ///
  /// A draft takes the family and the technique from a reviewed detection of the same event.
  init(_ baseline: Baseline, reviewed: [Detection]) {
    let critical = baseline.lanes.filter { !$0.overrides.isEmpty && $0.counts.success > 0 }
    for (event, lanes) in Dictionary(grouping: critical, by: \.key.event).sorted(by: { $0.key < $1.key }) {
      let parts = event.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[0].hasSuffix(".amazonaws.com"),
        parts[1].allSatisfy({ $0.isLetter || $0.isNumber })
      else { continue }
      let service = String(parts[0].dropLast(".amazonaws.com".count))
      let standing = lanes.filter { $0.standing == .established }
      guard !standing.isEmpty else {
        passedOver.append("\(event): \(lanes.count.of("lane")), none of them established")
        continue
      }
      let machines = standing.filter { !$0.archetype.isHuman }
      if event == "iam.amazonaws.com:CreateAccessKey" {
        for lane in machines where Self.isWritable(lane) {
          addRotation(lane, service: service, name: parts[1], reviewed: reviewed)
        }
      }
      guard machines.count == standing.count else {
        passedOver.append("\(event): people do it regularly, so that it belongs to no lane of machines")
        continue
      }
      // A lane that is left out of the known ones is alerted on, never the other way round.
      let known = machines.filter(Self.isWritable)
      if known.count < machines.count {
        passedOver.append(
          "\(event): \((machines.count - known.count).of("lane")) with hidden or overlong names, which a person has to look at"
        )
      }
      guard !known.isEmpty else { continue }
      addOthers(known, service: service, name: parts[1], reviewed: reviewed)
    }
  }

  /// Whether all names that a draft would write can stand in it.
  private static func isWritable(_ lane: Lane) -> Bool {
    ([lane.key.account, lane.key.actor, lane.key.source] + users(of: lane)).allSatisfy(
      DetectionDraft.isWritable)
  }

  /// The lane's own beat and targets, and a detection for when it leaves them.
  private mutating func addRotation(_ lane: Lane, service: String, name: String, reviewed: [Detection]) {
    let targets = Self.users(of: lane)
    exceptions.append(Exception(lane: lane, targets: targets))
    guard let technique = Self.technique(service, name, reviewed), !targets.isEmpty,
      lane.targets.omittedValues == 0
    else {
      passedOver.append("\(lane.key.event) by \(lane.key.actor): no complete list of targets")
      return
    }
    let list = targets.map(\.quoted).joined(separator: ", ")
    let beat = lane.cadence.map { "\($0.period.rawValue), \($0.runs) runs" } ?? "no beat found"
    var draft = DetectionDraft(
      id: Self.id("\(name)-leaves-lane-of-\(lane.key.actor)-\(lane.key.account)"),
      title: "\(name) by \(DetectionDraft.shown(lane.key.actor)) outside its own lane",
      family: "access-key-creation",
      severity: .high,
      businessFamily: lane.family, businessRisk: lane.risk, technique: technique,
      trigger: [
        "The rotation actor of account \(DetectionDraft.shown(lane.key.account)) makes a key for another target, or from another source.",
        "What the baseline has: \(beat), \(lane.count.of("call")) on \(lane.days.count.of("day")), from \(DetectionDraft.shown(lane.key.source)), for \(targets.map(DetectionDraft.shown).joined(separator: ", ")).",
      ],
      logic: """
        event_source = "\(service).amazonaws.com" and event_name = "\(name)"
        and actor = \(lane.key.actor.quoted) and account_id = \(lane.key.account.quoted)
        and (requestParameters.userName not in (\(list)) or source != \(lane.key.source.quoted))
        """,
      guidance:
        "The lane is expected, not safe: a role that can mint keys stays a risk. Ask its owner why it left its targets or its source.",
      examples: [])
    draft.falsePositive = "a new pipeline user, or a new address of the host."
    draft.gap = "A run outside the beat is for the baseline to say, in triage."
    let identity = Self.identity(of: lane)
    func record(_ number: Int, _ user: String, _ who: JSONValue, error: String? = nil) -> JSONValue {
      DetectionDraft.record(
        name, service: service, number: number, identity: who, account: lane.key.account, region: "us-east-1",
        request: ["userName": .string(user)], error: error)
    }
    draft.examples = [
      .init(title: "Another target.", isMatching: true, record: record(1, "administrator", identity)),
      .init(
        title: "A known target from elsewhere.", isMatching: true, record: record(2, targets[0], identity)),
      .init(
        title: "Another actor: other detections.", isMatching: false,
        record: record(3, "administrator", DetectionDraft.user("example-user", account: lane.key.account))),
      .init(
        title: "Another role: other detections.", isMatching: false,
        record: record(4, "administrator", DetectionDraft.role("example-role", account: lane.key.account))),
    ]
    drafts.append(draft)
  }

  /// A detection for the event by anybody but the lanes that are known for it.
  private mutating func addOthers(_ lanes: [Lane], service: String, name: String, reviewed: [Detection]) {
    let event = "\(service).amazonaws.com:\(name)"
    let byActor = Dictionary(grouping: lanes, by: \.key.actor).mapValues {
      Set($0.map(\.key.account)).sorted()
    }
    guard byActor.count <= Self.actorLimit, byActor.values.allSatisfy({ $0.count <= 60 }) else {
      passedOver.append("\(event): \(byActor.count) actors are too many to list")
      return
    }
    guard let technique = Self.technique(service, name, reviewed) else {
      passedOver.append("\(event): no reviewed detection names it, so that its technique is not known")
      return
    }
    let known = byActor.sorted { $0.key < $1.key }.map { actor, accounts in
      "and not (actor = \(actor.quoted) and account_id in (\(accounts.map(\.quoted).joined(separator: ", "))))"
    }
    let sibling = reviewed.first { $0.correlation == nil && Self.names($0, service, name) }
    var draft = DetectionDraft(
      id: Self.id("\(name)-by-other-than-known-lanes"), title: "\(name) by other than its known lanes",
      family: sibling?.family ?? "tuple-drift", severity: .high, businessFamily: lanes[0].family,
      businessRisk: lanes[0].risk, technique: technique,
      trigger: ["Event name is \(code: name), and it succeeded."]
        + byActor.sorted { $0.key < $1.key }.map {
          "Not \(DetectionDraft.shown($0.key)) in \($0.value.map(DetectionDraft.shown).joined(separator: ", "))."
        },
      logic: ([
        "event_source = \"\(service).amazonaws.com\" and event_name = \"\(name)\" and outcome = \"success\""
      ]
        + known).joined(separator: "\n"),
      guidance:
        "In the baseline only these lanes did this, regularly. The lanes themselves stay with the critical override: expected is not safe.",
      examples: DetectionDraft.examples(service: service, name: name))
    draft.falsePositive = "a lane that moved to another role or account."
    draft.gap = "Somebody who takes over a known actor is in its lane."
    if let lane = lanes.first {
      draft.examples.append(
        .init(
          title: "The known lane.", isMatching: false,
          record: DetectionDraft.record(
            name, service: service, number: 5, identity: Self.identity(of: lane), account: lane.key.account)))
    }
    drafts.append(draft)
  }

  private static func names(_ detection: Detection, _ service: String, _ name: String) -> Bool {
    guard case .only(let names) = detection.logic.gate.names else { return false }
    return names.contains(name) && detection.logicText.contains("\"\(service).amazonaws.com\"")
  }

  private static func technique(_ service: String, _ name: String, _ reviewed: [Detection])
    -> AttackReference?
  {
    reviewed.filter { names($0, service, name) }.max { ($0.severity, $1.id) < ($1.severity, $0.id) }?.attack
      .first
  }

  /// The users that a lane made keys for.
  private static func users(of lane: Lane) -> [String] {
    lane.targets.counts.keys.compactMap { target in
      target.hasPrefix("user=") ? String(target.dropFirst("user=".count)) : nil
    }.sorted()
  }

  /// The lane's actor as a record names it.
  private static func identity(of lane: Lane) -> JSONValue {
    let name = lane.key.actor.split(separator: ":", maxSplits: 1).last.map(String.init) ?? lane.key.actor
    return lane.key.actor.hasPrefix("user:")
      ? DetectionDraft.user(name, account: lane.key.account)
      : DetectionDraft.role(name, account: lane.key.account)
  }

  private static func id(_ text: String) -> String {
    var (id, wasSmall) = ("", false)
    for scalar in text.unicodeScalars {
      let isCapital = ("A"..."Z").contains(scalar)
      let isSmall = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
      if isCapital, wasSmall { id += "-" }
      if isCapital || isSmall {
        id += String(scalar).lowercased()
      } else if !id.isEmpty, !id.hasSuffix("-") {
        id += "-"
      }
      wasSmall = isSmall
    }
    return String(id.prefix(80))
  }
}
