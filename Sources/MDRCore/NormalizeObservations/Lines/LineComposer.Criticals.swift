/// Critical outcomes, which hang on the event's documents too.
extension LineComposer {
  /// The digest of all that the critical outcomes of the record at hand can depend on.
  func criticalKey(_ keys: Keys, kind: KeyedDigest, needs number: Int) -> KeyedDigest {
    let needs = needs[number]
    var key = hash.digest(kind.high, kind.low, after: keys.call)
    if needs.isOfAccounts || needs.isOfActorKind || needs.isOfActor || needs.isOfSession {
      key = hash.digest(keys.identity.high, keys.identity.low, after: key)
    }
    if needs.isOfAddress || needs.isOfSource {
      key = hash.digest(keys.address.high, keys.address.low, after: key)
    }
    if needs.isOfTargets {
      for member in [RecordMember.requestParameters, .responseElements, .serviceEventDetails] {
        key = digest(member, after: key)
      }
      for resource in scanner.resources { key = hash.digest(scanner.buffer(resource), after: key) }
    }
    key = digest(of: needs.request, in: .requestParameters, after: key)
    key = digest(of: needs.response, in: .responseElements, after: key)
    key = digest(of: needs.additional, in: .additionalEventData, after: key)
    return digest(of: needs.additional, in: .serviceEventDetails, after: key)
  }

  /// The digest of a document's members that are looked at; `nil` stands for all.
  private func digest(
    of members: Set<String>?, in member: RecordMember, after start: KeyedDigest
  ) -> KeyedDigest {
    guard let members else { return digest(member, after: start) }
    let document = scanner[member]
    guard !members.isEmpty else { return start }
    guard !document.isEmpty,
      case .value = tape.parse(scanner.bytes, from: document.start, count: scanner.count)
    else { return hash.digest(1, 0, after: start) }
    var digest = hash.digest(2, 0, after: start)
    tape.forEachChild(0) { child in
      guard members.contains(tape.key(child)) else { return }
      digest = hash.digest(tape.slice(child), after: hash.digest(tape.keySlice(child), after: digest))
      digest = hash.digest(UInt64(tape.kind(child).rawValue), 0, after: digest)
    }
    return digest
  }
}
