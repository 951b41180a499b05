import Testing

@testable import MDRCore

@Suite struct ObservationDecoderTests {
  /// An observation with every member that a line can have.
  private static let full: Observation = {
    var made = Sample.observation(
      Sample.time(day: 3), override: .identity, id: "full", resources: ["arn:aws:iam::1:role/a", "role/a"],
      targets: ["role": ["a", "b"], "user": ["c"]])
    made.actorAccountID = "222222222222"
    made.rawEventName = "CreateRole20200101"
    (made.errorCode, made.outcome) = ("AccessDenied", .denied)
    made.isReadOnly = true
    made.identity = ActorIdentity(
      actor: "sso:Admin", type: .root, archetype: .ssoAdministrator,
      archetypeReason: "a reviewed rule of ours",
      arn: "arn:aws:sts::1:assumed-role/\"quoted\"/x", person: "ops@example.com", sessionName: "ops\n2",
      sessionClass: "person", sessionStart: "2026-01-04T00:00:00Z", accessKeyID: "ASIAEXAMPLE", isMFA: true,
      invokedBy: "cloudformation.amazonaws.com")
    made.origin = EventOrigin(
      source: "vpce:one", kind: .vpcEndpoint, sourceIP: "10.0.0.1", vpcEndpointID: "vpce-1",
      userAgent: "aws-cli/2.0 with a long tail", userAgentFamily: "aws-cli")
    made.generalisations = ["source: 10.0.0.1 is private", "a long step that is shared by many"]
    made.details = EventDetails(
      request: #"{"roleName":"a"}"#, response: #""text""#, additional: "[1,2]", isTruncated: true)
    made.sharedEventID = "shared"
    made.record = RecordReference(file: "a/long/path/of/a/file.json.gz", index: 7, sha256: "00ff")
    return made
  }()

  private static func line(_ observation: Observation) -> String {
    var output = JSONOutput()
    observation.append(to: &output)
    return String(decoding: output.bytes, as: UTF8.self)
  }

  private static func read(_ lines: [String]) -> [Observation?] {
    let (decoder, tape) = (ObservationDecoder(), JSONTape())
    return lines.map { line in
      let padded = Array(line.utf8) + [UInt8](repeating: 0, count: 8)
      return padded.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress,
          case .value = tape.parse(base, from: 0, count: line.utf8.count)
        else { return nil }
        return decoder.observation(tape, 0)
      }
    }
  }

  @Test func `what is written is read again, whatever was read before`() {
    let plain = Sample.observation(Sample.time(day: 4), id: "plain")
    let lines = [Self.full, plain, Self.full, plain].map(Self.line)
    #expect(Self.read(lines) == [Self.full, plain, Self.full, plain])
  }

  @Test func `members are known by their keys in any order, beside others, and the last of two counts`()
    throws
  {
    let line = Self.line(Self.full)
    let members = try JSONValue(parsing: line).members
    let reversed = members.keys.sorted(by: >).map { key in "\"\(key)\":\(members[key]?.compactText ?? "")" }
    #expect(Self.read(["{" + reversed.joined(separator: ",") + "}"]) == [Self.full])
    let crowded = line.dropLast() + #","unknown":{"actor":"user:other"},"#
    let doubled = #""actor":"user:first","\u0061ctor":"sso:Admin"}"#
    #expect(Self.read([crowded + doubled]) == [Self.full])
  }

  @Test func `a line may lack a time, and says so by null too, but has nothing else in its place`() throws {
    var members = try JSONValue(parsing: Self.line(Self.full)).members
    var untimed = Self.full
    untimed.eventTime = .unknown
    for time in [nil, JSONValue.null] {
      members["event_time"] = time
      #expect(Self.read([JSONValue.object(members).compactText]) == [untimed])
    }
    #expect(!Self.line(untimed).contains("event_time\":"))
    for time in ["yesterday", 7] as [JSONValue] {
      members["event_time"] = time
      #expect(Self.read([JSONValue.object(members).compactText]) == [nil])
    }
  }

  @Test(arguments: [
    #"[{"class":"identities","id":"x","severity":"high"}]"#, #"[{"class":"identity","id":"x"}]"#,
    #"["identity"]"#, #"{"class":"identity"}"#, #""identity""#, "true",
  ])
  func `a line whose critical outcome can't be read is no observation, rather than a harmless one`(
    reasons: String
  ) throws {
    let line = Self.line(Sample.observation(Sample.time(day: 4), id: "plain"))
    let marked = line.replacing(#"{"account_id""#, with: #"{"override_reasons":\#(reasons),"account_id""#)
    try #require(marked != line)
    #expect(Self.read([marked]) == [nil])
    #expect(
      Self.read([line.replacing(#"{"account_id""#, with: #"{"override_reasons":null,"account_id""#)]) != [nil]
    )
  }

  @Test(arguments: [#"["identity"]"#, #""identity""#, "true", "{}"])
  func `a line that names critical outcomes without their reasons is no observation`(classes: String) throws {
    let line = Self.line(Sample.observation(Sample.time(day: 4), id: "plain"))
    let marked = line.replacing(#""overrides":[]"#, with: #""overrides":\#(classes)"#)
    try #require(marked != line)
    #expect(Self.read([marked]) == [nil])
    #expect(Self.read([line.replacing(#""overrides":[]"#, with: #""overrides":null"#)]) != [nil])
  }

  @Test func `a line without a member that every observation has is no observation`() throws {
    let members = try JSONValue(parsing: Self.line(Self.full)).members
    for key in ["event_id", "account_id", "actor", "event_name", "outcome", "record"] {
      var lacking = members
      lacking[key] = nil
      #expect(
        Self.read([JSONValue.object(lacking).compactText, Self.line(Self.full)]) == [nil, Self.full], "\(key)"
      )
    }
  }
}
