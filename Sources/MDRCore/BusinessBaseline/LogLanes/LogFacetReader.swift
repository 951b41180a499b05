/// Reads the parts of a scanned record as numbers; each distinct part is canonicalised once.
///
/// Parts are found by digests of their raw bytes, and what they amount to comes from the code that makes observations.
struct LogFacetReader: ~Copyable {
  let rules: NormalizationRules
  let normalizer: Normalizer
  var scanner: RecordScanner
  let hash: KeyedHash
  let inventory: Inventory
  let patterns: ResourcePattern
  var strings = StringTable()

  /// Identities, addresses and values differ with every session, so their tables are bounded.
  static var memoLimit: Int { 1 << 18 }

  var actors = FacetTable<ActorFacet>()
  var identities: [ActorIdentity] = []
  /// Principals by what their sessions share and the session's name.
  var sessions = RecentMap<KeyedDigest>()
  /// Digests of sessions by their owners and starts.
  var starts = RecentMap<KeyedDigest>()
  var calls = FacetTable<CallFacet>()
  var callSamples: [EventCall] = []
  var addresses = DigestMap<AddressFacet>(limit: memoLimit)
  var identitySources = DigestMap<SourceFacet>(limit: memoLimit)
  var agents = DigestMap<NameNumber>(limit: memoLimit)
  var accounts = DigestMap<NameNumber>(limit: memoLimit)
  var globalEndpoints = GlobalEndpoints()
  /// Values come again soon or not at all: a table of all would take more memory than making some anew takes time.
  var values = RecentMap<ValueFacet>(capacity: 1 << 15)
  /// Names by the digest of their bytes, so that a text is made once for each.
  var byteNames = DigestMap<NameNumber>(limit: memoLimit)
  var habitNumbers = DigestTable()
  var habits = HabitTable()
  /// The marks of events that were judged, and what the marks stand for.
  var overrideMarks = DigestMap<UInt64>(limit: memoLimit)
  var outcomes: [UInt64: CriticalOutcomes] = [:]
  /// What a call's overrides depend on, for each kind of actor: 0 not asked yet, 1 nothing, else the number among `criticals` plus 2.
  var dependences: [UInt16] = []
  var criticals: [CriticalCandidates] = []
  var documents = DocumentTapes()
  /// The same without what has to stay out; only those that overrides are judged by.
  var cleanDocuments: LineDocuments
  /// Judges one event after the other, and what it was told of the last.
  let evaluator = LogicEvaluator()
  var judged = (call: -1, actor: -1, account: NameNumber.none)

  /// Family and risk by call and archetype, and which of them are known.
  private var natures: [(family: BusinessFamily, risk: BusinessRisk)?] = []

  let signInNames: [Int]
  /// By the number of a name, whether it is one of these.
  private let areSignIns: [Bool]
  let tape = JSONTape()
  let actorMemo = ActorResolver.Memo()
  let typePositions = Dictionary(
    ActorType.allCases.enumerated().map { ($1, UInt32($0)) }, uniquingKeysWith: { first, _ in first })
  let archetypePositions = Dictionary(
    Archetype.allCases.enumerated().map { ($1, UInt32($0)) }, uniquingKeysWith: { first, _ in first })
  /// What the documents of the event at hand show.
  var shownValues = ScratchList<ValueFacet>(capacity: 2 * RecordScanner.valueLimit)
  /// The keys of the values that can show a habit, and where those of named members were found.
  var valueKeys = ScratchList<KeyedDigest>(capacity: 2 * RecordScanner.valueLimit)
  var shownFound = ScratchList<Int>(capacity: RecordScanner.valueLimit)
  /// What named members say, by service and name: 0 not asked yet, 1 nothing, else the facet's number plus 2.
  var members: [Int] = []
  var memberFacets: [MemberFacet] = []
  /// Where the shape of a value is written, and what shapes seen before say: few values differ in more than an id.
  var shapeRoom = ShapeRoom()
  var shapes = DigestMap<ValueFacet>(limit: memoLimit)
  var times = TimestampReader()
  var lastDay: (day: Int, digest: UInt64) = (.min, 0)
  var lastOwner: (account: NameNumber, start: SessionCounter.Start) = (.none, SessionCounter.Start(""))

  init(rules: NormalizationRules, inventory: Inventory, hash: KeyedHash) {
    self.rules = rules
    self.inventory = inventory
    self.hash = hash
    cleanDocuments = LineDocuments(hash: hash)
    normalizer = Normalizer(rules: rules, keepsDetails: false)
    let names = MemberNames(
      rules.targets.memberNames.union(Normalizer.signInMembers), hiding: SecretMembers.hiddenContainers)
    scanner = RecordScanner(names: names)
    signInNames = Normalizer.signInMembers.map { names.number(of: $0) }
    areSignIns = (0...names.count).map(signInNames.contains)
    patterns = ResourcePattern(keeping: inventory.crownJewels)
  }

  /// The digest of a member's bytes.
  @inline(__always)
  func digest(_ member: RecordMember, after start: KeyedDigest = .none) -> KeyedDigest {
    hash.digest(scanner.buffer(scanner[member]), after: start)
  }

  /// The text of a slice, escapes decoded; `nil` for an empty one.
  func text(_ slice: RecordScanner.Slice) -> String? {
    scanner.text(slice)
  }

  func text(_ member: RecordMember) -> String? { text(scanner[member]) }

  mutating func name(_ text: String?) -> NameNumber { text.map { strings.intern($0) } ?? .none }

  // MARK: - Call

  /// The number of the call, and the digest of what was hashed.
  @inline(__always)
  mutating func call() -> (number: Int, digest: KeyedDigest) {
    let signIn = scanner.found.isEmpty ? nil : signIn()
    var digest = digest(.eventSource)
    digest = self.digest(.eventName, after: digest)
    digest = self.digest(.awsRegion, after: digest)
    digest = self.digest(.eventType, after: digest)
    digest = self.digest(.errorCode, after: digest)
    let readOnly: UInt64 = scanner.isReadOnly.map { $0 ? 2 : 1 } ?? 0
    let isGlobal = globalEndpoints.include(scanner, tape, hash)
    digest = hash.digest(
      readOnly | (scanner.hasErrorMessage ? 4 : 0) | (isGlobal ? 8 : 0), 0, after: digest)
    if let signIn { digest = hash.digest(scanner.buffer(signIn), after: digest) }
    if let known = calls.number(for: digest) { return (known, digest) }
    let result = text(signIn ?? RecordScanner.Slice())
    return (makeCall(digest, signIn: result, isGlobal: isGlobal), digest)
  }

  /// The result of a console sign-in: a member of the response, not of what lies below it.
  ///
  /// `mutating` though nothing changes: for a method that only reads, the whole reader would be copied at each call.
  @inline(__always)
  private mutating func signIn() -> RecordScanner.Slice? {
    for value in scanner.found where areSignIns[value.name] { return makeSignIn() }
    return nil
  }

  private mutating func makeSignIn() -> RecordScanner.Slice? {
    let response = scanner[.responseElements]
    guard !response.isEmpty else { return nil }
    for name in signInNames {
      let member = scanner.found.last { value in
        value.name == name && value.depth == 2 && value.slice.start > response.start
          && value.slice.start < response.start + response.count
      }
      if let member { return member.slice }
    }
    return nil
  }

  private mutating func makeCall(_ digest: KeyedDigest, signIn: String?, isGlobal: Bool) -> Int {
    let call = EventCall(scanner, signIn: signIn, naming: rules.events, isAtGlobalEndpoint: isGlobal)
    callSamples.append(call)
    dependences += [UInt16](repeating: 0, count: ActorType.allCases.count)
    natures += Array(repeating: nil, count: Archetype.allCases.count)
    return calls.insert(
      digest,
      CallFacet(
        targetService: rules.targets.serviceNumber(call.eventSource),
        isSetAside: RecordSigns.isSetAside(scanner),
        mark: CallMark(eventSource: call.eventSource, eventName: call.eventName),
        isChange: call.outcome == .success && !call.isReadOnly, outcome: call.outcome,
        event: strings.intern(call.eventSource + ":" + call.eventName), region: strings.intern(call.region),
        awsRegion: strings.intern(call.awsRegion)))
  }

  /// The family and the risk of a call by an actor.
  mutating func classification(
    of call: Int, by actor: Int
  ) -> (family: BusinessFamily, risk: BusinessRisk) {
    let place = call * Archetype.allCases.count + Int(actors[actor].archetype)
    if let known = natures[place] { return known }
    let sample = callSamples[call]
    let found = normalizer.classification(
      eventSource: sample.eventSource, eventName: sample.eventName, isReadOnly: sample.isReadOnly,
      archetype: identities[actor].archetype)
    natures[place] = found
    return found
  }

  // MARK: - Account

  /// The account that the event belongs to.
  @inline(__always)
  mutating func account(of actor: ActorFacet) -> NameNumber {
    if !scanner[.recipientAccountId].isEmpty { return account(.recipientAccountId) }
    if actor.account != .none { return actor.account }
    return scanner[.account].isEmpty ? strings.intern("unknown") : account(.account)
  }

  private mutating func account(_ member: RecordMember) -> NameNumber {
    let digest = digest(member)
    if let known = accounts[digest] { return known }
    return accounts.insert(digest, name(text(member)))
  }

  // MARK: - Source

  /// The source and its kind, and the digest of what was hashed.
  @inline(__always)
  mutating func source(of actor: Int) -> (facet: SourceFacet, digest: KeyedDigest) {
    let digest = digest(.vpcEndpointId, after: digest(.sourceIPAddress))
    let facet = addresses[digest] ?? makeAddress(digest)
    if facet.isSettled { return (facet.source, digest) }
    let key = hash.digest(UInt64(actor), 1, after: digest)
    return (identitySources[key] ?? identitySources.insert(key, source(by: identities[actor])), digest)
  }

  private mutating func makeAddress(_ digest: KeyedDigest) -> AddressFacet {
    let address = text(.sourceIPAddress) ?? ""
    let isService = address.hasSuffix(".amazonaws.com") || address.hasSuffix(".amazonaws.com.cn")
    let isSettled =
      address == "AWS Internal" || address == "AWS internal"
      || !isService && (text(.vpcEndpointId) != nil || IPAddress(address) != nil)
    var facet = AddressFacet(isSettled: isSettled)
    if isSettled { facet.source = source(by: ActorIdentity(actor: "", type: .unknown)) }
    return addresses.insert(digest, facet)
  }

  private mutating func source(by identity: ActorIdentity) -> SourceFacet {
    var (origin, _) = SourceResolver.resolve(
      sourceIP: text(.sourceIPAddress) ?? "", vpcEndpointID: text(.vpcEndpointId), identity: identity,
      userAgent: "", userAgentFamily: "", explains: false)
    if let owned = inventory.resolved(origin)?.origin { origin = owned }
    return SourceFacet(source: strings.intern(origin.source), kind: origin.kind)
  }

  /// The family of the user agent.
  @inline(__always)
  mutating func agent() -> (number: NameNumber, digest: KeyedDigest) {
    let digest = digest(.userAgent)
    if let known = agents[digest] { return (known, digest) }
    let family = UserAgentFamily.name(of: text(.userAgent) ?? "")
    return (agents.insert(digest, name(family.isEmpty ? nil : family)), digest)
  }
}
