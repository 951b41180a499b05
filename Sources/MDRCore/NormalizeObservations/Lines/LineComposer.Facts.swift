/// What a composer knows of the pieces that lines are put together from.
extension LineComposer {
  /// What a record's line depends on, as digests.
  struct Keys {
    var identity: KeyedDigest
    var call: KeyedDigest
    var address: KeyedDigest
    var isSignIn: Bool
    var isAtGlobalEndpoint: Bool
  }

  /// What is known of an identity besides its pieces.
  struct IdentityFacts {
    /// The digest of the kind of actor, whoever it is: family, risk and source depend on it.
    var kind = KeyedDigest.none
    /// The digest of what else critical outcomes depend on.
    var access = KeyedDigest.none
    /// The numbers of the account that the call was made in, and of the actor's own.
    var account = 0
    var actorAccount = 0
    /// The identity names nobody and the event's service does: the entry made for both is the one to use.
    var isOfService = false
  }

  /// What is known of a call besides its pieces.
  struct CallFacts {
    /// The numbers of its region and of its service, as places and the table of targets count them.
    var region: Int
    var targetService: Int
    /// The call names no event.
    var takesGeneralCode: Bool
    /// Members are secrets in it that are none in other events.
    var hasOwnSecrets: Bool
    var mark: CallMark
  }

  /// What is known of a call by a kind of actor besides its pieces.
  struct NatureFacts {
    /// The position of the critical outcomes that it may be, or -1 where it can't be any.
    var candidates: Int
    var family: BusinessFamily
    var risk: BusinessRisk
  }

  /// What is known of an event's critical outcomes besides their pieces.
  struct CriticalFacts {
    var classes: OverrideClasses
    /// Somebody has to ask for the actor, and nothing is said here.
    var asksForActor: Bool
  }

  /// How one session of a role was resolved, and the digests that `IdentityFacts` has of all that are like it.
  struct SessionSample {
    var resolution: ActorResolver.Resolution
    var kind: KeyedDigest
    var access: KeyedDigest
  }

  /// The numbers of the pieces that a line is put together from.
  struct Parts {
    var identity: Int
    var call: Int
    var nature: Int
    var origin: Int
    /// The number of the critical outcomes, where the event can be any.
    var critical: Int?
  }

  /// Where a record stands, as its line says.
  struct RecordPlace {
    var bytes: UnsafeBufferPointer<UInt8>
    /// The file's name as JSON.
    var file: UnsafeBufferPointer<UInt8>
    /// Its position in the file, from 0.
    var index: Int
  }

  /// What the line of a record says to whoever counts it.
  struct Composed {
    /// Where the record ends.
    var end: Int
    var event: EventKey
    /// The event's time, since 1970 in UTC.
    var seconds: Int
    /// The number of its account and region.
    var place: Int
    /// The id that deliveries of one event to several accounts have in common.
    var shared: EventDigest?
  }
}
