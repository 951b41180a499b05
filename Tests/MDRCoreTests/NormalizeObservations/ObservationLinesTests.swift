import Foundation
import Testing

@testable import MDRCore

/// Lines that are put together from pieces are the lines of the observations, whatever the records hold.
@Suite struct ObservationLinesTests {
  private struct Reading: Equatable {
    var lines: [String] = []
    var rejects: [InputAccounting.Reject] = []
    var accounting: InputAccounting
  }

  private static func lines(_ paths: [String], jobs: Int) throws -> Reading {
    var bytes: [UInt8] = []
    var rejects: [InputAccounting.Reject] = []
    let reader = ObservationLines(
      files: try LogFileDiscovery.files(in: paths), jobs: jobs, archetypes: ArchetypeRules())
    let (tally, accounting) = try reader.read {
      rejects.append($0)
    } progress: { _ in
    } _: {
      bytes += $0
    }
    #expect(tally.progress.records == accounting.records)
    let lines = bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    return Reading(lines: lines, rejects: rejects, accounting: accounting)
  }

  private static func observations(_ paths: [String]) throws -> Reading {
    var reading = Reading(accounting: InputAccounting())
    var rejects: [InputAccounting.Reject] = []
    let reader = ObservationReader(inputs: paths.map { .logs($0) }, jobs: 2)
    reading.accounting = try reader.read {
      rejects.append($0)
    } _: { observation in
      var output = JSONOutput()
      observation.append(to: &output)
      reading.lines.append(output.text)
    }
    reading.rejects = rejects
    return reading
  }

  static func expectSame(_ paths: [String], _ comment: Comment) throws {
    let expected = try observations(paths)
    for jobs in [1, 3] {
      let found = try lines(paths, jobs: jobs)
      let differing = zip(found.lines, expected.lines).first { $0 != $1 }
      #expect(differing?.0 == differing?.1, comment)
      #expect(found.lines.count == expected.lines.count, comment)
      #expect(found.rejects == expected.rejects, comment)
      #expect(found.accounting == expected.accounting, comment)
    }
  }

  @Test(arguments: 0..<24) func `any records, however they are split and delivered, give the same lines`(
    seed: UInt64
  ) throws {
    var random = RandomRecords(seed: seed)
    // Records follow their like, so that most lines are put together from pieces.
    let records = random.records(240)
    let half = records.count / 2
    try LogLaneReaderTests.withFiles([
      ("a.json", "{\"Records\":[" + records[..<half].joined(separator: ",") + "]}"),
      ("b.jsonl", records[(half - 10)...].map { $0.replacing("\n", with: " ") }.joined(separator: "\n")),
      ("c.json", "[\n" + records[20..<40].joined(separator: " , ") + "\n]"),
      ("d.json", "{\"Records\":[" + records[5] + ", {\"damaged\": tru }," + records[6] + "]}"),
    ]) { try Self.expectSame([$0], "seed \(seed)") }
  }

  /// Documents that stand in a record of which all else is known already.
  private static let documents = [
    "null", "{}", "[]", #"{"a":1}"#, #"{"a": 1}"#, "{\n}", #"{"password":"hunter2"}"#, #"{"password":null}"#,
    #"{"rootPassword":"x","b":[1,-2.5e3,true,null]}"#, #"{"p\u0061ssword":"hunter2"}"#,
    #"{"environment":{"variables":{"KEY":"value"}}}"#, #"{"env":[{"name":"A","value":"b"}]}"#,
    #"{"policy":"{\"Statement\":[{\"Effect\":\"Allow\"}]}"}"#, #"{"text":"{\"password\":\"x\"}"}"#,
    #"{"url":"https://example.com/a?b=c"}"#, #"{"url":"postgres://user:secret@db.example.com/x"}"#,
    #"{"header":"Authorization: Basic abcdefgh"}"#, #"{"key":"-----BEGIN RSA PRIVATE KEY-----abc"}"#,
    #"{"dashes":"a----b---c","colon":"a: b","equals":"x=y","percent":"password%3Dabcdefgh"}"#,
    #"{"half":"\ud83d alone","whole":"\ud83d\ude00","letters":"é ü 漢"}"#, "{\"bare\":\"a\u{7F}b\"}",
    #"{"userName":"é","bucketName":"b\u007fc","roleName":"a\"b\\c"}"#,
    #"{"userName":"u","bucketName":"b","roleName":"r","groupName":"g","userNames":["u","v"]}"#,
    #"{"roleName":"arn:aws:iam::111111111111:role/r","x":{"roleName":"r","y":[{"roleName":"arn:aws:iam::111111111111:role/r"}]}}"#,
    #"{"bucketName":"HIDDEN_DUE_TO_SECURITY_REASONS","userName":"","instanceId":7,"publiclyAccessible":true}"#,
    #"{"userName":"\#(String(repeating: "long", count: 300))"}"#, #"{"userName":"aws_session_token=abc"}"#,
    #"{"tags":[{"key":"//","value":"--"},{"key":"password","value":"x"}],"credentials":{"accessKeyId":"ASIA1","sessionToken":"t"}}"#,
    #""text""#, #"{"deep":\#(String(repeating: "[", count: 70) + String(repeating: "]", count: 70))}"#,
    #"{"large":"\#(String(repeating: "x", count: 70_000))"}"#,
  ]

  @Test func `documents of every kind are copied, cleaned and searched as observations do it`() throws {
    var number = 0
    func record(_ request: String, _ response: String, _ additional: String, _ resources: String) -> String {
      number += 1
      return
        #"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111111111111:user/u","accountId":"111111111111","userName":"u"},"eventTime":"2026-01-\#(10 + number % 20)T0\#(number % 10):59:07Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"a \"b\" c","requestParameters":\#(request),"responseElements":\#(response),"additionalEventData":\#(additional),"eventID":"00000000-0000-4000-a000-\#(100_000_000_000 + number)","resources":\#(resources),"recipientAccountId":"111111111111"}"#
    }
    let lists = [
      "null", "[]", #"[{"ARN":"arn:aws:s3:::b"},{"ARN":"arn:aws:s3:::a"},{"ARN":"arn:aws:s3:::b"}]"#,
      #"[{"resourceName":"é"}]"#, #"[{"ARN":"a\/b"}]"#,
    ]
    var records: [String] = []
    for (index, document) in Self.documents.enumerated() {
      let other = Self.documents[(index * 7 + 3) % Self.documents.count]
      records.append(record(document, "null", "null", lists[index % lists.count]))
      records.append(record(other, document, "null", lists[0]))
      records.append(record("null", other, document, lists[0]))
    }
    try LogLaneReaderTests.withFiles([("a.json", "{\"Records\":[" + records.joined(separator: ",") + "]}")]) {
      try Self.expectSame([$0], "documents")
    }
  }

  @Test func `every shape and oddity of the normalisation's cases gives the same lines`() throws {
    let cases = try NormalizeCases.inputs()
    #expect(cases.count >= 45)
    for (name, files) in cases { try Self.expectSame(files, "\(name)") }
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: RealLogs.folder), "needs the logs of ../shared/data"))
  func `real logs give the same lines`() throws {
    for name in ["real", "labelled/stratus", "labelled/panther_rule_tests.jsonl", "wrappers"] {
      try Self.expectSame([RealLogs.folder + "/" + name], "\(name)")
    }
  }

  @Test func `of a record that is delivered again no second line is written, wherever it stands`() throws {
    var random = RandomRecords(seed: 7)
    let records = random.records(60).map { $0.replacing("\n", with: " ") }
    let files = (0..<9).map { number in
      (name: "\(number).jsonl", text: (records[number * 5..<number * 5 + 15]).joined(separator: "\n"))
    }
    try LogLaneReaderTests.withFiles(files) { try Self.expectSame([$0], "deliveries") }
  }

  @Test func `native records become lines without the general code, the first of a kind too`() throws {
    let rules = try NormalizationRules()
    let normalizer = Normalizer(rules: rules)
    var composer = LineComposer(rules: rules)
    let room = LineBytes(capacity: 16)
    var cursor = LineCursor(room)
    var expected = JSONOutput()
    for (number, identity) in Self.identities.enumerated() {
      let record =
        #"{"eventVersion":"1.08","userIdentity":\#(identity),"eventTime":"2026-01-01T00:00:0\#(number % 7)Z","eventSource":"ec2.amazonaws.com","eventName":"DescribeVpcs","eventID":"\#(number)"}"#
      let text = Array(record.utf8) + [UInt8](repeating: 0, count: 64)
      try text.withUnsafeBufferPointer { buffer in
        let bytes = try #require(buffer.baseAddress)
        let record = UnsafeBufferPointer(start: bytes, count: record.utf8.count)
        let line = Array("\"f\"".utf8).withUnsafeBufferPointer {
          composer.compose(bytes, from: 0, count: record.count, index: number, file: $0, to: &cursor)
        }
        #expect(line?.end == record.count, "\(identity)")
        composer.writeDigests(in: &cursor)
        let tape = JSONTape()
        #expect(tape.parse(bytes, from: 0, count: record.count) == .value(end: record.count))
        let observation = normalizer.observation(
          tape, 0, file: "f", index: number, sha256: SHA256Digest.hex(UnsafeRawBufferPointer(record)))
        observation.append(to: &expected)
        expected.append(raw: "\n")
      }
    }
    cursor.commit()
    #expect(
      String(decoding: room.slice(0..<room.count), as: UTF8.self) == expected.text)
  }

  @Test(arguments: [
    (#""requestParameters":{"name":"/shop/value","withDecryption":true},"responseElements":null"#, true),
    (
      #""requestParameters":{"name":"/shop/key"},"responseElements":{"parameter":{"value":"hunter2"}}"#, false
    ),
    (#""requestParameters":{"name":"/shop/key","valu\u0065":"hunter2"}"#, false),
  ])
  func `a call with secrets of its own takes the general code where one may stand`(
    documents: String, isNative: Bool
  ) throws {
    var composer = LineComposer(rules: try NormalizationRules())
    let room = LineBytes(capacity: 16)
    var cursor = LineCursor(room)
    let record =
      #"{"userIdentity":{"type":"Root"},"eventTime":"2026-01-01T00:00:00Z","eventSource":"ssm.amazonaws.com","eventName":"GetParameter","eventID":"1",\#(documents)}"#
    let text = Array(record.utf8) + [UInt8](repeating: 0, count: 64)
    try text.withUnsafeBufferPointer { buffer in
      let bytes = try #require(buffer.baseAddress)
      let line = Array("\"f\"".utf8).withUnsafeBufferPointer {
        composer.compose(bytes, from: 0, count: record.utf8.count, index: 0, file: $0, to: &cursor)
      }
      #expect((line != nil) == isNative)
      composer.writeDigests(in: &cursor)
    }
    try LogLaneReaderTests.withFiles([("a.json", record)]) { try Self.expectSame([$0], "\(documents)") }
  }

  private static let identities: [String] = {
    let session =
      #""sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111111111111:role/r"},"attributes":{"creationDate":"2026-01-01T00:00:00Z","mfaAuthenticated":"true"}}"#
    return [
      #"{"type":"Root","arn":"arn:aws:iam::111111111111:root"}"#, "null", "{}",
      #"{"type":"AWSService","invokedBy":"config.amazonaws.com"}"#, #"{"type":"AWSService"}"#,
      #"{"type":"AWSAccount","accountId":"222222222222","principalId":"AIDA"}"#,
      #"{"type":"IAMUser","arn":"arn:aws:iam::111111111111:user/é","userName":"é","accessKeyId":"AKIA1"}"#,
      #"{"type":"AssumedRole","arn":"arn:aws:sts::111111111111:assumed-role/r/a@example.com","principalId":"AROA:a",\#(session)}"#,
      #"{"type":"AssumedRole","arn":"arn:aws:sts::111111111111:assumed-role/r/password=hunter2hunter2","accessKeyId":"ASIA1",\#(session)}"#,
      #"{"type":"AssumedRole","principalId":"AROA:i-0123456789abcdef0",\#(session)}"#,
      #"{"type":"AssumedRole","arn":"arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/a@example.com"}"#,
      #"{"type":"AssumedRole","arn":"arn:aws:sts::111111111111:assumed-role/shop-api-TaskRole-1ABCDEF234567/s"}"#,
      #"{"arn":"arn:aws:iam::111111111111:user/plain"}"#, #"{"accountId":"333333333333"}"#,
    ].flatMap { [$0, $0] }
  }()
}
