/// Copies an event's documents as compact JSON, leaving out what must not reach an artifact.
struct SecretScrubber: Sendable {
  /// What stands where a secret was.
  static let replacement = "[secret removed]"

  /// Members whose value is a secret, in lower case without punctuation.
  private static let secretKeys: Set = [
    "password", "masteruserpassword", "newpassword", "oldpassword", "adminpassword", "masterpassword", "passwd",
    "secretaccesskey", "secretkey", "sessiontoken", "securitytoken", "xamzsecuritytoken", "secretstring",
    "secretbinary", "userdata", "plaintext", "ciphertextblob", "clientsecret", "privatekey", "privatekeyplaintext",
    "authtoken", "accesstoken", "refreshtoken", "idtoken", "oauthtoken", "samlassertion", "webidentitytoken", "tokenvalue",
    "keymaterial", "sshprivatekey", "passphrase", "apikeyvalue", "bindpassword", "sharedsecret", "presharedkey",
    "encryptedkeymaterial", "credentials", "passworddata", "xamzcredential", "xamzsignature",
  ]
  /// Members that map names to values of which any may be a secret.
  private static let environmentKeys: Set = ["environment", "environmentvariables", "variables", "env", "secrets"]
  /// Text that betrays a secret inside a string, such as a document passed as text.
  private static let marks = [
    "\"password", "secretaccesskey", "secret_access_key", "sessiontoken", "aws_session_token", "private key-----",
    "password=", "passwd=", "x-amz-security-token", "x-amz-signature",
  ]

  /// Appends a node of a tape; key order and number spelling stay as logged.
  func append(_ tape: JSONTape, _ node: JSONTape.Index, to output: inout JSONOutput, inEnvironment: Bool = false) {
    switch tape.kind(node) {
    case .object:
      output.append(raw: "{")
      var isFirst = true
      tape.forEachChild(node) { child in
        if !isFirst { output.append(raw: ",") }
        isFirst = false
        output.append(raw: "\"")
        output.append(raw: tape.keySlice(child))
        output.append(raw: "\":")
        let key = Self.folded(tape.key(child))
        if Self.secretKeys.contains(key), !isHarmless(tape, child, key) {
          output.append(Self.replacement)
        } else {
          append(
            tape, child, to: &output,
            inEnvironment: inEnvironment && key != "name" || Self.environmentKeys.contains(key))
        }
      }
      output.append(raw: "}")
    case .array:
      output.append(raw: "[")
      var isFirst = true
      tape.forEachChild(node) { child in
        if !isFirst { output.append(raw: ",") }
        isFirst = false
        append(tape, child, to: &output, inEnvironment: inEnvironment)
      }
      output.append(raw: "]")
    case .string:
      if inEnvironment || betraysSecret(tape.slice(node)) {
        output.append(Self.replacement)
      } else {
        output.append(raw: "\"")
        output.append(raw: tape.slice(node))
        output.append(raw: "\"")
      }
    default: output.append(raw: tape.slice(node))
    }
  }

  /// `credentials` of an AssumeRole response keeps its key id and expiry: they are evidence, not secrets.
  private func isHarmless(_ tape: JSONTape, _ node: JSONTape.Index, _ key: String) -> Bool {
    switch tape.kind(node) {
    case .null, .trueValue, .falseValue: true
    case .object: key == "credentials" || key == "userdata"
    default: false
    }
  }

  private func betraysSecret(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    guard slice.count >= 12, slice.contains(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "-") })
    else { return false }
    let text = String(decoding: slice.prefix(1 << 16), as: UTF8.self).lowercased()
    return Self.marks.contains { text.contains($0) }
  }

  private static func folded(_ key: String) -> String { key.lowercased().filter { $0.isLetter || $0.isNumber } }
}
