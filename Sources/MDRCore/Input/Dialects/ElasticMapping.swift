/// A document of Elastic's common schema as a record.
struct ElasticMapping {
  private let document: JSONValue

  init(_ document: JSONValue) { self.document = Self.nested(document) }

  /// Dotted members as objects, and the one-element arrays of a `fields` answer as their element.
  private static func nested(_ value: JSONValue) -> JSONValue {
    guard value.members.keys.contains(where: { $0.contains(".") }) else { return value }
    var output = MappedRecord(shape: "")
    for key in value.members.keys.sorted() {
      guard let member = value[key] else { continue }
      let single = member.elements.count == 1 ? member.elements.first : member
      output.set(MappedRecord.path(key), single)
    }
    return output.record
  }

  private func at(_ path: String...) -> JSONValue? {
    path.reduce(Optional(document)) { value, key in value?[key] }
  }

  private func trail(_ key: String) -> JSONValue? { document["aws"]?["cloudtrail"]?[key] }

  var mapped: RecordDialect.Mapped {
    var output = MappedRecord(shape: "Elastic's common schema")
    output.setTime(at("@timestamp"))
    output.set("eventID", at("event", "id"))
    output.set("eventName", at("event", "action"))
    output.set("eventSource", at("event", "provider"))
    output.set("awsRegion", at("cloud", "region"))
    output.set("sourceIPAddress", at("source", "address"))
    output.set("sourceIPAddress", at("source", "ip"))
    output.set("userAgent", at("user_agent", "original"))
    for (key, name) in Self.members { output.set(key, trail(name)) }
    for (key, name) in Self.documents {
      output.set(key, document["aws"]?["cloudtrail"]?["flattened"]?[name])
      output.set(key, MappedRecord.document(trail(name)))
    }
    output.set("recipientAccountId", at("cloud", "account", "id"))
    setResources(&output)
    setIdentity(&output)
    return output.mapped
  }

  private static let members = [
    ("eventVersion", "event_version"), ("eventType", "event_type"), ("requestID", "request_id"),
    ("errorCode", "error_code"), ("errorMessage", "error_message"), ("readOnly", "read_only"),
    ("recipientAccountId", "recipient_account_id"), ("sharedEventID", "shared_event_id"),
    ("vpcEndpointId", "vpc_endpoint_id"), ("managementEvent", "management_event"),
    ("eventCategory", "event_category"), ("apiVersion", "api_version"),
  ]

  private static let documents = [
    ("requestParameters", "request_parameters"), ("responseElements", "response_elements"),
    ("additionalEventData", "additional_eventdata"), ("serviceEventDetails", "service_event_details"),
  ]

  private func setResources(_ output: inout MappedRecord) {
    guard let resources = trail("resources") else { return }
    let elements = resources.elements.isEmpty ? [resources] : resources.elements
    output.set(
      "resources",
      .array(
        elements.map { element in
          var resource = MappedRecord(shape: "")
          resource.set("ARN", element["arn"])
          resource.set("accountId", element["account_id"])
          resource.set("type", element["type"])
          return resource.record
        }))
  }

  private func setIdentity(_ output: inout MappedRecord) {
    let identity = trail("user_identity")
    let session = identity?["session_context"]
    for (key, name) in [
      ("type", "type"), ("arn", "arn"), ("accessKeyId", "access_key_id"), ("invokedBy", "invoked_by"),
      ("principalId", "principal_id"), ("accountId", "account_id"), ("userName", "user_name"),
    ] { output.set(["userIdentity", key], identity?[name]) }
    // Filebeat names the caller's account so; where it is all there is, it has to do for the recipient's.
    if trail("recipient_account_id") != nil {
      output.set(["userIdentity", "accountId"], at("cloud", "account", "id"))
    }
    output.set(["userIdentity", "principalId"], at("user", "id"))
    output.set(["userIdentity", "userName"], at("user", "name"))
    for (key, name) in [("mfaAuthenticated", "mfa_authenticated"), ("creationDate", "creation_date")] {
      output.set(["userIdentity", "sessionContext", "attributes", key], session?[name])
    }
    for (key, name) in [
      ("type", "type"), ("arn", "arn"), ("principalId", "principal_id"), ("accountId", "account_id"),
    ] {
      output.set(
        ["userIdentity", "sessionContext", "sessionIssuer", key], session?["session_issuer"]?[name])
    }
  }
}
