@testable import MDRCore

/// Records like CloudTrail's and unlike them: keys shuffled, repeated, missing, escaped, cut short or longer by a letter.
struct ScannedRecords {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(state: seed) }

  private mutating func chance(_ share: Int) -> Bool { Int.random(in: 0..<share, using: &random) == 0 }

  mutating func next() -> String {
    var members = [
      ("eventVersion", #""1.08""#), ("userIdentity", identity()), ("eventTime", #""2024-05-09T06:39:42Z""#),
      ("eventSource", text()), ("eventName", #""\#(pick(["GetObject", "PutObject", "Assume", "Go"]))""#),
      ("awsRegion", #""us-east-1""#), ("userAgent", text()), ("requestParameters", document()),
      ("responseElements", chance(2) ? "null" : document()), ("eventID", text()),
      ("readOnly", literal()), ("recipientAccountId", #""123456789012""#),
    ]
    if chance(2) { members.append(("managementEvent", literal())) }
    if chance(9) { members.insert((pick(["errorCode", "tlsDetails", "resources"]), literal()), at: 5) }
    if chance(3) { members.insert(("errorMessage", text()), at: 4) }
    if chance(3) { members.append(("resources", list { $0.resource() })) }
    if chance(3) { members.append(("additionalEventData", document())) }
    if chance(3) { members.append(("tlsDetails", object(["tlsVersion", "cipherSuite"]) { $0.text() })) }
    if chance(9) { members.append(("a\(Int.random(in: 0..<1_000, using: &random))", value(2))) }
    return object(members)
  }

  private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

  /// Mostly a literal, the same one often, now and then cut short, longer by a letter, or a text that reads like one.
  private mutating func literal() -> String {
    if chance(40) { return pick(["tru", "truex", "fals", "falsex", "nullx", "\"true\"", "True", "0"]) }
    return chance(12) ? pick([" true", "false ", "null\n"]) : pick(["true", "true", "false", "null"])
  }

  private mutating func text() -> String {
    if chance(60) { return pick([#""\u12""#, "\"a\u{1}\"", #""a\"#, "\"a", "nul", "01", "1x", "tru"]) }
    if chance(20) { return pick([#""\"q\" \\""#, #""é""#, #""\u00e9""#, "\"\"", "null"]) }
    let count = Int.random(in: 0..<40, using: &random)
    return "\""
      + String((0..<count).map { _ in Character(pick(["a", "B", "7", ":", "/", "-", ",", "}", " "])) }) + "\""
  }

  private mutating func identity() -> String {
    if chance(20) {
      return pick(["null", "{}", "[]", #"{"sessionContext":[{"attributes":{"creationDate":"x"}}]}"#])
    }
    var members = [
      ("type", pick([#""IAMUser""#, #""AssumedRole""#])), ("principalId", text()), ("arn", text()),
      ("accountId", text()), ("accessKeyId", text()),
    ]
    if chance(2) {
      let issuer = object(["type", "arn", "userName"]) { $0.text() }
      let attributes = object(["creationDate", "mfaAuthenticated"]) { $0.text() }
      members.append(("sessionContext", object([("sessionIssuer", issuer), ("attributes", attributes)])))
    }
    return object(members)
  }

  private mutating func document() -> String {
    if chance(20) { return pick(["null", "{}", "[]", "[\"a\"]", "7"]) }
    return object(["bucketName", "key", "keys", "userName", "userNameAndMore", "id", "", "secretBox", "tags"])
    {
      $0.value(3)
    }
  }

  private mutating func resource() -> String {
    object(["accountId", "type", "ARN", "resourceName"]) { $0.chance(6) ? $0.value(1) : $0.text() }
  }

  private mutating func value(_ depth: Int) -> String {
    guard depth > 0 else { return text() }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return list { $0.value(depth - 1) }
    case 1:
      return object(["id", "ids", "key", "name", "aVeryLongKeyThatIsBeyondWhatIsLearnt"]) {
        $0.value(depth - 1)
      }
    case 2: return pick(["true", "false", "null", "0", "-1.5e3", "12345678901", "{}", "[]"])
    default: return text()
    }
  }

  private mutating func list(_ element: (inout Self) -> String) -> String {
    let elements = (0..<Int.random(in: 0..<3, using: &random)).map { _ in element(&self) }
    return "[" + elements.joined(separator: chance(12) ? " ,\n " : ",") + "]"
  }

  private mutating func object(_ keys: [String], _ value: (inout Self) -> String) -> String {
    object(keys.filter { _ in !chance(3) }.map { ($0, value(&self)) })
  }

  private mutating func object(_ members: [(String, String)]) -> String {
    var members = members
    if chance(8), let member = members.randomElement(using: &random) { members.append(member) }
    if chance(6) { members.shuffle(using: &random) }
    if chance(6), !members.isEmpty { members.remove(at: Int.random(in: 0..<members.count, using: &random)) }
    let (colon, comma) = chance(12) ? (pick([": ", " : ", ":\n"]), pick([", ", " ,", ",\n\t"])) : (":", ",")
    let space = chance(30) ? " " : ""
    let written = members.map { "\"\(respelled($0.0))\"\(chance(80) ? " : " : colon)\($0.1)" }
    return "{\(space)" + written.joined(separator: comma) + "\(space)}"
  }

  /// A key as it is, and now and then something like it.
  private mutating func respelled(_ key: String) -> String {
    guard chance(40) else { return key }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return String(key.dropLast())
    case 1: return key + pick(["s", "\\\"", ":"])
    case 2: return #"\u0065"# + key.dropFirst()
    case 3: return pick(["x", "E"]) + key.dropFirst()
    default: return String(key.dropFirst())
    }
  }
}
