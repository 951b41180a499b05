/// A raw field of CloudTrail's that an engine groups by, because canonicalisation, a taxonomy or an override reads it.
struct GroupColumn: Sendable {
  /// How the field goes into the group.
  enum Form: Sendable {
    /// The text of a scalar.
    case text
    /// A truth value.
    case flag
    /// The first four letters: what kind of access key it is, and no more.
    case prefix
    /// The host that was called, where it is a service's one global endpoint.
    case globalHost
    /// Whether it is there.
    case presence
    /// A document, cut to the members that are read.
    case document
    /// The list of touched resources.
    case resources
    /// A text that names the session where no ARN does.
    case sessionName
  }

  /// The column's name in the result.
  let name: String
  /// The members that lead to the field in a delivered record.
  let path: [String]
  let form: Form

  init(_ name: String, _ path: String..., form: Form = .text) {
    self.name = name
    self.path = path
    self.form = form
  }

  /// All columns, in the order of the result.
  static let all = [
    GroupColumn("event_source", "eventSource"), GroupColumn("event_name", "eventName"),
    GroupColumn("aws_region", "awsRegion"), GroupColumn("event_type", "eventType"),
    GroupColumn("error_code", "errorCode"),
    GroupColumn("error_message", "errorMessage", form: .presence),
    GroupColumn("read_only", "readOnly", form: .flag),
    GroupColumn("recipient_account", "recipientAccountId"),
    GroupColumn("source_ip", "sourceIPAddress"), GroupColumn("user_agent", "userAgent"),
    GroupColumn("vpc_endpoint", "vpcEndpointId"),
    GroupColumn("global_host", "tlsDetails", "clientProvidedHostHeader", form: .globalHost),
    GroupColumn("ui_type", "userIdentity", "type"),
    GroupColumn("ui_arn", "userIdentity", "arn"),
    GroupColumn("ui_principal", "userIdentity", "principalId", form: .sessionName),
    GroupColumn("ui_account", "userIdentity", "accountId"),
    GroupColumn("ui_user", "userIdentity", "userName"),
    GroupColumn("ui_key", "userIdentity", "accessKeyId", form: .prefix),
    GroupColumn("ui_invoked_by", "userIdentity", "invokedBy"),
    GroupColumn("ui_provider", "userIdentity", "identityProvider"),
    GroupColumn("ui_idc_user", "userIdentity", "onBehalfOf", "userId"),
    GroupColumn("issuer_type", "userIdentity", "sessionContext", "sessionIssuer", "type"),
    GroupColumn("issuer_arn", "userIdentity", "sessionContext", "sessionIssuer", "arn"),
    GroupColumn("issuer_account", "userIdentity", "sessionContext", "sessionIssuer", "accountId"),
    GroupColumn("issuer_user", "userIdentity", "sessionContext", "sessionIssuer", "userName"),
    GroupColumn("source_identity", "userIdentity", "sessionContext", "sourceIdentity"),
    GroupColumn("mfa", "userIdentity", "sessionContext", "attributes", "mfaAuthenticated"),
    GroupColumn("request", "requestParameters", form: .document),
    GroupColumn("response", "responseElements", form: .document),
    GroupColumn("additional", "additionalEventData", form: .document),
    GroupColumn("service_details", "serviceEventDetails", form: .document),
    GroupColumn("resources", "resources", form: .resources),
  ]
}
