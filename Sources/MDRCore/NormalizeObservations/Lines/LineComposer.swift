/// Writes native records as lines of `observations.jsonl` without making observations of them.
///
/// Most of a line says what many lines say: who, which call, from where. Such pieces are written once, found again by
/// digests of the raw bytes that they come from, and joined with what belongs to the single event. Whatever is
/// unusual is left to the general code. One for each thread.
struct LineComposer: ~Copyable {
  /// The most identities that are kept: the events of one session stand near each other.
  static var identityLimit: Int { 1 << 14 }

  let rules: NormalizationRules
  let hash: KeyedHash
  var scanner: RecordScanner
  let tape = JSONTape()
  var identities = FragmentStore<LinePieces.Identity, IdentityFacts>(limit: identityLimit)
  /// The identities behind the numbers.
  var identitySamples: [ActorIdentity] = []
  /// A session of each role, by the digest of what its sessions share.
  var sessionNumbers = DigestTable()
  var sessionSamples: [SessionSample] = []
  var calls = FragmentStore<LinePieces.Call, CallFacts>()
  /// The calls behind the numbers.
  var callSamples: [EventCall] = []
  /// Family and risk of a call by a kind of actor, for events that are no critical outcomes.
  var natures = FragmentStore<LinePieces.Nature, NatureFacts>()
  var origins = FragmentStore<LinePieces.Origin, Void>(limit: identityLimit)
  /// The origins behind the numbers.
  var originSamples: [EventOrigin] = []
  let agents = SliceCache<String>(limit: identityLimit)
  /// Family, risk and critical outcomes, where these depend on the event's documents too.
  var criticals = FragmentStore<LinePieces.Nature, CriticalFacts>()
  var candidates: [CriticalCandidates] = []
  var documentTapes = DocumentTapes()
  let evaluator = LogicEvaluator()
  var documents: LineDocuments
  var pieces = PieceWriter()
  let actorMemo = ActorResolver.Memo()
  /// The records of lines whose digest is still to be written.
  var digests = WaitingDigests()
  var places = LinePlaces()
  /// By a member's number, whether it says how a sign-in ended.
  private let signInNames: [Bool]
  private var globalEndpoints = GlobalEndpoints()
  /// What the documents of the record at hand name.
  var targets: TargetCollector

  /// An upper bound for the line at hand, without documents that are rewritten.
  var lineSize = 0
  /// The day whose date was written last, and that date.
  var lastDay = (day: Int.min, text: [UInt8]())

  init(rules: NormalizationRules, hash: KeyedHash = KeyedHash()) {
    self.rules = rules
    self.hash = hash
    let names = MemberNames(
      rules.targets.memberNames.union(Normalizer.signInMembers), hiding: SecretMembers.hiddenContainers)
    scanner = RecordScanner(names: names)
    var signIns = [Bool](repeating: false, count: names.count + 1)
    for name in Normalizer.signInMembers { signIns[names.number(of: name)] = true }
    signInNames = signIns
    documents = LineDocuments(hash: hash)
    targets = TargetCollector(table: rules.targets, names: names)
  }

  /// Appends the line of the record that starts at a place; `nil`, and nothing written, where that is left to the
  /// general code.
  ///
  /// Its digest may be missing until `writeDigests` is called, and the record's bytes have to stay till then.
  mutating func compose(
    _ bytes: UnsafePointer<UInt8>, from start: Int, count: Int, index: Int,
    file: UnsafeBufferPointer<UInt8>, to line: inout LineCursor
  ) -> Composed? {
    guard let end = scanner.scan(bytes, from: start, count: count) else { return nil }
    documents.removeAll()
    let eventID = scanner[.eventID]
    let shared = scanner[.sharedEventID]
    let written = scanner[.eventTime].isEmpty ? scanner[.timestamp] : scanner[.eventTime]
    guard isUsual, let id = digest(ofID: eventID), shared.isEmpty || isPlain(shared),
      let time = Timestamp(utf8: scanner.buffer(written)), time.isKnown, let parts = parts()
    else { return nil }
    let place = RecordPlace(
      bytes: UnsafeBufferPointer(start: bytes + start, count: end - start), file: file, index: index)
    guard write(parts, of: place, at: time, to: &line) else { return nil }
    return Composed(
      end: end, event: EventKey(id: id, call: mark(of: parts)), seconds: time.seconds,
      place: places.number(
        account: identities[parts.identity].account, region: calls[parts.call].region),
      shared: shared.isEmpty ? nil : EventDigest(scanner.buffer(shared)))
  }

  /// The numbers of the pieces that the line of the record at hand consists of, each found or made; `nil` where the
  /// general code has to take the record.
  private mutating func parts() -> Parts? {
    let keys = keys()
    guard let call = call(keys), !calls[call].takesGeneralCode,
      !(calls[call].hasOwnSecrets && mayHoldOwnSecret(call)), let identity = identity(keys, call: call),
      targets.collect(from: scanner, service: calls[call].targetService)
    else { return nil }
    let nature = nature(keys, call: call, identity: identity)
    let origin = origin(keys, identity: identity)
    guard natures[nature].candidates >= 0 else {
      return Parts(identity: identity, call: call, nature: nature, origin: origin, critical: nil)
    }
    guard
      let critical = critical(keys, call: call, identity: identity, nature: nature, origin: origin)
    else { return nil }
    return Parts(identity: identity, call: call, nature: nature, origin: origin, critical: critical)
  }

  private func mark(of parts: Parts) -> CallMark {
    let mark = calls[parts.call].mark
    return parts.critical.map { mark.adding(criticals[$0].classes) } ?? mark
  }

  /// Whether the record at hand may hold a secret that is one in events of its call only.
  private func mayHoldOwnSecret(_ call: Int) -> Bool {
    let own = SecretMembers.own(
      eventSource: callSamples[call].eventSource, eventName: callSamples[call].eventName)
    let members: [RecordMember] = [
      .requestParameters, .responseElements, .additionalEventData, .serviceEventDetails,
    ]
    return members.contains { SecretMembers.mayStand(own, in: scanner.buffer(scanner[$0])) }
  }

  // MARK: - Keys

  /// Whether the documents stand in their order and name no more than observations hold.
  private var isUsual: Bool {
    guard scanner.found.count <= TargetTable.valueLimit else { return false }
    var last = 0
    for member in [RecordMember.requestParameters, .responseElements, .serviceEventDetails] {
      let slice = scanner[member]
      guard !slice.isEmpty else { continue }
      guard slice.start > last else { return false }
      last = slice.start
    }
    return true
  }

  @inline(__always)
  func digest(_ member: RecordMember, after start: KeyedDigest = .none) -> KeyedDigest {
    hash.digest(scanner.buffer(scanner[member]), after: start)
  }

  private mutating func keys() -> Keys {
    var call = digest(.eventSource)
    call = digest(.eventName, after: call)
    call = digest(.awsRegion, after: call)
    call = digest(.eventType, after: call)
    call = digest(.errorCode, after: call)
    // A sign-in says in its response how it ended.
    var isSignIn = false
    for found in scanner.found where signInNames[found.name] { isSignIn = true }
    if isSignIn { call = digest(.responseElements, after: call) }
    let access: UInt64 = scanner.isReadOnly.map { $0 ? 2 : 1 } ?? 0
    let isGlobal = globalEndpoints.include(scanner, tape, hash)
    return Keys(
      identity: digest(.account, after: digest(.recipientAccountId, after: identityDigest())),
      call: hash.digest(
        access | (scanner.hasErrorMessage ? 4 : 0) | (isGlobal ? 8 : 0), 0, after: call),
      address: digest(.userAgent, after: digest(.vpcEndpointId, after: digest(.sourceIPAddress))),
      isSignIn: isSignIn, isAtGlobalEndpoint: isGlobal)
  }

  /// The digest of the identity at hand, of which little is hashed where the rest is known.
  private mutating func identityDigest() -> KeyedDigest {
    guard scanner.identityNumber != nil, !scanner[.userIdentity].isEmpty else { return digest(.userIdentity) }
    let marks = scanner.marks
    var digest = hash.digest(scanner.buffer(marks.accessKeyID), after: scanner.lastingDigest(hash))
    digest = hash.digest(scanner.buffer(marks.sessionStart), after: digest)
    digest = hash.digest(scanner.buffer(marks.principalID), after: digest)
    return hash.digest(scanner.buffer(marks.sessionName), after: digest)
  }

  /// The digest of an identity and the service that names it.
  func service(after identity: KeyedDigest) -> KeyedDigest {
    digest(.eventType, after: digest(.eventSource, after: identity))
  }

  /// The digest of an event's id that stands in a line as it stands in the record; `nil` for any other.
  @inline(__always)
  private func digest(ofID slice: RecordScanner.Slice) -> EventDigest? {
    let text = scanner.buffer(slice)
    if let id = EventDigest.uuid(text) { return id }
    return !slice.isEmpty && isPlain(slice) ? EventDigest(text) : nil
  }

  /// Whether a text stands in a line as it stands in the record.
  func isPlain(_ slice: RecordScanner.Slice) -> Bool {
    !slice.hasEscapes && scanner.buffer(slice).allSatisfy { $0 < 0x7F && $0 != 0x5C }
  }
}
