/// A record in CloudTrail's shape while it is put together from another.
struct MappedRecord {
  private(set) var record = JSONValue.object([:])
  var notes: [String]

  init(shape: String) { notes = ["record: mapped from \(shape)"] }

  var mapped: RecordDialect.Mapped { .init(record: record, notes: notes) }

  /// The members that a dotted name leads through, at most sixteen: names are the log's to choose.
  static func path(_ name: String) -> [String] { name.split(separator: ".", maxSplits: 15).map(String.init) }

  /// Sets a member unless it is set or there is nothing to set.
  mutating func set(_ path: [String], _ value: JSONValue?) {
    guard let value, !Self.isNothing(value) else { return }
    Self.set(path[...], value, in: &record)
  }

  /// Sets a member of the record itself.
  mutating func set(_ key: String, _ value: JSONValue?) { set([key], value) }

  private static func set(_ path: ArraySlice<String>, _ value: JSONValue, in parent: inout JSONValue) {
    guard let key = path.first, case .object(var members) = parent else { return }
    // Held once, members are changed in their place; held twice, all of them would be copied for each.
    parent = .null
    defer { parent = .object(members) }
    guard path.count > 1 else {
      if members[key] == nil { members[key] = value }
      return
    }
    var child = members.removeValue(forKey: key) ?? .object([:])
    set(path.dropFirst(), value, in: &child)
    members[key] = child
  }

  /// Sets the event's time, from any spelling.
  mutating func setTime(_ value: JSONValue?) {
    guard record["eventTime"] == nil, let value, let time = ExportedTime(value) else { return }
    set("eventTime", .string(time.timestamp.iso8601))
    if let note = time.note { notes.append(note) }
  }

  /// What exporters write for a value that isn't there.
  private static func isNothing(_ value: JSONValue) -> Bool {
    switch value {
    case .null: true
    case .string(let text): ["", "-", "null"].contains(text)
    default: false
    }
  }

  /// A document that may be an object, JSON text, or the text of a struct.
  static func document(_ value: JSONValue?) -> JSONValue? {
    guard let value, !isNothing(value), case .string(let text) = value else { return value }
    guard let first = text.first(where: { !$0.isWhitespace }), first == "{" || first == "[" else {
      return value
    }
    if let parsed = try? JSONValue(parsing: text) { return parsed }
    return StructText.value(of: text) ?? value
  }

  /// An identity or a list of resources with CloudTrail's capital letters, which databases drop.
  static func recased(_ value: JSONValue?, depth: Int = 0) -> JSONValue? {
    guard let value, depth < 16 else { return nil }
    switch value {
    case .object(let members):
      var output: [String: JSONValue] = [:]
      for key in members.keys.sorted() {
        let plain = key.lowercased().filter { $0 != "_" }
        if let member = recased(members[key], depth: depth + 1), !isNothing(member) {
          output[names[plain] ?? key] = member
        }
      }
      return .object(output)
    case .array(let elements): return .array(elements.compactMap { recased($0, depth: depth + 1) })
    default: return value
    }
  }

  private static let names = Dictionary(
    [
      "principalId", "accountId", "invokedBy", "accessKeyId", "userName", "sessionContext", "sessionIssuer",
      "webIdFederationData", "federatedProvider", "identityProvider", "mfaAuthenticated", "creationDate",
      "onBehalfOf", "userId", "identityStoreArn", "sourceIdentity", "credentialId",
      "ec2RoleDelivery", "attributes", "type", "arn", "tlsVersion", "cipherSuite", "clientProvidedHostHeader",
    ].map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
}
