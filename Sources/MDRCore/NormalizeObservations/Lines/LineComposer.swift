/// Writes native records as lines of `observations.jsonl` without making observations of them.
///
/// Most of a line says what many lines say: who, which call, from where. Such pieces are written once, kept by digests
/// of the raw bytes that they come from, and put together with what each event has for its own. Whatever is unusual is
/// left to the general code. One for each thread.
struct LineComposer: ~Copyable {
  /// What a record's line depends on, as digests.
  struct Keys {
    var identity: KeyedDigest
    var call: KeyedDigest
    var address: KeyedDigest
    var isSignIn: Bool
    var isAtGlobalEndpoint: Bool
  }

  /// What is known of an identity.
  struct IdentityFacts {
    /// The digest of what kind of actor it is, whoever it is: what family, risk and source ask for.
    var kind = KeyedDigest.none
    /// The digest of what critical outcomes ask for besides.
    var access = KeyedDigest.none
    var account = 0
    var actorAccount = 0
    /// The identity names nobody: the event's service does, so that the entry for both counts.
    var isOfService = false
  }

  struct CallFacts {
    var region: Int
    var targetService: Int
    /// No event, or one in which members are secrets that hide nothing elsewhere.
    var takesGeneralCode: Bool
  }

  struct NatureFacts {
    /// The position of what its critical outcomes depend on, or -1 where it can't be any.
    var needs: Int
    /// The position of the list of critical outcomes that it may be.
    var candidates: Int
    var family: BusinessFamily
    var risk: BusinessRisk
  }

  /// Sessions that are kept: their events stand near each other.
  private static var identityLimit: Int { 1 << 14 }

  let rules: NormalizationRules
  let hash = KeyedHash()
  var scanner: RecordScanner
  let tape = JSONTape()
  var identities = FragmentStore<LinePieces.Identity, IdentityFacts>(limit: identityLimit)
  /// The identities behind the numbers.
  var identitySamples: [ActorIdentity] = []
  var calls = FragmentStore<LinePieces.Call, CallFacts>()
  /// The calls behind the numbers.
  var callSamples: [EventCall] = []
  /// Family and risk of calls by a kind of actor, which are no critical outcomes.
  var natures = FragmentStore<LinePieces.Nature, NatureFacts>()
  var origins = FragmentStore<LinePieces.Origin, Void>(limit: identityLimit)
  /// The origins behind the numbers.
  var originSamples: [EventOrigin] = []
  let agents = SliceCache<String>(limit: identityLimit)
  /// Family, risk and critical outcomes, where they hang on the event too.
  var criticals = FragmentStore<LinePieces.Nature, Void>()
  var needs: [PreparedNeeds] = []
  var documentTapes = DocumentTapes()
  var candidates: [[Int]] = []
  var documents: DocumentCheck
  let scrubber = SecretScrubber()
  var output = JSONOutput()
  var pieces = PieceWriter()
  let actorMemo = ActorResolver.Memo()
  var digest = RepeatedSHA256()
  var places = LinePlaces()
  /// By a member's number, whether it says how a sign-in ended.
  private let signInNames: [Bool]
  private var globalEndpoints = GlobalEndpoints()
  /// What the documents of the record at hand name.
  var targets: TargetCollector

  /// What the line at hand takes at most, besides documents that are rewritten.
  private var lineSize = 0
  private var lastDay = (day: Int.min, text: [UInt8]())

  init(rules: NormalizationRules) {
    self.rules = rules
    let names = MemberNames(
      rules.targets.memberNames.union(Normalizer.signInMembers), hiding: SecretMembers.hiddenContainers)
    scanner = RecordScanner(names: names)
    var signIns = [Bool](repeating: false, count: names.count + 1)
    for name in Normalizer.signInMembers { signIns[names.number(of: name)] = true }
    signInNames = signIns
    documents = DocumentCheck(hash: hash)
    targets = TargetCollector(table: rules.targets, names: names)
  }

  /// What the line of a record says to whoever counts it.
  struct Composed {
    /// Where the record ends.
    var end: Int
    var id: EventDigest
    var seconds: Int
    var place: Int
    var shared: EventDigest?
  }

  /// Appends the line of the record that starts at a place; `nil`, and nothing written, where that is left to the
  /// general code.
  mutating func compose(
    _ bytes: UnsafePointer<UInt8>, from start: Int, count: Int, index: Int,
    file: UnsafeBufferPointer<UInt8>, to line: inout LineCursor
  ) -> Composed? {
    guard let end = scanner.scan(bytes, from: start, count: count) else { return nil }
    let eventID = scanner[.eventID]
    let shared = scanner[.sharedEventID]
    let written = scanner[.eventTime].isEmpty ? scanner[.timestamp] : scanner[.eventTime]
    guard isUsual, let id = digest(ofID: eventID), shared.isEmpty || isPlain(shared),
      let time = Timestamp(utf8: scanner.buffer(written)), time.isKnown
    else { return nil }

    let keys = keys()
    guard let call = call(keys), !calls[call].takesGeneralCode, let identity = identity(keys, call: call),
      targets.collect(from: scanner, service: calls[call].targetService)
    else { return nil }
    let nature = nature(keys, call: call, identity: identity)
    let origin = origin(keys, identity: identity)
    var critical: Int?
    if natures[nature].needs >= 0 {
      critical = self.critical(keys, call: call, identity: identity, nature: nature, origin: origin)
      if critical == nil { return nil }
    }

    // All that is copied from the record is there once, and a text of it perhaps once more as a resource.
    lineSize =
      (end - start) * 4 + file.count + size(identity, call, nature, origin)
      + (critical.map { criticals.size(of: $0) } ?? 0) + 4_096
    line.reserve(lineSize)
    let mark = line.count
    line.append(UInt8(ascii: "{"))
    line.append(identities.piece(.actor, of: identity))
    guard
      append(
        scanner[.additionalEventData].isEmpty ? .serviceEventDetails : .additionalEventData,
        as: ",\"additional\":", to: &line)
    else { return drop(&line, mark) }
    line.append(identities.piece(.archetype, of: identity))
    line.append(calls.piece(.awsRegion, of: call))
    line.append(critical.map { criticals.piece(.business, of: $0) } ?? natures.piece(.business, of: nature))
    line.append(calls.piece(.error, of: call))
    line.append(",\"event_id\":\"")
    line.append(scanner.buffer(eventID))
    line.append("\"")
    line.append(calls.piece(.event, of: call))
    append(time, to: &line)
    line.append(calls.piece(.type, of: call))
    appendNotes(identity, call, origin, to: &line)
    line.append(identities.piece(.invoker, of: identity))
    line.append(calls.piece(.outcome, of: call))
    line.append(critical.map { criticals.piece(.criticals, of: $0) } ?? natures.piece(.criticals, of: nature))
    line.append(identities.piece(.person, of: identity))
    line.append(calls.piece(.access, of: call))
    line.append(",\"record\":{\"file\":")
    line.append(file)
    line.append(",\"index\":")
    line.append(number: index)
    line.append(",\"sha256\":\"")
    line.append(hex: digest.bytes(UnsafeBufferPointer(start: bytes + start, count: end - start)))
    line.append("\"}")
    line.append(calls.piece(.region, of: call))
    guard append(.requestParameters, as: ",\"request\":", to: &line) else { return drop(&line, mark) }
    targets.appendResources(to: &line)
    guard append(.responseElements, as: ",\"response\":", to: &line) else { return drop(&line, mark) }
    line.append(identities.piece(.session, of: identity))
    if !shared.isEmpty {
      line.append(",\"shared_event_id\":\"")
      line.append(scanner.buffer(shared))
      line.append("\"")
    }
    line.append(origins.piece(.source, of: origin))
    targets.appendTargets(to: &line)
    line.append(origins.piece(.agent, of: origin))
    line.append("}\n")
    return Composed(
      end: end, id: id, seconds: time.seconds,
      place: places.number(account: identities[identity].account, region: calls[call].region),
      shared: shared.isEmpty ? nil : EventDigest(scanner.buffer(shared)))
  }

  private func drop(_ line: inout LineCursor, _ mark: Int) -> Composed? {
    line.truncate(to: mark)
    return nil
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
      identity: digest(.account, after: digest(.recipientAccountId, after: digest(.userIdentity))),
      call: hash.digest(
        access | (scanner.hasErrorMessage ? 4 : 0) | (isGlobal ? 8 : 0), 0, after: call),
      address: digest(.userAgent, after: digest(.vpcEndpointId, after: digest(.sourceIPAddress))),
      isSignIn: isSignIn, isAtGlobalEndpoint: isGlobal)
  }

  /// The digest of an identity and the service that names it.
  func service(after identity: KeyedDigest) -> KeyedDigest {
    digest(.eventType, after: digest(.eventSource, after: identity))
  }

  private func size(_ identity: Int, _ call: Int, _ nature: Int, _ origin: Int) -> Int {
    identities.size(of: identity) + calls.size(of: call) + natures.size(of: nature) + origins.size(of: origin)
  }

  // MARK: - Members

  private mutating func append(_ time: Timestamp, to line: inout LineCursor) {
    if time.day != lastDay.day { lastDay = (time.day, Array(Timestamp.startOfDay(time.day).date.utf8)) }
    line.append(",\"event_time\":\"")
    lastDay.text.withUnsafeBufferPointer { line.append($0) }
    let second = time.seconds - time.day * 86_400
    func append(_ first: StaticString, _ value: Int) {
      line.append(first)
      line.append(0x30 + UInt8(value / 10))
      line.append(0x30 + UInt8(value % 10))
    }
    append("T", second / 3_600)
    append(":", second / 60 % 60)
    append(":", second % 60)
    line.append("Z\"")
  }

  private func appendNotes(_ identity: Int, _ call: Int, _ origin: Int, to line: inout LineCursor) {
    line.append(",\"generalisations\":[")
    var isFirst = true
    func append(_ piece: UnsafeBufferPointer<UInt8>) {
      guard !piece.isEmpty else { return }
      if !isFirst { line.append(UInt8(ascii: ",")) }
      isFirst = false
      line.append(piece)
    }
    append(identities.piece(.notes, of: identity))
    append(origins.piece(.notes, of: origin))
    append(calls.piece(.notes, of: call))
    line.append("]")
  }

  /// Appends a document as `SecretScrubber` leaves it; `false` where it is too long for that.
  private mutating func append(
    _ member: RecordMember, as key: StaticString, to line: inout LineCursor
  ) -> Bool {
    let slice = scanner[member]
    guard !slice.isEmpty else { return true }
    guard slice.count <= Normalizer.detailLimit else { return false }
    line.append(key)
    let document = scanner.buffer(slice)
    if documents.isClean(document) {
      line.append(document)
      return true
    }
    guard case .value = tape.parse(scanner.bytes, from: slice.start, count: scanner.count) else {
      return false
    }
    output.removeAll()
    scrubber.append(tape, 0, eventSource: "", eventName: "", to: &output)
    line.reserve(output.count + lineSize)
    output.withBytes { line.append($0) }
    return true
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
