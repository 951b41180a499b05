/// The conditions of detections of several events that a line's like meets, and what they ask of each line.
struct KnownStandings {
  /// Whether it hands out credentials that are followed, if it names any.
  let handsOut: Bool
  private var standings: [CorrelationTest.Standing] = []
  /// Values at paths where like lines agree.
  private var common: [(path: FactPath, values: [JSONValue])] = []

  init(handsOut: Bool) { self.handsOut = handsOut }

  var isEmpty: Bool { standings.isEmpty }

  /// Notes conditions that hold, with the facts of the line that was judged.
  mutating func note(
    _ standings: [CorrelationTest.Standing], _ together: CorrelationTest, _ facts: EventFacts
  ) {
    self.standings = standings
    for standing in standings {
      guard let correlation = together.correlation(of: standing) else { continue }
      let keys = correlation.keys.compactMap { if case .value(let path) = $0 { path } else { nil } }
      for path in keys + correlation.comparedPaths where !ObservationLine.tells(path) {
        // Where lines don't tell, those that are alike have to agree.
        if !common.contains(where: { $0.path == path }) {
          common.append((path, facts.values(at: path, element: nil)))
        }
      }
    }
  }

  /// What another such line is to the detections.
  func found(
    _ line: ObservationLine, _ signer: @autoclosure () -> CorrelationSubject.Signer,
    _ together: CorrelationTest
  ) -> CorrelationTest.Found {
    var found = CorrelationTest.Found()
    guard handsOut || !standings.isEmpty else { return found }
    let signer = signer()
    if !standings.isEmpty {
      let common = common
      found.hits = together.hits(
        of: standings,
        CorrelationSubject(signer) { path in
          common.first { $0.path == path }?.values ?? line.values(at: path)
        })
    }
    if handsOut {
      found.credentials = IdentityPaths.Issue(
        maker: signer.credentials, named: line.targetValues("access_key_id"))
    }
    return found
  }
}

extension ObservationLine {
  /// Whether a line tells the values at a path by itself; what it doesn't tell, like lines have in common.
  static func tells(_ path: FactPath) -> Bool {
    path.isOwnOfEachEvent && path.root != .field(.userName)
  }

  /// The values at a path that the line tells.
  func values(at path: FactPath) -> [JSONValue] {
    switch path.root {
    case .request: below(.request, path.steps[...])
    case .response: below(.response, path.steps[...])
    case .additional: below(.additional, path.steps[...])
    case .target(let name): targetValues(name).map { .string($0) }
    case .field(.resource): tape.strings(decoder.node(.resources)).map { .string($0) }
    case .field(.actorARN): texts(.actorARN)
    case .field(.sessionName): texts(.sessionName)
    case .field(.accessKeyID): texts(.accessKeyID)
    case .field(.sourceIP): texts(.sourceIP)
    case .field(.userAgent): texts(.userAgent)
    case .element, .field: []
    }
  }

  private func texts(_ member: Member) -> [JSONValue] { text(member).map { [.string($0)] } ?? [] }

  /// Goes down as far as keys lead, and makes a value of no more than what is there.
  private func below(_ member: Member, _ steps: ArraySlice<FactPath.Step>) -> [JSONValue] {
    guard var node = decoder.node(member) else { return [] }
    var steps = steps
    while case .key(let name)? = steps.first, tape.kind(node) == .object {
      guard let next = tape.member(node, utf8: Array(name.utf8)) else { return [] }
      node = next
      steps = steps.dropFirst()
    }
    return EventFacts.values(below: tape.value(node), steps)
  }
}
