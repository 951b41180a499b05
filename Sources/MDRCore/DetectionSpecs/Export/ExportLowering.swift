/// Turns a detection's three-valued logic into conditions on raw records that hold exactly where it matches.
///
/// What is unknown is decided here, as the engine decides it: an expression that stays unknown matches, unless it is the
/// baseline that is missing and the detection says `without_baseline: silent`.
struct ExportLowering {
  /// The customer's lists as they are at the time of the export.
  var lists = EvaluationLists()
  /// Whether the target can ask a table of lanes; without one, questions to the baseline are unknown.
  var hasLanes = false
  /// Whether records may be taken to be as AWS documents them, such as `userIdentity` with a type and a session's issuer.
  var trustsShape = false
  let archetypes: [ArchetypeRules.Row]
  let aliases: [(source: String, alias: String, name: String)]

  init(lists: EvaluationLists = EvaluationLists(), hasLanes: Bool = false) {
    self.lists = lists
    self.hasLanes = hasLanes
    archetypes = ArchetypeRules().rows
    aliases = EventNaming().aliasRows
  }

  /// The condition under which a detection matches.
  func matching(_ detection: Detection) throws(ExportLimit) -> RawPredicate {
    if let correlation = detection.correlation {
      throw ExportLimit("it takes several events together (\(correlation.kind))")
    }
    return try single(detection)
  }

  /// The condition under which one event counts.
  func single(_ detection: Detection) throws(ExportLimit) -> RawPredicate {
    let answer = try lowered(detection.logic)
    let holds = detection.matchesWithoutBaseline ? answer.possible : answer.withoutBaseline
    if holds == .constant(false), !hasLanes, detection.logic.asksBaseline {
      throw ExportLimit("it asks the baseline, for which there is no table, and is silent without one")
    }
    return holds
  }

  /// The conditions under which events are the steps of a chain.
  func steps(of chain: EventChain, _ detection: Detection) throws(ExportLimit) -> [RawPredicate] {
    var steps: [RawPredicate] = []
    for step in chain.steps {
      let answer = try lowered(step.logic)
      steps.append(detection.matchesWithoutBaseline ? answer.possible : answer.withoutBaseline)
    }
    return steps
  }

  /// An expression's three answers as three conditions.
  struct Answer {
    /// It is yes.
    var certain: RawPredicate
    /// It is yes or unknown.
    var possible: RawPredicate
    /// It is yes, or unknown for another reason than the baseline.
    var withoutBaseline: RawPredicate

    init(certain: RawPredicate, possible: RawPredicate, withoutBaseline: RawPredicate? = nil) {
      self.certain = certain
      self.possible = possible
      self.withoutBaseline = withoutBaseline ?? possible
    }

    init(_ known: RawPredicate) { self.init(certain: known, possible: known) }
  }

  private func lowered(_ expression: Expression) throws(ExportLimit) -> Answer {
    switch expression {
    case .always: return Answer(.constant(true))
    case .all(let parts):
      var answers: [Answer] = []
      for part in parts { answers.append(try lowered(part)) }
      return Answer(
        certain: .and(answers.map(\.certain)), possible: .and(answers.map(\.possible)),
        withoutBaseline: .and(answers.map(\.withoutBaseline)))
    case .either(let parts):
      var answers: [Answer] = []
      for part in parts { answers.append(try lowered(part)) }
      return Self.either(answers)
    case .not(let inner):
      let answer = try lowered(inner)
      let isUnknownOtherwise = RawPredicate.and([
        answer.withoutBaseline, .negation(answer.certain),
      ])
      return Answer(
        certain: .negation(answer.possible), possible: .negation(answer.certain),
        withoutBaseline: answer.possible == answer.withoutBaseline
          ? .negation(answer.certain) : .or([.negation(answer.possible), isUnknownOtherwise]))
    case .element(let path, let inner):
      let place = try rawPath(path)
      let answer = try lowered(inner)
      guard answer.possible == answer.withoutBaseline else {
        throw ExportLimit("the baseline is asked inside any \(path)")
      }
      return Answer(
        certain: answer.certain == .constant(false) ? .constant(false) : .element(place, answer.certain),
        possible: answer.possible == .constant(false) ? .constant(false) : .element(place, answer.possible))
    case .comparison(let path, let test): return Answer(try comparison(path, test))
    case .call(let function): return try call(function)
    case .baseline(let test): return try baseline(test)
    }
  }

  private static func either(_ answers: [Answer]) -> Answer {
    let certain = RawPredicate.or(answers.map(\.certain))
    let possible = RawPredicate.or(answers.map(\.possible))
    if answers.allSatisfy({ $0.possible == $0.withoutBaseline }) {
      return Answer(certain: certain, possible: possible)
    }
    // One part that waits for the baseline makes the whole wait for it, unless another part is a plain yes.
    let waits = RawPredicate.or(
      answers.map { .and([$0.possible, .negation($0.withoutBaseline)]) })
    return Answer(
      certain: certain, possible: possible,
      withoutBaseline: .or([certain, .and([.or(answers.map(\.withoutBaseline)), .negation(waits)])]))
  }

  private func baseline(_ test: BaselineTest) throws(ExportLimit) -> Answer {
    guard hasLanes else {
      return Answer(certain: .constant(false), possible: .constant(true), withoutBaseline: .constant(false))
    }
    let first = RawPredicate.lanes(.below(1))
    switch test {
    case .firstSeen: return Answer(first)
    case .rare: return Answer(.and([.lanes(.below(BaselineFacts.rareLimit)), .not(first)]))
    case .countBelow(let count): return Answer(count > 0 ? .lanes(.below(count)) : .constant(false))
    case .countAtLeast(let count): return Answer(count > 0 ? .not(.lanes(.below(count))) : .constant(true))
    case .new(let dimension):
      guard TupleDimensions.all.dimensions.contains(dimension) else {
        throw ExportLimit("baseline.new(\(dimension.rawValue)) asks more than the tuple of a lane")
      }
      return Answer(.lanes(.new(dimension)))
    }
  }

  private func call(_ function: LogicFunction) throws(ExportLimit) -> Answer {
    switch function {
    case .portOpen(let ports): return Answer(.ports(.init(ports: ports, isBeyond: false)))
    case .portBeyond(let ports): return Answer(.ports(.init(ports: ports, isBeyond: true)))
    case .cidrBroad(let path): return Answer(blocks(try rawPath(path), isBroad: true))
    case .cidrWorld(let path): return Answer(blocks(try rawPath(path), isBroad: false))
    case .policyAllows(let path, let test):
      return try policy(path) { .allows(test, AccountQuestion(lists: lists, isCertain: $0)) }
    case .policyExternal(let path):
      return try policy(path) { .letsOutsidersIn(AccountQuestion(lists: lists, isCertain: $0)) }
    case .externalAccount(let path):
      let place = try rawPath(path)
      return Answer(
        certain: .outsider(place, AccountQuestion(lists: lists, isCertain: true)),
        possible: .outsider(place, AccountQuestion(lists: lists, isCertain: false)))
    case .inList(let path, let name):
      let patterns = lists.named[name] ?? []
      return Answer(patterns.isEmpty ? .constant(false) : try comparison(path, anyLike: patterns))
    case .auditName(let path):
      return Answer(.auditName(try rawPath(path), jewels: lists.named["crown_jewels"] ?? []))
    }
  }

  /// Several blocks may cover the internet together; a single one is wide by itself or not at all.
  private func blocks(_ path: RawPath, isBroad: Bool) -> RawPredicate {
    if path.steps.contains(.each) { return .blocks(path, isBroad: isBroad) }
    func fits(_ pattern: String) -> RawPredicate { .value(path, .matches(RawRegex(pattern))) }
    let isMapped = fits(AddressPatterns.mappedBlock)
    return isBroad
      ? .or([fits(AddressPatterns.broad4), .and([fits(AddressPatterns.broad6), .not(isMapped)])])
      : .or([
        fits(AddressPatterns.world4),
        .and([fits(AddressPatterns.world6), fits(AddressPatterns.block6), .not(isMapped)]),
      ])
  }

  private func policy(
    _ path: FactPath, _ question: (_ isCertain: Bool) -> StatementQuestion
  ) throws(ExportLimit) -> Answer {
    let place = try rawPath(path)
    return Answer(
      certain: .policy(place, question(true), countsUnreadable: false),
      possible: .policy(place, question(false), countsUnreadable: true))
  }

  private func comparison(_ path: FactPath, anyLike patterns: [String]) throws(ExportLimit) -> RawPredicate {
    var parts: [RawPredicate] = []
    for pattern in patterns { parts.append(try comparison(path, .like(pattern))) }
    return .or(parts)
  }

  /// A path into a document or an element; fields are worked out by what they mean.
  func rawPath(_ path: FactPath) throws(ExportLimit) -> RawPath {
    switch path.root {
    case .request: return RawPath(.request, path.steps)
    case .response: return RawPath(.response, path.steps)
    case .additional: return RawPath(.additional, path.steps)
    case .element: return RawPath(.element, path.steps)
    case .target(let name):
      throw ExportLimit("target.\(name) is gathered by this engine's own table of members")
    case .field(let field):
      guard let place = Self.textPlace(of: field) else {
        throw ExportLimit("\(field.rawValue) is no single text of the record")
      }
      return place
    }
  }
}
