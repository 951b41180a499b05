import Testing

@testable import MDRCore

/// Events that agree in what an outcome hangs on are judged once; those that only seem to are not.
@Suite struct KeyedHashDocumentsTests {
  /// Values whose bytes are the same without quotes, each with the text that looks like it.
  private static let values = [
    "true", #""true""#, "false", #""false""#, "null", #""null""#, "7", #""7""#, "{}", #""{}""#, "[]",
    #""[]""#,
  ]

  /// An event with one member of its request.
  private static func record(_ event: String, _ member: String, _ value: String, number: Int) -> String {
    let parts = event.split(separator: ":")
    return
      #"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111111111111:user/u","accountId":"111111111111","userName":"u"},"eventTime":"2026-01-10T00:00:07Z","eventSource":"\#(parts[0]).amazonaws.com","eventName":"\#(parts[1])","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","requestParameters":{"\#(member)":\#(value)},"eventID":"00000000-0000-4000-a000-\#(100_000_000_000 + number)","recipientAccountId":"111111111111"}"#
  }

  /// The events on which an override hangs by some members of the request, with these members.
  private static func hanging(in table: OverrideTable) -> [(event: String, member: String)] {
    Set(table.entries.flatMap(\.events)).subtracting(["*"]).sorted().flatMap { event in
      let parts = event.split(separator: ":").map(String.init)
      let needs = table.needs(
        eventName: parts[1], rawEventName: parts[1], eventSource: parts[0] + ".amazonaws.com",
        actorType: .iamUser)
      return (needs?.request ?? []).sorted().map { (event, $0) }
    }
  }

  @Test func `a value and the text that looks like it are judged apart, in lanes and in lines`() throws {
    let rules = try NormalizationRules()
    let normalizer = Normalizer(rules: rules)
    let hanging = Self.hanging(in: rules.overrides)
    #expect(hanging.count > 100)
    var records: [String] = []
    var differing = 0
    for (event, member) in hanging {
      var outcomes: [[OverrideMatch]] = []
      for value in Self.values {
        let record = Self.record(event, member, value, number: records.count)
        records.append(record)
        outcomes.append(try Self.overrides(record, normalizer))
      }
      differing += stride(from: 0, to: outcomes.count, by: 2).count { outcomes[$0] != outcomes[$0 + 1] }
    }
    // Most outcomes take the one for the other; some don't.
    #expect(differing > 10)
    for order in [records, records.reversed()] {
      try LogLaneReaderTests.withFiles([("a.json", "{\"Records\":[" + order.joined(separator: ",") + "]}")]) {
        try ObservationLinesTests.expectSame([$0], "lines")
        #expect(try LaneAgreementTests.difference($0) == nil)
      }
    }
  }

  @Test func `calls to a global endpoint and to a regional one are apart, in lanes and in lines`() throws {
    let additions = [
      "null", "{}", #"{"RequestDetails":{"endpointType":"global"}}"#,
      #"{"RequestDetails":{"endpointType":"regional"}}"#,
      #"{"endpointType":"global","endpointType":"regional"}"#, #"["endpointType","global"]"#,
    ]
    let connections = [
      "null", "{}", "[]", #""clientProvidedHostHeader""#,
      #"{"clientProvidedHostHeader":"sts.amazonaws.com"}"#,
      #"{"clientProvidedHostHeader":"sts.us-east-1.amazonaws.com"}"#, #"{"clientProvidedHostHeader":7}"#,
    ]
    var records: [String] = []
    for source in ["sts", "ec2"] {
      for addition in additions {
        for connection in connections {
          let record = Self.record("\(source):GetCallerIdentity", "a", "1", number: records.count)
          records.append(
            String(record.dropLast()) + #","additionalEventData":\#(addition),"tlsDetails":\#(connection)}"#)
        }
      }
    }
    let normalizer = Normalizer(rules: try NormalizationRules())
    let regions = try records.map { try Self.observation($0, normalizer)?.region }
    #expect(regions.count { $0 == "global" } == 2 * connections.count + 3)
    for order in [records, records.reversed()] {
      try LogLaneReaderTests.withFiles([("a.json", "{\"Records\":[" + order.joined(separator: ",") + "]}")]) {
        try ObservationLinesTests.expectSame([$0], "lines")
        #expect(try LaneAgreementTests.difference($0) == nil)
      }
    }
  }

  private static func overrides(_ record: String, _ normalizer: Normalizer) throws -> [OverrideMatch] {
    try observation(record, normalizer)?.overrides ?? []
  }

  private static func observation(_ record: String, _ normalizer: Normalizer) throws -> Observation? {
    let tape = JSONTape()
    let bytes = Array(record.utf8)
    return try (bytes + [UInt8](repeating: 0, count: ByteWindow.slack)).withUnsafeBufferPointer { buffer in
      let base = try #require(buffer.baseAddress)
      guard case .value = tape.parse(base, from: 0, count: bytes.count) else { return nil }
      return normalizer.observation(tape, 0, file: "", index: 0, sha256: "")
    }
  }
}
