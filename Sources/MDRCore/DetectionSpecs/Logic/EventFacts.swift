/// What logic needs to know of one event, before or after it becomes an observation.
package struct EventFacts {
  package var eventName: String
  package var rawEventName: String
  package var eventSource: String
  package var eventType = "AwsApiCall"
  package var outcome: Outcome = .success
  package var errorCode: String?
  package var isReadOnly = false
  package var accountID: String
  package var actorAccountID: String
  package var region = ""
  package var awsRegion = ""
  package var identity: ActorIdentity
  package var origin: EventOrigin
  package var businessFamily: BusinessFamily = .other
  package var businessRisk: BusinessRisk = .operationalChange
  package var overrides: [OverrideClass] = []
  package var targets: [String: [String]] = [:]
  package var resources: [String] = []
  package var request: LazyDocument = .none
  package var response: LazyDocument = .none
  package var additional: LazyDocument = .none
  /// True when a document was cut, so that what is missing may have been there.
  package var isTruncated = false
  /// Notes what is looked at, where somebody wants to know.
  var reads: FactReads?

  package init(
    eventName: String, rawEventName: String? = nil, eventSource: String, accountID: String,
    actorAccountID: String? = nil, identity: ActorIdentity, origin: EventOrigin
  ) {
    self.eventName = eventName
    self.rawEventName = rawEventName ?? eventName
    self.eventSource = eventSource
    self.accountID = accountID
    self.actorAccountID = actorAccountID ?? accountID
    self.identity = identity
    self.origin = origin
  }

  /// The actor belongs to another account than the event.
  var isCrossAccount: Bool { Self.isCrossAccount(actorAccountID, accountID) }

  static func isCrossAccount(_ actorAccountID: String, _ accountID: String) -> Bool {
    !actorAccountID.isEmpty && actorAccountID != accountID
  }

  /// AWS itself acted: a source address alone proves nothing, a person's forwarded session logs one too.
  package var isByAWSService: Bool { Self.isByAWSService(identity.type, identity.archetype) }

  static func isByAWSService(_ type: ActorType, _ archetype: Archetype) -> Bool {
    type == .awsService || archetype == .serviceLinkedRole || archetype == .servicePrincipal
  }
}

/// A document that is parsed at its first use, because most events are answered without it.
package final class LazyDocument {
  private var read: (() -> TapeNode?)?
  private var found: TapeNode?
  private var made: JSONValue?

  init(_ read: @escaping () -> TapeNode?) { self.read = read }

  /// A document on a tape that stays as it is while the document is asked; `nil` where the event has none.
  init(_ root: TapeNode?) { found = root }

  /// Takes another such document in place of what it held.
  func hold(_ root: TapeNode?) {
    found = root
    (read, made) = (nil, nil)
  }

  /// A document of its own text, none where that is empty or can't be read.
  package convenience init(text: String) {
    if text.isEmpty {
      self.init(nil)
    } else {
      self.init { (try? JSONTape.parsed(text)).map { TapeNode($0, 0) } }
    }
  }

  /// A document that the event doesn't have.
  package static var none: LazyDocument { LazyDocument(nil) }

  /// The document where it lies, or `nil` where the event has none or it can't be read.
  var root: TapeNode? {
    if let read {
      found = read()
      self.read = nil
    }
    return found
  }

  /// The whole document, made once.
  var value: JSONValue? {
    if made == nil { made = root?.value }
    return made
  }
}
