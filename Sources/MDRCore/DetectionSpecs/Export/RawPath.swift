/// Where a value lies in a raw record.
struct RawPath: Equatable, Sendable {
  enum Root: Equatable, Sendable {
    case field(RawField)
    case derived(DerivedText)
    case request
    case response
    /// `additionalEventData`, or `serviceEventDetails` where there is none.
    case additional
    case element
  }

  var root: Root
  var steps: [FactPath.Step]

  init(_ root: Root, _ steps: [FactPath.Step] = []) {
    self.root = root
    self.steps = steps
  }

  static func field(_ field: RawField) -> RawPath { RawPath(.field(field)) }

  /// The path as a person reads it.
  var shown: String {
    var text =
      switch root {
      case .field(let field): field.rawValue
      case .derived(let derived): derived.rawValue
      case .request: "requestParameters"
      case .response: "responseElements"
      case .additional: "additionalEventData"
      case .element: ""
      }
    for step in steps {
      switch step {
      case .key(let name): text += "." + name
      case .each: text += "[]"
      }
    }
    return text
  }
}

/// A member of the record outside its documents, read as text.
enum RawField: String, CaseIterable, Sendable {
  case eventName, eventSource, eventType, eventID, eventTime, errorCode, errorMessage, readOnly, awsRegion
  case sourceIPAddress, userAgent, vpcEndpointId, recipientAccountId, account
  case type = "userIdentity.type"
  case arn = "userIdentity.arn"
  case principalID = "userIdentity.principalId"
  case accountID = "userIdentity.accountId"
  case accessKeyID = "userIdentity.accessKeyId"
  case userName = "userIdentity.userName"
  case invokedBy = "userIdentity.invokedBy"
  case issuerARN = "userIdentity.sessionContext.sessionIssuer.arn"
  case issuerAccountID = "userIdentity.sessionContext.sessionIssuer.accountId"
  case issuerName = "userIdentity.sessionContext.sessionIssuer.userName"
  case sessionStart = "userIdentity.sessionContext.attributes.creationDate"
  case userID = "userIdentity.onBehalfOf.userId"
  case identityProvider = "userIdentity.identityProvider"
  case hostHeader = "tlsDetails.clientProvidedHostHeader"
  case sourceIdentity = "userIdentity.sessionContext.sourceIdentity"
  case mfaAuthenticated = "userIdentity.sessionContext.attributes.mfaAuthenticated"

  /// The keys down to the member.
  var keys: [String] { rawValue.split(separator: ".").map(String.init) }
}

/// A text that normalisation makes of several members.
enum DerivedText: String, Sendable {
  /// The account that the event belongs to.
  case ownAccount = "account_id"
  /// The account of the principal, where the log names one.
  case actorAccount = "actor_account"
  /// The same, or the event's account where the log names none.
  case actorAccountID = "actor_account_id"
  /// The actor's stable key.
  case actor
  /// The event's name without an API date, under its stable name.
  case eventName = "stable_name"
  /// The source's stable key.
  case source
  case region
  /// The words of that actor's name, each between blanks.
  case actorWords = "actor_words"
  /// The IAM user's own name.
  case userName = "user_name"
  /// 1 for a call that succeeded, 0 for any other.
  case succeeded
}
