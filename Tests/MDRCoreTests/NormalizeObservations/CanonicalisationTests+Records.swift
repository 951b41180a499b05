import Testing

@testable import MDRCore

/// Records for tests of what normalisation makes of one.
extension CanonicalisationTests {
  /// The observation of a record with these members.
  static func observation(_ members: String, archetypes: ArchetypeRules = ArchetypeRules()) throws
    -> Observation
  {
    let text =
      #"{"eventVersion":"1.08","eventID":"e","eventTime":"2026-01-01T00:00:00Z","eventName":"CreateUser","eventSource":"iam.amazonaws.com","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.7",\#(members)}"#
    let bytes = Array(text.utf8)
    let padded = bytes + [UInt8](repeating: 0, count: 64)
    let tape = JSONTape()
    let normalizer = Normalizer(rules: try NormalizationRules(archetypes: archetypes))
    return try padded.withUnsafeBufferPointer { buffer in
      let base = try #require(buffer.baseAddress)
      // Of repeated members the last counts, so that a case may set any of them anew.
      try #require(tape.parse(base, from: 0, count: bytes.count) == .value(end: bytes.count), "\(text)")
      return normalizer.observation(tape, 0, file: "f", index: 0, sha256: "")
    }
  }

  /// The identity of a role's session.
  static func session(
    _ issuer: String, _ name: String, issuerARN: String? = nil, more: String = ""
  ) -> String {
    #""userIdentity":{"type":"AssumedRole","principalId":"AROA:\#(name)","arn":"arn:aws:sts::111122223333:assumed-role/\#(issuer)/\#(name)","accountId":"111122223333","accessKeyId":"ASIA","sessionContext":{"sessionIssuer":{"type":"Role","arn":"\#(issuerARN ?? "arn:aws:iam::111122223333:role/\(issuer)")","accountId":"111122223333"}\#(more)}}"#
  }
}
