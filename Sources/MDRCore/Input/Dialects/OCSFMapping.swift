/// An API activity of the Open Cybersecurity Schema Framework as a record.
struct OCSFMapping {
  private let event: JSONValue

  init(_ event: JSONValue) { self.event = event }

  private func at(_ path: String...) -> JSONValue? {
    path.reduce(Optional(event)) { value, key in value?[key] }
  }

  var mapped: RecordDialect.Mapped {
    var output = MappedRecord(shape: "OCSF API activity")
    output.setTime(at("time_dt"))
    output.setTime(at("time"))
    output.set("eventID", at("metadata", "uid"))
    output.set("eventVersion", at("metadata", "product", "version"))
    output.set("eventType", at("metadata", "event_code"))
    output.set("eventName", at("api", "operation"))
    output.set("eventSource", at("api", "service", "name"))
    output.set("awsRegion", at("cloud", "region"))
    output.set("sourceIPAddress", at("src_endpoint", "ip"))
    output.set("sourceIPAddress", at("src_endpoint", "domain"))
    output.set("sourceIPAddress", at("src_endpoint", "svc_name"))
    output.set("vpcEndpointId", at("src_endpoint", "uid"))
    output.set("userAgent", at("http_request", "user_agent"))
    output.set("requestID", at("api", "request", "uid"))
    output.set("errorCode", at("api", "response", "error"))
    output.set("errorMessage", at("api", "response", "message"))
    output.set("requestParameters", MappedRecord.document(at("api", "request", "data")))
    output.set("responseElements", MappedRecord.document(at("api", "response", "data")))
    setIdentity(&output)
    setUnmapped(&output)
    output.set("recipientAccountId", at("cloud", "account", "uid"))
    output.set("recipientAccountId", at("cloud", "account_uid"))
    output.set("resources", resources)
    return output.mapped
  }

  private func setIdentity(_ output: inout MappedRecord) {
    let user = at("actor", "user")
    let session = at("actor", "session")
    func set(_ path: String..., to value: JSONValue?) { output.set(["userIdentity"] + path, value) }
    set("type", to: user?["type"])
    // The ARN is the user's `uid` or, in earlier versions, `uuid`; the other one is the principal's id.
    for key in ["uid", "uuid", "uid_alt"] {
      guard let text = user?[key]?.string else { continue }
      set(text.hasPrefix("arn:") ? "arn" : "principalId", to: .string(text))
    }
    set("accountId", to: user?["account"]?["uid"] ?? user?["account_uid"])
    set("accessKeyId", to: user?["credential_uid"] ?? session?["credential_uid"])
    set("userName", to: user?["name"])
    set("invokedBy", to: at("actor", "invoked_by"))
    set("identityProvider", to: at("actor", "idp", "name"))
    set("sessionContext", "sessionIssuer", "arn", to: session?["issuer"])
    if case .bool(let flag)? = session?["is_mfa"] ?? session?["mfa"] {
      set("sessionContext", "attributes", "mfaAuthenticated", to: .string(flag ? "true" : "false"))
    }
    if let start = (session?["created_time_dt"] ?? session?["created_time"]).flatMap(ExportedTime.init) {
      set("sessionContext", "attributes", "creationDate", to: .string(start.timestamp.iso8601))
    }
  }

  /// `unmapped` keeps the rest under CloudTrail's own names, nested or joined with dots.
  private func setUnmapped(_ output: inout MappedRecord) {
    let names: Set = [
      "requestParameters", "responseElements", "additionalEventData", "serviceEventDetails", "userIdentity",
      "recipientAccountId", "sharedEventID", "readOnly", "eventType", "managementEvent", "eventCategory",
      "vpcEndpointId", "eventVersion", "apiVersion",
    ]
    let unmapped = at("unmapped") ?? .null
    for key in unmapped.members.keys.sorted() {
      let path = MappedRecord.path(key)
      guard let first = path.first, names.contains(first) else { continue }
      output.set(path, path.count == 1 ? MappedRecord.document(unmapped[key]) : unmapped[key])
    }
  }

  private var resources: JSONValue? {
    guard let elements = at("resources")?.elements, !elements.isEmpty else { return nil }
    return .array(
      elements.map { element in
        var resource = MappedRecord(shape: "")
        resource.set("ARN", element["uid"])
        resource.set("accountId", element["owner"]?["account"]?["uid"] ?? element["account_uid"])
        resource.set("type", element["type"])
        return resource.record
      })
  }
}
