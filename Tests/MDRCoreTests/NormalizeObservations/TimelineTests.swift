import Testing

@testable import MDRCore

@Suite struct TimelineTests {
  private static func call(
    minute: Int, event: String = "iam.amazonaws.com:CreateRole", key: String? = nil, id: String = "",
    targets: [String: [String]] = [:]
  ) -> Observation {
    var call = Sample.observation(
      Timestamp(seconds: 1_767_225_600 + minute * 60), event: event, id: id,
      targets: targets)
    call.identity.sessionName = "dana"
    call.identity.accessKeyID = key
    return call
  }

  private static func ids(_ timeline: Timeline) -> [String] { timeline.shown.map(\.eventID) }

  @Test func `a key's calls are those made with it and those about it`() {
    let used = Self.call(minute: 0, key: "ASIA1")
    let made = Self.call(minute: 1, key: "AKIA9", targets: ["access_key_id": ["ASIA1"]])
    let other = Self.call(minute: 2, key: "AKIA9")
    let question = TimelineQuestion(accessKeys: ["ASIA1"])
    #expect([used, made, other].map(question.includes) == [true, true, false])
  }

  @Test func `kinds narrow each other, names of one kind widen it`() {
    let create = Self.call(minute: 0)
    let delete = Self.call(minute: 1, event: "iam.amazonaws.com:DeleteRole")
    var question = TimelineQuestion(actors: ["role:build-server"], events: ["CreateRole"])
    #expect([create, delete].map(question.includes) == [true, false])
    question.events.insert("iam.amazonaws.com:DeleteRole")
    #expect([create, delete].map(question.includes) == [true, true])
    question.people = ["erin"]
    #expect([create, delete].map(question.includes) == [false, false])
  }

  @Test(arguments: [
    TimelineQuestion(people: ["dana"]), TimelineQuestion(sources: ["198.51.100.7"]),
    TimelineQuestion(sources: ["owned:build"]), TimelineQuestion(resources: ["orders"]),
    TimelineQuestion(accounts: ["111111111111"]),
  ])
  func `a call is found by whatever is known of it`(question: TimelineQuestion) {
    #expect(question.isNarrow)
    #expect(question.includes(Self.call(minute: 0, targets: ["bucket": ["orders"]])))
  }

  @Test func `a window ends before its end, and a call without a time may lie in it`() {
    let start = Timestamp(seconds: 1_767_225_600)
    let question = TimelineQuestion(
      accounts: ["111111111111"], since: Timestamp(seconds: start.seconds + 60),
      until: Timestamp(seconds: start.seconds + 120))
    #expect([0, 1, 2].map { question.includes(Self.call(minute: $0)) } == [false, true, false])
    var untimed = Self.call(minute: 0)
    untimed.eventTime = .unknown
    #expect(question.includes(untimed))
  }

  @Test func `only changes leave out what reads`() {
    var read = Self.call(minute: 0)
    read.isReadOnly = true
    let question = TimelineQuestion(accounts: ["111111111111"], isOfChanges: true)
    #expect([read, Self.call(minute: 1)].map(question.includes) == [false, true])
  }

  @Test func `the earliest calls are listed, in whatever order they come`() {
    let calls = (0..<3_000).map { Timeline.Call(Self.call(minute: $0, id: "e\($0)")) }
    for order in [calls, calls.reversed(), calls.shuffled()] {
      var timeline = Timeline(limit: 5)
      for call in order { timeline.add(call) }
      #expect(timeline.count == 3_000 && Self.ids(timeline) == ["e0", "e1", "e2", "e3", "e4"])
    }
  }

  @Test func `calls without a time come last`() {
    var untimed = Self.call(minute: 0, id: "untimed")
    untimed.eventTime = .unknown
    var timeline = Timeline(limit: 10)
    for call in [untimed, Self.call(minute: 1, id: "timed")] { timeline.add(Timeline.Call(call)) }
    #expect(Self.ids(timeline) == ["timed", "untimed"])
  }
}
