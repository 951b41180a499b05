import Testing

@testable import MDRCore

@Suite struct CorrelatorTests {
  static func detection(_ logic: String) throws -> Detection {
    let text = """
      ---
      id: sample
      title: Sample
      severity: high
      status: reviewed
      owner: detection-engineering
      business_family: other_control_plane
      business_risk: operational_change_risk
      attack:
        - T1489 | Service Stop | impact | v18 T1489
      log_source: cloudtrail-management
      without_baseline: match
      ---

      ### Detection: Sample

      Logic:

      ```logic
      \(logic.replacing("\n", with: "\n      "))
      ```
      """
    return try DetectionParser.parse(text.replacing("\n      ", with: "\n"), file: "samples/sample.md")
  }

  static func matches(_ logic: String, _ observations: some Sequence<Observation>) throws
    -> [CorrelationMatch]
  {
    var correlator = Correlator([try detection(logic)])
    for observation in observations {
      correlator.add(observation, EvaluationContext(EventFacts(observation)))
    }
    return correlator.matches()
  }

  private static func call(
    _ name: String, at seconds: Int, actor: String = "role:a", key: String? = nil, gives: String? = nil,
    request: String = "", resource: String? = nil, id: String? = nil
  ) -> Observation {
    var made = Sample.observation(
      Sample.time(day: 1).adding(seconds), actor: actor, event: "s.amazonaws.com:" + name,
      id: id ?? "\(name)-\(seconds)-\(resource ?? "")-\(actor)",
      targets: ["access_key_id": gives.map { [$0] } ?? [], "thing": resource.map { [$0] } ?? []])
    made.identity.accessKeyID = key
    made.details.request = request
    return made
  }

  private static let burst = "event_name = \"Get\"\ncount of target.thing >= 3 by actor within 5 minutes"

  @Test func `a threshold counts different values of one group within the window`() throws {
    let three = (0..<3).map { Self.call("Get", at: $0 * 60, resource: "r\($0)") }
    let found = try Self.matches(Self.burst, three)
    #expect(found.map(\.count) == [3])
    #expect(found.first?.group == ["actor": "role:a"])
    #expect(found.first?.reasons.first?.contains("3 different target.thing") == true)
    // The same thing three times, three actors, three things over a longer time, and no thing at all.
    #expect(try Self.matches(Self.burst, (0..<3).map { Self.call("Get", at: $0, resource: "r") }).isEmpty)
    #expect(
      try Self.matches(
        Self.burst, (0..<3).map { Self.call("Get", at: 0, actor: "role:\($0)", resource: "r\($0)") }
      ).isEmpty)
    #expect(
      try Self.matches(Self.burst, (0..<3).map { Self.call("Get", at: $0 * 180, resource: "r\($0)") }).isEmpty
    )
    #expect(try Self.matches(Self.burst, (0..<9).map { Self.call("Get", at: $0) }).isEmpty)
  }

  @Test func `windows that overlap are one match, later ones another`() throws {
    let logic = "event_name = \"Get\"\ncount >= 4 by actor within 2 minutes"
    let hour = (0..<60).map { Self.call("Get", at: $0 * 30) }
    let later = (0..<5).map { Self.call("Get", at: 20_000 + $0) }
    #expect(try Self.matches(logic, hour + later).map(\.count) == [60, 5])
  }

  @Test func `a minute keeps no more values than the threshold asks for, whatever the order`() throws {
    let many = (0..<5_000).map { Self.call("Get", at: $0 % 60, resource: "r\($0)") }
    let found = try Self.matches(Self.burst, many)
    #expect(found.map(\.count) == [5_000])
    #expect(try Self.matches(Self.burst, many.reversed()) == found)
    var generator = FixedGenerator(state: 7)
    #expect(try Self.matches(Self.burst, many.shuffled(using: &generator)) == found)
  }

  private static let retention =
    "event_name = \"Put\"\nchanges lowered(requestParameters.days) or lost(requestParameters.sources[]) by target.thing"

  private static func put(_ request: String, at seconds: Int, _ thing: String = "t") -> Observation {
    call("Put", at: seconds, request: request, resource: thing)
  }

  @Test func `a change is judged against the last seen value of the same thing, in order of time`() throws {
    let events = [
      Self.put(#"{"days": 30, "sources": ["a", "b"]}"#, at: 0),
      Self.put(#"{"sources": ["b", "a"]}"#, at: 10),
      Self.put(#"{"days": 365, "sources": ["a"]}"#, at: 5, "another"),
      Self.put(#"{"days": "7", "sources": ["a", "b", "c"]}"#, at: 20),
      Self.put(#"{"days": 90, "sources": ["a"]}"#, at: 30),
    ]
    let found = try Self.matches(Self.retention, events)
    #expect(
      found.map(\.reasons) == [
        ["requestParameters.days lowered from 30 to 7"], ["requestParameters.sources[] lost b, c"],
      ])
    #expect(found.map { $0.parts.map(\.name) } == [["last seen", "now"], ["last seen", "now"]])
    #expect(try Self.matches(Self.retention, events.reversed()) == found)
  }

  @Test func `a list that is left out is empty, and the first statement departs from nothing`() throws {
    #expect(try Self.matches(Self.retention, [Self.put(#"{"days": 1}"#, at: 0)]).isEmpty)
    let emptied = [Self.put(#"{"sources": ["a"]}"#, at: 0), Self.put("{}", at: 1)]
    #expect(try Self.matches(Self.retention, emptied).count == 1)
  }

  private static let chain = """
    sequence by actor within 10 minutes
    step "one" event_name = "One"
    step "two" event_name = "Two"
    step "three" event_name = "Three"
    """

  private static func steps(_ times: [(String, Int)], actor: String = "role:a") -> [Observation] {
    times.map { Self.call($0.0, at: $0.1, actor: actor) }
  }

  @Test func `a chain needs its steps in order within the window`() throws {
    let whole = try Self.matches(Self.chain, Self.steps([("Three", 90), ("One", 0), ("Two", 60)]))
    #expect(whole.map(\.isComplete) == [true])
    #expect(whole.first?.parts.map(\.name) == ["one", "two", "three"])
    #expect(whole.first?.severity == .high)
    // In one second; but not the wrong way round, nor too late, nor by two actors.
    #expect(
      try Self.matches(Self.chain, Self.steps([("Two", 0), ("Three", 0), ("One", 0)])).first?.isComplete
        == true)
    for wrong in [[("Three", 0), ("Two", 1), ("One", 2)], [("One", 0), ("Two", 60), ("Three", 601)]] {
      #expect(try !Self.matches(Self.chain, Self.steps(wrong)).contains(where: \.isComplete))
    }
    let shared = Self.steps([("One", 0), ("Three", 2)]) + Self.steps([("Two", 1)], actor: "role:b")
    #expect(try Self.matches(Self.chain, shared).isEmpty)
  }

  @Test func `a chain that began tells how far it went, and weighs less`() throws {
    let begun = try Self.matches(Self.chain, Self.steps([("One", 0), ("One", 5), ("Two", 60)]))
    #expect(begun.map(\.missing) == [["three"]])
    #expect(begun.first?.severity == .medium)
    #expect(try Self.matches(Self.chain, Self.steps([("One", 0)])).isEmpty)
  }

  @Test func `one event is never two steps`() throws {
    let logic =
      "sequence by actor within 5 minutes\nstep \"a\" event_name = \"One\"\nstep \"b\" event_name = \"One\""
    #expect(try Self.matches(logic, Self.steps([("One", 0)])).isEmpty)
    #expect(try Self.matches(logic, Self.steps([("One", 0), ("One", 0)])).isEmpty)
    #expect(
      try Self.matches(logic, [Self.call("One", at: 0, id: "x"), Self.call("One", at: 0, id: "y")]).count == 1
    )
  }

  @Test func `a path leads through assumed roles and created keys`() throws {
    let logic = """
      sequence by identity_path within 60 minutes
      step "key" event_name = "CreateAccessKey"
      step "role" event_name = "AssumeRole"
      step "read" event_name = "Get"
      """
    let events = [
      Self.call("Get", at: 300, actor: "role:far", key: "ASIA2"),
      Self.call("AssumeRole", at: 200, actor: "user:new", key: "AKIA1", gives: "ASIA2"),
      Self.call("CreateAccessKey", at: 100, key: "ASIA0", gives: "AKIA1"),
      Self.call("Get", at: 301, actor: "role:far", key: "ASIA9"),
    ]
    let found = try Self.matches(logic, events)
    #expect(found.map(\.group) == [["identity_path": "ASIA0"]])
    #expect(found.first?.isComplete == true)
    #expect(try Self.matches(logic, events.reversed()) == found)
  }

  @Test func `a person is one over roles and accounts, and an actor that names nobody is its own`() throws {
    let logic = "event_name = \"Get\"\ncount >= 3 by person_or_actor within 5 minutes"
    func calls(_ people: [String?]) -> [Observation] {
      people.enumerated().map { number, person in
        var call = Self.call("Get", at: number, actor: "sso:role-\(number)")
        call.identity.person = person
        call.actorAccountID = "11111111111\(number)"
        return call
      }
    }
    let found = try Self.matches(logic, calls(["dana", "dana", "dana"]))
    #expect(found.map(\.group) == [["person_or_actor": "dana"]])
    #expect(try Self.matches(logic, calls(["dana", "omar", "dana"])).isEmpty)
    #expect(try Self.matches(logic, calls([nil, nil, nil])).isEmpty)
    let machine = (0..<3).map { Self.call("Get", at: $0) }
    #expect(try Self.matches(logic, machine).map(\.count) == [3])
  }

  @Test func `whatever the order of the events, the answer is the same`() throws {
    var generator = FixedGenerator(state: 42)
    let names = ["One", "Two", "Three", "Get", "Put"]
    let events = (0..<2_000).map { index in
      Self.call(
        names.randomElement(using: &generator) ?? "", at: Int.random(in: 0..<40_000, using: &generator),
        actor: "role:\(index % 7)", request: #"{"days": \#(index % 40)}"#, resource: "r\(index % 50)",
        id: "event-\(index)")
    }
    for logic in [Self.chain, Self.burst, Self.retention] {
      let first = try Self.matches(logic, events)
      #expect(!first.isEmpty)
      for _ in 0..<3 { #expect(try Self.matches(logic, events.shuffled(using: &generator)) == first) }
    }
  }
}
