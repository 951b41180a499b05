import Foundation
import Testing

@testable import MDRCore

/// Logs read straight into lanes give what their observations give, whatever is in them.
@Suite struct LogLaneReaderTests {
  private struct Reading: Equatable {
    var baseline: Baseline?
    var accounting: InputAccounting
  }

  private static let cutOff = Timestamp(parsing: "2026-03-10")

  private static func direct(
    _ paths: [String], jobs: Int = 2, archetypes: ArchetypeRules = ArchetypeRules()
  ) throws -> Reading {
    var intake = BaselineIntake(BaselineContext(), until: cutOff)
    let reader = LogLaneReader(
      paths: paths, jobs: jobs, window: CountedWindow(cutOff: cutOff), archetypes: archetypes)
    let accounting = try reader.read(into: &intake) { _ in }
    return Reading(baseline: intake.baseline(caveats: [], jobs: jobs), accounting: accounting)
  }

  private static func throughObservations(
    _ paths: [String], archetypes: ArchetypeRules = ArchetypeRules()
  ) throws -> Reading {
    var intake = BaselineIntake(BaselineContext(), until: cutOff)
    let inputs = paths.map { ObservationInput.logs($0) }
    let accounting = try ObservationReader(
      inputs: inputs, jobs: 2, keepsEvidence: false, archetypes: archetypes
    ).read {
      intake.add($0, in: CountedWindow(cutOff: cutOff))
    }
    return Reading(baseline: intake.baseline(caveats: []), accounting: accounting)
  }

  static func expectSame(_ paths: [String], _ comment: Comment) throws {
    let expected = try throughObservations(paths)
    for jobs in [1, 3] {
      let found = try direct(paths, jobs: jobs)
      #expect(found.accounting == expected.accounting, comment)
      #expect(found.baseline?.accounts == expected.baseline?.accounts, comment)
      #expect(found.baseline?.sequences == expected.baseline?.sequences, comment)
      let lanes = zip(found.baseline?.lanes ?? [], expected.baseline?.lanes ?? [])
      let differing = lanes.first { $0 != $1 }
      #expect(differing?.0.json == differing?.1.json, comment)
      #expect(found.baseline == expected.baseline, comment)
    }
  }

  static func withFiles(_ files: [(name: String, text: String)], _ body: (String) throws -> Void)
    throws
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    try body(folder.path)
  }

  @Test(arguments: 0..<24) func `any records, however they are split and delivered, give the same lanes`(
    seed: UInt64
  ) throws {
    var random = RandomRecords(seed: seed)
    let records = random.records(120)
    let half = records.count / 2
    let files = [
      ("a.json", "{\"Records\":[" + records[..<half].joined(separator: ",") + "]}"),
      ("b.jsonl", records[(half - 10)...].map { $0.replacing("\n", with: " ") }.joined(separator: "\n")),
      ("c.json", "[\n" + records[20..<40].joined(separator: " , ") + "\n]"),
      ("d.json", "{\"Records\":[" + records[5] + ", {\"damaged\": tru }," + records[6] + "]}"),
    ]
    try Self.withFiles(files) { try Self.expectSame([$0], "seed \(seed)") }
  }

  @Test(arguments: RandomRecords.repeated)
  func `a member that comes once more as null is read as by the general reader`(name: String) throws {
    let record =
      #"{"eventVersion":"1.08","eventID":"e-1","eventTime":"2026-01-02T03:04:05Z","eventSource":"signin.amazonaws.com","#
      + #""eventName":"ConsoleLogin","eventType":"AwsConsoleSignIn","awsRegion":"eu-west-1","readOnly":false,"#
      + #""sourceIPAddress":"198.51.100.7","userAgent":"aws-cli/2","errorCode":"AccessDenied","errorMessage":"no","#
      + #""recipientAccountId":"111122223333","vpcEndpointId":"vpce-1","requestParameters":{"userName":"u"},"#
      + #""responseElements":{"ConsoleLogin":"Failure"},"additionalEventData":{"MFAUsed":"No"},"#
      + #""resources":[{"ARN":"arn:aws:s3:::b"}],"tlsDetails":{"clientProvidedHostHeader":"sts.amazonaws.com"},"#
      + #""userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/u","userName":"u"}"#
    let files = [("a.jsonl", record + "}"), ("b.jsonl", record + ",\"\(name)\":null}")]
    for file in files { try Self.withFiles([file]) { try Self.expectSame([$0], "\(file.0), \(name)") } }
  }

  @Test func `deliveries that say the same are told to, whichever thread reads them first`() throws {
    let records = (0..<40).map { number in
      #"{"eventVersion":"1.08","eventID":"same-\#(number)","eventTime":"2026-01-02T03:04:05Z","eventSource":"ec2.amazonaws.com","#
        + #""eventName":"DescribeVpcs","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.\#(number)","userAgent":"aws-cli/2","#
        + #""userIdentity":{"type":"AssumedRole","principalId":"AROA\#(number):s\#(number)","accountId":"111122223333","#
        + #""arn":"arn:aws:sts::111122223333:assumed-role/reader-\#(number % 7)/person-\#(number)@example.com"}}"#
    }
    let files = [records, Array(records.reversed())].enumerated().map { number, records in
      ("\(number).json", "{\"Records\":[" + records.joined(separator: ",") + "]}")
    }
    try Self.withFiles(files) { folder in
      let intake = BaselineIntake(BaselineContext(), until: Self.cutOff)
      let task = LogLaneTask(
        rules: try NormalizationRules(), window: CountedWindow(cutOff: Self.cutOff), intake: intake,
        hash: KeyedHash(), events: SharedEventIndex(expecting: 1_000), isRepeat: false)
      for (number, file) in try LogFileDiscovery.files(in: [folder]).enumerated() {
        // A collector of its own is what another thread would have: its names have other numbers.
        #expect(LogLaneCollector(task).read(file, number: number) == records.count)
      }
      #expect(!task.events.hasConflict)
    }
  }

  @Test func `a customer's own role names count in both ways`() throws {
    var random = RandomRecords(seed: 99)
    let own = ArchetypeRules(rows: [
      ["kind": "role", "pattern": "build server", "archetype": "bastion", "reason": "ours"],
      ["kind": "user", "pattern": "=u", "archetype": "application_workload", "reason": "ours"],
    ])
    try Self.withFiles([("a.json", "{\"Records\":[" + random.records(200).joined(separator: ",") + "]}")]) {
      folder in
      let found = try Self.direct([folder], archetypes: own)
      #expect(found == (try Self.throughObservations([folder], archetypes: own)))
      #expect(found.baseline != (try Self.direct([folder]).baseline))
      let archetypes = Set(
        (found.baseline?.lanes ?? []).flatMap { lane in
          lane.key.actor == "role:build-server" ? ["\(lane.json)".contains("bastion")] : []
        })
      #expect(archetypes == [true])
    }
  }

  @Test func `every shape and oddity of the normalisation's cases gives the same lanes`() throws {
    let cases = try NormalizeCases.inputs()
    #expect(cases.count >= 45)
    for (name, files) in cases { try Self.expectSame(files, "\(name)") }
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: RealLogs.folder), "needs the logs of ../shared/data"))
  func `real logs give the same lanes`() throws {
    for name in ["real", "labelled/stratus", "wrappers"] {
      try Self.expectSame([RealLogs.folder + "/" + name], "\(name)")
    }
  }

  @Test func `of deliveries that differ the first in the order of names counts, for any number of threads`()
    throws
  {
    func record(_ region: String) -> String {
      #"{"eventVersion":"1.08","eventTime":"2026-01-01T00:00:00Z","eventName":"CreateUser","awsRegion":"\#(region)","#
        + #""eventSource":"ec2.amazonaws.com","eventID":"00000000-0000-4000-a000-000000000000","recipientAccountId":"111111111111"}"#
    }
    let files = (1...9).map { (name: "\($0).json", text: "{\"Records\":[\(record("region-\($0)"))]}") }
    try Self.withFiles(files) { folder in
      for jobs in 1...4 {
        let reading = try Self.direct([folder], jobs: jobs)
        #expect(reading.baseline?.lanes.map(\.key.region) == ["region-1"])
        #expect(reading.accounting.duplicates == 8)
      }
    }
  }

  @Test func `a call with the id of another counts, for any number of threads`() throws {
    func record(_ name: String, account: Int) -> String {
      #"{"eventVersion":"1.08","eventTime":"2026-01-01T00:00:00Z","eventName":"\#(name)","awsRegion":"us-east-1","#
        + #""eventSource":"iam.amazonaws.com","eventID":"00000000-0000-0000-0000-000000000000","recipientAccountId":"11111111111\#(account)"}"#
    }
    let calls = ["ListUsers", "CreateUser", "ListUsers", "CreateUser", "DeleteUser"]
    let files = calls.enumerated().map { index, name in
      (name: "\(index).json", text: "{\"Records\":[\(record(name, account: index))]}")
    }
    try Self.withFiles(files) { folder in
      try Self.expectSame([folder], "one id for several calls")
      for jobs in 1...4 {
        let reading = try Self.direct([folder], jobs: jobs)
        #expect(
          reading.baseline?.lanes.map { $0.key.account + " " + $0.key.event } == [
            "111111111110 iam.amazonaws.com:ListUsers", "111111111111 iam.amazonaws.com:CreateUser",
            "111111111114 iam.amazonaws.com:DeleteUser",
          ])
        #expect(reading.accounting.duplicates == 2)
        #expect(reading.accounting.sharedIDs == 2)
      }
    }
  }
}
