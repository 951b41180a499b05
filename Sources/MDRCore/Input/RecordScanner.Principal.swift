extension RecordScanner {
  /// The digest of what two sessions of one principal share: of the identity's bytes without those of its session.
  ///
  /// Always by the same hash, since it is kept with what is known of the identity.
  @inline(__always)
  mutating func lastingDigest(_ hash: KeyedHash) -> KeyedDigest {
    if let identityNumber {
      let known = identities[identityNumber].digest
      if known != .none { return known }
    }
    return makeLastingDigest(hash)
  }

  private mutating func makeLastingDigest(_ hash: KeyedHash) -> KeyedDigest {
    let identity = self[.userIdentity]
    var digest = KeyedDigest.none
    var place = identity.start
    func add(upTo end: Int) {
      digest = hash.digest(UnsafeBufferPointer(start: bytes + place, count: end - place), after: digest)
    }
    for part in SessionParts(marks, in: bytes).parts {
      add(upTo: part.start)
      place = part.start + part.count
    }
    add(upTo: identity.start + identity.count)
    if let identityNumber { identities[identityNumber].digest = digest }
    return digest
  }
}
