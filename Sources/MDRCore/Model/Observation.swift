/// The normalised view of one record: who did what, where, from where, to what, and which record says so.
package struct Observation: Equatable, Sendable {
  /// CloudTrail's `eventID`, or `content:` and a digest of the record where it has none.
  package var eventID: String
  package var eventTime: Timestamp
  /// The account the event belongs to (`recipientAccountId`).
  package var accountID: String
  /// The account of the principal; differs from `accountID` across accounts.
  package var actorAccountID: String
  /// The lane's region: `global` for services that have none.
  package var region: String
  /// `awsRegion` as logged.
  package var awsRegion: String
  /// Such as `iam.amazonaws.com`.
  package var eventSource: String
  /// The event's name without an API date; `rawEventName` keeps it as logged.
  package var eventName: String
  package var rawEventName: String
  /// Such as `AwsApiCall`, `AwsServiceEvent`, `AwsConsoleSignIn`.
  package var eventType: String
  package var outcome: Outcome
  package var errorCode: String?
  package var isReadOnly: Bool
  package var identity: ActorIdentity
  package var origin: EventOrigin
  /// ARNs and names the event touched, sorted, without repeats.
  package var resources: [String]
  /// What the request or response names, such as `user`, `access_key_id`, `bucket`, `cidr`.
  package var targets: [String: [String]]
  package var businessFamily: BusinessFamily
  package var businessRisk: BusinessRisk
  /// The critical outcomes this event is, with the reason for each.
  package var overrides: [OverrideMatch]
  /// What was generalised to make actor, source, event and resource stable, so that it can be undone.
  package var generalisations: [String]
  /// `requestParameters`, `responseElements` and `additionalEventData`, without secrets.
  package var details: EventDetails
  /// CloudTrail's `sharedEventID`, which the records of one call in several accounts have in common.
  package var sharedEventID: String?
  package var record: RecordReference

  /// The actor's stable key, such as `role:build-server` or `sso:AWS-Admin`.
  package var actor: String { identity.actor }
  /// The source's stable key.
  package var source: String { origin.source }
  /// Service and event name, which together say what the event is.
  package var event: String { eventSource + ":" + eventName }
}

/// Who was behind a call, made stable across sessions.
package struct ActorIdentity: Equatable, Sendable {
  /// Kind and name without account or session, such as `role:build-server`.
  package var actor: String
  package var type: ActorType
  package var archetype: Archetype
  /// Why the archetype was chosen: the reviewed rule that matched.
  package var archetypeReason: String
  /// The principal's ARN as logged, sessions and all.
  package var arn: String?
  /// The person behind the session, where the log names one.
  package var person: String?
  package var sessionName: String?
  /// What kind of name the session carries, such as `ec2-instance` or `sdk-generated`.
  package var sessionClass: String?
  /// When the session's credentials were issued: with the actor, the identity of a session.
  package var sessionStart: String?
  package var accessKeyID: String?
  package var isMFA: Bool?
  /// The AWS service on whose behalf the call was made.
  package var invokedBy: String?

  package init(
    actor: String, type: ActorType, archetype: Archetype = .unknown, archetypeReason: String = "",
    arn: String? = nil, person: String? = nil, sessionName: String? = nil, sessionClass: String? = nil,
    sessionStart: String? = nil, accessKeyID: String? = nil, isMFA: Bool? = nil, invokedBy: String? = nil
  ) {
    self.actor = actor
    self.type = type
    self.archetype = archetype
    self.archetypeReason = archetypeReason
    self.arn = arn
    self.person = person
    self.sessionName = sessionName
    self.sessionClass = sessionClass
    self.sessionStart = sessionStart
    self.accessKeyID = accessKeyID
    self.isMFA = isMFA
    self.invokedBy = invokedBy
  }

  /// A long-lived access key: AWS prefixes them `AKIA`, temporary ones `ASIA`.
  package var usesStaticKey: Bool { type == .iamUser && accessKeyID?.hasPrefix("AKIA") == true }
}

/// Where a call came from, made stable across addresses of one owner.
package struct EventOrigin: Equatable, Sendable {
  /// The stable key, such as `svc:cloudformation.amazonaws.com` or `corp:hq-egress`.
  package var source: String
  package var kind: SourceKind
  /// `sourceIPAddress` as logged.
  package var sourceIP: String
  package var vpcEndpointID: String?
  /// `userAgent` as logged.
  package var userAgent: String
  /// Product and channel without versions, such as `aws-cli` or `terraform`.
  package var userAgentFamily: String

  package init(
    source: String, kind: SourceKind, sourceIP: String, vpcEndpointID: String? = nil, userAgent: String = "",
    userAgentFamily: String = ""
  ) {
    self.source = source
    self.kind = kind
    self.sourceIP = sourceIP
    self.vpcEndpointID = vpcEndpointID
    self.userAgent = userAgent
    self.userAgentFamily = userAgentFamily
  }
}

/// The event's own documents as JSON text, secrets removed; empty text where the event has none.
package struct EventDetails: Equatable, Sendable {
  package var request: String
  package var response: String
  package var additional: String
  /// True when a document was too large to keep whole.
  package var isTruncated: Bool

  package init(
    request: String = "", response: String = "", additional: String = "", isTruncated: Bool = false
  ) {
    self.request = request
    self.response = response
    self.additional = additional
    self.isTruncated = isTruncated
  }
}

/// Which raw record an observation came from.
package struct RecordReference: Hashable, Comparable, Sendable {
  /// The file, relative to the input it was found under.
  package var file: String
  /// The record's position in the file, from 0.
  package var index: Int
  /// SHA-256 of the record's bytes as delivered, in hex; empty where records aren't kept.
  package var sha256: String

  package init(file: String, index: Int, sha256: String) {
    self.file = file
    self.index = index
    self.sha256 = sha256
  }

  package static func < (one: RecordReference, other: RecordReference) -> Bool {
    (one.file, one.index) < (other.file, other.index)
  }
}
