/// A field of the observation that logic can name, in the observation's spelling or CloudTrail's.
package enum FactField: String, CaseIterable, Sendable {
  case eventName = "event_name"
  case eventSource = "event_source"
  case eventType = "event_type"
  case outcome
  case errorCode = "error_code"
  case readOnly = "read_only"
  case accountID = "account_id"
  case actorAccountID = "actor_account_id"
  /// The call crossed from one account into another.
  case crossAccount = "cross_account"
  case region
  case awsRegion = "aws_region"
  case actor
  case actorType = "actor_type"
  case archetype
  case actorARN = "actor_arn"
  /// The IAM user's own name.
  case userName = "user_name"
  case person
  case sessionName = "session_name"
  case sessionClass = "session_class"
  case accessKeyID = "access_key_id"
  /// A long-lived key of an IAM user signed the call.
  case staticKey = "static_key"
  case mfa
  case invokedBy = "invoked_by"
  /// AWS itself acted: a service principal or a role that only a service can assume.
  case byAWSService = "by_aws_service"
  /// A person is behind the actor, or may be.
  case byPerson = "by_person"
  case source
  case sourceKind = "source_kind"
  case sourceIP = "source_ip"
  case vpcEndpointID = "vpc_endpoint_id"
  case userAgent = "user_agent"
  case userAgentFamily = "user_agent_family"
  case businessFamily = "business_family"
  case businessRisk = "business_risk"
  case override
  case resource
  /// `userIdentity.type` in CloudTrail's spelling.
  case identityType = "userIdentity.type"

  /// Finds a field by either spelling.
  package init?(named name: String) {
    guard let field = Self.cloudTrailNames[name] ?? FactField(rawValue: name) else {
      return nil
    }
    self = field
  }

  /// Fields that can stand alone as a condition.
  package var isFlag: Bool {
    switch self {
    case .readOnly, .crossAccount, .staticKey, .mfa, .byAWSService, .byPerson: true
    default: false
    }
  }

  static let cloudTrailNames: [String: FactField] = [
    "eventName": .eventName, "eventSource": .eventSource, "eventType": .eventType, "errorCode": .errorCode,
    "readOnly": .readOnly, "recipientAccountId": .accountID, "awsRegion": .awsRegion,
    "sourceIPAddress": .sourceIP, "vpcEndpointId": .vpcEndpointID, "userAgent": .userAgent,
    "userIdentity.accountId": .actorAccountID, "userIdentity.arn": .actorARN,
    "userIdentity.userName": .userName, "userIdentity.accessKeyId": .accessKeyID,
    "userIdentity.invokedBy": .invokedBy,
    "userIdentity.sessionContext.attributes.mfaAuthenticated": .mfa,
  ]
}
