/// One line of `observations.jsonl` before it becomes an observation: its members where they stand on the tape.
///
/// Valid during the call that hands it over.
struct ObservationLine {
  typealias Member = ObservationDecoder.Member

  let decoder: ObservationDecoder
  let tape: JSONTape

  /// A digest of what like lines have in common: who called what, where, from where, and how it ended.
  ///
  /// Left out is what tells one call from its like: ids and times, the session's names and keys, addresses, resources,
  /// targets and documents. Of access keys only the long-lived ones, which identify their user, are part of it.
  func digest(_ hash: KeyedHash) -> KeyedDigest {
    var (present, kinds): (UInt64, UInt64) = (0, 0)
    var digest = KeyedDigest.none
    for (place, member) in Self.shared.enumerated() {
      guard let node = decoder.node(member) else { continue }
      present |= 1 << UInt64(place)
      // Each kind takes three bits; those that don't fit into one word go into the other, beside the marks of what is
      // there.
      let kind = UInt64(tape.kind(node).rawValue)
      if place < 21 { kinds |= kind << UInt64(3 * place) } else { present |= kind << UInt64(3 * place - 31) }
      digest = hash.digest(tape.slice(node), after: digest)
    }
    if let key = longLivedKey {
      present |= 1 << 63
      digest = hash.digest(key, after: digest)
    }
    return hash.digest(present, kinds, after: digest)
  }

  /// The members that like lines have in common.
  private static let shared: [Member] = [
    .accountID, .actor, .actorAccountID, .actorType, .archetype, .awsRegion, .businessFamily, .businessRisk,
    .detailsTruncated, .errorCode, .eventName, .eventSource, .eventType, .invokedBy, .mfa, .outcome,
    .overrideReasons, .person, .rawEventName, .readOnly, .region, .sessionClass, .source, .sourceKind,
    .userAgentFamily, .vpcEndpointID,
  ]

  private var longLivedKey: UnsafeBufferPointer<UInt8>? {
    guard let node = decoder.node(.accessKeyID), tape.kind(node) == .string else { return nil }
    let key = tape.slice(node)
    // An escape might spell the prefix too.
    return tape.hasEscapes(node) || key.starts(with: "AKIA".utf8) ? key : nil
  }

  /// The event's id; `nil` where it is missing or has to be decoded.
  var eventID: UnsafeBufferPointer<UInt8>? { plain(.eventID) }

  /// The event's id and call; `nil` where one of them is missing or has to be decoded, and for critical outcomes.
  var event: EventKey? {
    guard decoder.node(.overrideReasons) == nil, let id = eventID, let source = plain(.eventSource),
      let name = plain(.eventName)
    else { return nil }
    return EventKey(id: EventDigest(id), call: CallMark(eventSource: source, eventName: name))
  }

  /// The event's time; `nil` where the line has none that can be read.
  var time: Timestamp? { plain(.eventTime).flatMap { Timestamp(utf8: $0) } }

  /// Whether the line says which record it came from.
  var hasRecord: Bool {
    guard let record = decoder.node(.record), let file = tape.member(record, "file") else { return false }
    return tape.kind(file) == .string && !tape.slice(file).isEmpty
  }

  /// The text of a member that is a string without escapes.
  func plain(_ member: Member) -> UnsafeBufferPointer<UInt8>? {
    guard let node = decoder.node(member), tape.kind(node) == .string, !tape.hasEscapes(node) else {
      return nil
    }
    let slice = tape.slice(node)
    return slice.isEmpty ? nil : slice
  }

  /// The text of a member.
  func text(_ member: Member) -> String? { tape.text(decoder.node(member)) }

  /// The first of the resources.
  var firstResource: String? { tape.strings(decoder.node(.resources)).first }

  /// The values of a target.
  func targetValues(_ name: String) -> [String] {
    guard let targets = decoder.node(.targets), tape.kind(targets) == .object,
      let node = tape.member(targets, utf8: Array(name.utf8))
    else { return [] }
    return tape.value(node).strings
  }
}

extension JSONTape {
  /// The member with a key; of repeated keys the last.
  func member(_ index: Index, utf8 key: [UInt8]) -> Index? {
    var found: Index?
    key.withUnsafeBufferPointer { wanted in
      forEachChild(index) { child in
        let isFound =
          nodes[child].keyHasEscapes
          ? Array(self.key(child).utf8) == key : keySlice(child).hasBytes(of: wanted)
        if isFound { found = child }
      }
    }
    return found
  }
}
