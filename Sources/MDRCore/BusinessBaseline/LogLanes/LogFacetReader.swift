/// Reads the parts of a scanned record as numbers; each distinct part is canonicalised once.
///
/// Parts are found by digests of their raw bytes, and what they amount to comes from the code that makes observations.
final class LogFacetReader {
  let rules: NormalizationRules
  let normalizer: Normalizer
  let scanner: RecordScanner
  let hash: KeyedHash
  let inventory: Inventory
  let patterns: ResourcePattern
  var strings = StringTable()

  /// Identities, addresses and values differ with every session, so their tables are bounded.
  private static let memoLimit = 1 << 20

  let sessions = FacetTable<SessionFacet>(limit: memoLimit)
  let actors = FacetTable<ActorFacet>()
  let calls = FacetTable<CallFacet>()
  let addresses = FacetTable<AddressFacet>(limit: memoLimit)
  let identitySources = FacetTable<SourceFacet>(limit: memoLimit)
  let agents = FacetTable<UInt32?>(limit: memoLimit)
  let accounts = FacetTable<UInt32>()
  let values = FacetTable<ValueFacet>(limit: memoLimit)
  let habits = FacetTable<HabitFacet>()
  let overrides = FacetTable<OverrideFacet>(limit: memoLimit)
  let sessionNames = FacetTable<(UInt32, UInt32?)>(limit: memoLimit)
  private let signInName: Int
  let tape = JSONTape()
  let typePositions = Dictionary(
    ActorType.allCases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  /// What the documents of the event at hand show.
  var shownValues: [ValueFacet] = []
  var lastDay: (day: Int, digest: UInt64) = (.min, 0)
  let actorMemo = ActorResolver.Memo()

  init(rules: NormalizationRules, inventory: Inventory, hash: KeyedHash) {
    self.rules = rules
    self.inventory = inventory
    self.hash = hash
    normalizer = Normalizer(rules: rules, keepsDetails: false)
    scanner = RecordScanner(names: MemberNames(rules.targets.memberNames.union(["ConsoleLogin"])))
    signInName = scanner.names.number(of: "ConsoleLogin")
    patterns = ResourcePattern(keeping: inventory.crownJewels)
  }

  /// The digest of a member's bytes.
  @inline(__always)
  func digest(_ member: RecordMember, after start: KeyedDigest = .none) -> KeyedDigest {
    hash.digest(scanner.buffer(scanner[member]), after: start)
  }

  /// The text of a slice, escapes decoded; `nil` for an empty one.
  func text(_ slice: RecordScanner.Slice) -> String? {
    guard !slice.isEmpty else { return nil }
    let bytes = scanner.buffer(slice)
    return slice.hasEscapes
      ? String(decoding: JSONText.unescaped(bytes), as: UTF8.self) : String(decoding: bytes, as: UTF8.self)
  }

  func text(_ member: RecordMember) -> String? { text(scanner[member]) }

  // MARK: - Call

  /// The number of the call and, by its digest, what was hashed.
  func call() -> (number: Int, digest: KeyedDigest) {
    let signIn = signIn
    var digest = digest(.eventSource)
    digest = self.digest(.eventName, after: digest)
    digest = self.digest(.awsRegion, after: digest)
    digest = self.digest(.eventType, after: digest)
    digest = self.digest(.errorCode, after: digest)
    let readOnly: UInt64 = scanner.isReadOnly.map { $0 ? 2 : 1 } ?? 0
    let flags = readOnly | (scanner.hasErrorMessage ? 4 : 0)
    digest = hash.digest(flags, 0, after: digest)
    if let signIn { digest = hash.digest(scanner.buffer(signIn), after: digest) }
    return (calls.number(for: digest) { makeCall(signIn: signIn.flatMap(text)) }, digest)
  }

  /// The result of a console sign-in: a member of the response, not of what lies below it.
  private var signIn: RecordScanner.Slice? {
    let response = scanner[.responseElements]
    guard !response.isEmpty else { return nil }
    return scanner.found.last { value in
      value.name == signInName && value.depth == 2 && value.slice.start > response.start
        && value.slice.start < response.start + response.count
    }?.slice
  }

  private func makeCall(signIn: String?) -> CallFacet {
    let eventSource = EventNaming.source(text(.eventSource) ?? "")
    let rawName = text(.eventName) ?? ""
    let name = rules.events.name(rawName, eventSource: eventSource)
    let awsRegion = text(.awsRegion) ?? ""
    let outcome = Outcome(
      errorCode: text(.errorCode), hasMessage: scanner.hasErrorMessage, signIn: signIn)
    return CallFacet(
      event: strings.intern(eventSource + ":" + name),
      region: strings.intern(EventNaming.region(awsRegion, eventSource: eventSource)),
      awsRegion: strings.intern(awsRegion), eventSource: eventSource,
      targetService: rules.targets.serviceNumber(eventSource), eventName: name, rawEventName: rawName,
      outcome: outcome, isReadOnly: scanner.isReadOnly ?? EventNaming.isRead(name),
      isSetAside: text(.eventType) == "AwsCloudTrailInsight" || text(.eventSource) == "aws:s3")
  }

  // MARK: - Account

  /// The number of the account that the event belongs to.
  func account(of actor: ActorFacet) -> UInt32 {
    if !scanner[.recipientAccountId].isEmpty { return account(.recipientAccountId) }
    if let account = actor.account { return account }
    return scanner[.account].isEmpty ? strings.intern("unknown") : account(.account)
  }

  private func account(_ member: RecordMember) -> UInt32 {
    accounts[accounts.number(for: digest(member)) { strings.intern(text(member) ?? "") }]
  }

  // MARK: - Source

  /// The source and its kind, and the digest of what was hashed.
  func source(of actor: Int) -> (facet: SourceFacet, digest: KeyedDigest) {
    let digest = digest(.vpcEndpointId, after: digest(.sourceIPAddress))
    let address = addresses.number(for: digest) { makeAddress() }
    if case .settled(let facet) = addresses[address] { return (facet, digest) }
    let key = hash.digest(UInt64(actor), 1, after: digest)
    let number = identitySources.number(for: key) { source(by: actors[actor].identity) }
    return (identitySources[number], digest)
  }

  private func makeAddress() -> AddressFacet {
    let address = text(.sourceIPAddress) ?? ""
    let isService = address.hasSuffix(".amazonaws.com") || address.hasSuffix(".amazonaws.com.cn")
    let isSettled =
      address == "AWS Internal" || address == "AWS internal"
      || !isService && (text(.vpcEndpointId) != nil || IPAddress(address) != nil)
    guard isSettled else { return .ofIdentity }
    return .settled(source(by: ActorIdentity(actor: "", type: .unknown)))
  }

  private func source(by identity: ActorIdentity) -> SourceFacet {
    var (origin, _) = SourceResolver.resolve(
      sourceIP: text(.sourceIPAddress) ?? "", vpcEndpointID: text(.vpcEndpointId), identity: identity,
      userAgent: "", userAgentFamily: "")
    if let owned = inventory.resolved(origin)?.origin { origin = owned }
    return SourceFacet(source: strings.intern(origin.source), kind: origin.kind)
  }

  /// The number of the user agent's family.
  func agent() -> (number: UInt32?, digest: KeyedDigest) {
    let digest = digest(.userAgent)
    let number = agents.number(for: digest) {
      let family = UserAgentFamily.name(of: text(.userAgent) ?? "")
      return family.isEmpty ? nil : strings.intern(family)
    }
    return (agents[number], digest)
  }
}
