import Foundation
import Synchronization
import Testing

@testable import MDRCore

/// What is remembered of lines never changes what is said of them.
@Suite struct LineMemoTests {
  /// Every third detection's examples, several times over: with other sessions, keys, addresses and times, and with the
  /// documents, targets and resources of other events of the same name.
  private static func review() throws -> [Observation] {
    let runner = try ExampleRunner()
    let detections = try DetectionFiles(directory: nil).parsed().detections
    let examples = detections.enumerated().filter { $0.offset % 3 == 0 }.flatMap { _, detection in
      detection.examples.flatMap(\.records).compactMap(runner.observation)
    }
    let byName = Dictionary(grouping: examples, by: \.eventName)
    var generator = FixedGenerator(state: 11)
    var review: [Observation] = []
    for copy in 0..<3 {
      for example in examples {
        var made = example
        let other = byName[example.eventName]?.randomElement(using: &generator) ?? example
        made.eventTime = Sample.time(
          day: 87 + copy, hour: Int.random(in: 0..<24, using: &generator), minute: copy)
        made.eventID =
          copy == 1
          ? "event-\(review.count)" : String(format: "%08x-0000-4000-8000-%012x", copy, review.count % 2_000)
        made.record = RecordReference(file: "sample.json", index: review.count, sha256: "")
        if copy != 0 {
          let session = Int.random(in: 0..<40, using: &generator)
          made.identity.sessionStart = session == 0 ? nil : "2026-04-01T00:00:\(session + 10)Z"
          if made.identity.accessKeyID?.hasPrefix("AKIA") != true, session % 3 == 0 {
            made.identity.accessKeyID = session == 3 ? nil : "ASIAEXAMPLE\(session)"
          }
        }
        if copy > 1 {
          (made.details, made.targets, made.resources) = (other.details, other.targets, other.resources)
          made.origin.sourceIP = other.origin.sourceIP
          made.identity.sessionName = other.identity.sessionName
        }
        review.append(made)
      }
    }
    return review
  }

  private static func inventory() -> Inventory {
    var inventory = Inventory()
    inventory.organizationAccounts = ["111111111111", "222222222222"]
    inventory.addCorporate(.init(name: "hq", cidrs: ["198.51.100.0/25"]))
    return inventory
  }

  private struct Told: Equatable {
    var findings: [String]
    var observations: [Position: Int]
    var normality: [Normality: Int]
    var earlier: Int

    init(_ triage: consuming Triage, _ orders: SequenceCheck?) throws {
      let result = try triage.finish(caveats: [])
      findings = (orders?.completed(result.findings) ?? result.findings).map(\.json.compactText)
      (observations, normality, earlier) = (result.observations, result.normality, result.earlier)
    }
  }

  @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
  func `lines that are recalled are told as if each had been judged`(
    hasBaseline: Bool, hasInventory: Bool
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("observations.jsonl").path
    let review = try Self.review()
    try TriageRun.write(review, to: file)

    let since = hasBaseline ? Sample.time(day: 88, hour: 6) : nil
    // Half of the examples recur, so that their lanes are established.
    let known = review.prefix(review.count / 4).enumerated().filter { $0.offset % 2 == 0 }.flatMap { _, one in
      stride(from: 0, to: 86, by: 6).map { day in
        var earlier = one
        earlier.eventTime = Sample.time(day: day, hour: 3)
        earlier.eventID += "-\(day)"
        return earlier
      }
    }
    let baseline = hasBaseline ? try Sample.baseline(Sample.background() + known) : nil
    let inventory = hasInventory ? Self.inventory() : nil
    let detector = try Detector(directory: nil, inventory: inventory)
    func triage() -> Triage {
      Triage(
        index: baseline.map { BaselineIndex($0) }, since: since, inventory: inventory, detector: detector)
    }
    func told(jobs: Int, recalls: Bool) throws -> (told: Told, recalled: Int) {
      var (triage, orders) = (triage(), baseline.map { SequenceCheck($0, since: since) })
      let examiner = triage.examiner
      var reader = ObservationReader(inputs: [.observations(file)], jobs: jobs)
      reader.stretchLength = 200_000
      let recalled = Counter()
      _ = try reader.read {
        let examination = examiner.examination()
        return ObservationJudge(judge: { examination.judge($0, recalls ? $1 : nil) }) { line in
          let entry = recalls ? examination.recall(line) : nil
          if entry != nil { recalled.add() }
          return entry
        }
      } _: {
        triage.add($0)
        if let change = $0.change { orders?.add(change) }
      }
      if let again = triage.unite() {
        _ = try reader.read {
          let examination = again()
          return recalls ? examination : ObservationJudge(judge: examination.judge) { _ in nil }
        } _: {
          if let event = $0 { triage.add(event) }
        }
      }
      return (try Told(triage, orders), recalled.value)
    }
    let expected = try told(jobs: 1, recalls: false)
    #expect(!expected.told.findings.isEmpty)
    for jobs in [1, 4] {
      let found = try told(jobs: jobs, recalls: true)
      #expect(found.recalled > 100, "\(found.recalled) of \(review.count) lines recalled")
      #expect(found.told == expected.told, "\(jobs) threads")
    }
  }

  @Test func `a line that names a critical outcome without its reason is not taken for its harmless like`()
    throws
  {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    let known = (0..<90).map { Sample.observation(Sample.time(day: $0)) }
    try TriageRun.write(known.suffix(1), to: file.path)
    let line = try String(contentsOf: file, encoding: .utf8)
    let lines = [
      line, line.replacing(known[89].eventID, with: "second"),
      line.replacing(known[89].eventID, with: "third").replacing(
        #""overrides":[]"#, with: #""overrides":["root"]"#),
    ].map { $0.replacing(known[89].eventTime.iso8601, with: Sample.time(day: 91).iso8601) }
    try Data(lines.joined().utf8).write(to: file)
    let result = try TriageRun.lines(of: file.path, against: try Sample.baseline(known))
    #expect(result.observations.values.reduce(0, +) == 2)
  }

  /// Whether a role is named like one of AWS's own is asked of each; what else it is called decides nothing.
  @Test func `roles that only their names tell apart are judged once`() throws {
    let runner = try ExampleRunner()
    let created = try (0..<200).map { number in
      let record = """
        {"eventVersion": "1.11", "eventID": "event-\(number)", "eventTime": "2026-04-01T10:00:00Z",
         "eventName": "CreateRole", "eventSource": "iam.amazonaws.com", "awsRegion": "us-east-1",
         "sourceIPAddress": "198.51.100.7", "recipientAccountId": "111111111111",
         "userIdentity": {"type": "AssumedRole", "accountId": "111111111111",
           "arn": "arn:aws:sts::111111111111:assumed-role/deploy/run", "principalId": "AROAEXAMPLE:run",
           "sessionContext": {"sessionIssuer": {"type": "Role", "userName": "deploy",
             "arn": "arn:aws:iam::111111111111:role/deploy", "accountId": "111111111111"}}},
         "requestParameters": {"roleName": "job-\(number)", "assumeRolePolicyDocument": "{}"}}
        """
      var observation = try #require(runner.observation(record))
      observation.record = RecordReference(file: "sample.json", index: number, sha256: "")
      return observation
    }
    let detector = try Detector(directory: nil, inventory: nil)
    let examiner = Triage(index: nil, since: nil, inventory: nil, detector: detector).examiner
    let recalled = Counter()
    try withTemporaryFolder { folder in
      let file = folder + "/observations.jsonl"
      try TriageRun.write(created, to: file)
      _ = try ObservationReader(inputs: [.observations(file)], jobs: 1).read {
        let examination = examiner.examination()
        return ObservationJudge(judge: { examination.judge($0, $1) }) { line in
          let entry = examination.recall(line)
          if entry != nil { recalled.add() }
          return entry
        }
      } _: { _ in
      }
    }
    #expect(recalled.value == created.count - 1)
  }

  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    func add() { count.wrappingAdd(1, ordering: .relaxed) }

    var value: Int { count.load(ordering: .relaxed) }
  }

  @Test(arguments: [
    "80807128-7607-4a60-9e94-f2101c0116ff", "ffffffff-ffff-ffff-ffff-ffffffffffff", "event-1",
    "80807128-7607-4A60-9E94-F2101C0116FF", "80807128-7607-4a60-9e94-f2101c0116f", "content:0a",
    "80807128x7607-4a60-9e94-f2101c0116ff", "",
  ])
  func `an event's id is told as it was logged`(id: String) {
    #expect(EventID(id).text == id)
  }

  @Test func `ids sort as their texts do`() {
    let ids = [
      "80807128-7607-4a60-9e94-f2101c0116ff", "9", "0a807128-7607-4a60-9e94-f2101c0116ff", "event-1",
      "80807128-7607-4a60-9e94-f2101c0116fe", "80807128-7607-4a60-9e94",
      "a0807128-7607-4a60-9e94-f2101c0116ff",
    ]
    #expect(ids.map(EventID.init).sorted().map(\.text) == ids.sorted())
  }
}
