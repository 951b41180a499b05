/// Cutting pieces from lines that the general code has written.
extension LineComposer {
  /// Learns from the line of the record that was left to the general code last.
  ///
  /// `line` is the encoded observation; eight readable bytes have to follow it.
  mutating func learn(_ observation: Observation, line: UnsafeBufferPointer<UInt8>) {
    guard var keys = pending, let start = line.baseAddress,
      case .value = tape.parse(start, from: 0, count: line.count)
    else { return }
    pending = nil
    let cut = Cut(tape)
    let identity = observation.identity
    let kind = kind(of: identity)
    if identities.number(for: keys.identity).map({ identities[$0].isOfService }) ?? !hasARN {
      if identities.number(for: keys.identity) == nil {
        _ = identities.insert(keys.identity, IdentityFacts(isOfService: true), pieces: [])
      }
      keys.identity = service(after: keys.identity)
    }
    if identities.number(for: keys.identity) == nil {
      _ = identities.insert(
        keys.identity, IdentityFacts(kind: kind, account: places.name(observation.accountID)),
        pieces: cut.identity)
    }
    if calls.number(for: keys.call) == nil {
      _ = calls.insert(
        keys.call,
        CallFacts(
          region: places.name(observation.awsRegion), eventSource: observation.eventSource,
          targetService: rules.targets.serviceNumber(observation.eventSource)),
        pieces: cut.call)
    }
    let nature = hash.digest(kind.high, kind.low, after: keys.call)
    let number =
      natures.number(for: nature)
      ?? natures.insert(nature, NatureFacts(needs: needs(of: observation)), pieces: cut.nature)
    if natures[number].needs >= 0 {
      let critical = criticalKey(keys, kind: kind, needs: natures[number].needs)
      if criticals.number(for: critical) == nil {
        _ = criticals.insert(critical, (), pieces: [cut.nature[0], cut.critical[1]])
      }
    }
    let origin = hash.digest(kind.high, kind.low, after: keys.address)
    if origins.number(for: origin) == nil { _ = origins.insert(origin, (), pieces: cut.origin) }
  }

  private mutating func needs(of observation: Observation) -> Int {
    let found = rules.overrides.needs(
      eventName: observation.eventName, rawEventName: observation.rawEventName,
      eventSource: observation.eventSource, actorType: observation.identity.type)
    guard let found else { return -1 }
    if let known = needs.firstIndex(of: found) { return known }
    needs.append(found)
    return needs.count - 1
  }

  /// The digest of what family, risk, critical outcomes and the source ask of an identity.
  private func kind(of identity: ActorIdentity) -> KeyedDigest {
    var text = [identity.type.rawValue, identity.archetype.rawValue, identity.invokedBy ?? ""]
      .joined(separator: "\n")
    return text.withUTF8 { hash.digest($0) }
  }

  /// Whether the identity of the record at hand says who it is.
  private var hasARN: Bool {
    let identity = scanner[.userIdentity]
    let tape = JSONTape()
    guard !identity.isEmpty,
      case .value = tape.parse(scanner.bytes, from: identity.start, count: scanner.count)
    else { return false }
    return tape.member(0, "arn") != nil
  }

  /// The pieces of a line by what they depend on.
  private struct Cut {
    var identity = [[UInt8]](repeating: [], count: LinePieces.identityCount)
    var call = [[UInt8]](repeating: [], count: LinePieces.callCount)
    var nature = [[UInt8]](repeating: [], count: LinePieces.natureCount)
    var origin = [[UInt8]](repeating: [], count: LinePieces.originCount)
    var critical = [[UInt8]](repeating: [], count: LinePieces.criticalCount)

    /// Cuts the line that a tape holds.
    init(_ tape: JSONTape) {
      var isFirst = true
      tape.forEachChild(0) { member in
        let key = tape.key(member)
        if key == "generalisations" { addNotes(tape, member) }
        if let (owner, index) = LinePieces.piece(of: key) {
          var text = isFirst ? [] : [UInt8(ascii: ",")]
          text.append(UInt8(ascii: "\""))
          text += tape.keySlice(member)
          text += "\":".utf8
          Self.append(tape, member, to: &text)
          add(text, to: owner, index)
        }
        isFirst = false
      }
    }

    private mutating func addNotes(_ tape: JSONTape, _ notes: JSONTape.Index) {
      tape.forEachChild(notes) { note in
        guard let owner = LinePieces.owner(ofNote: tape.text(note) ?? "") else { return }
        let index = LinePieces.notes(of: owner)
        let isFirst = (owner == .identity ? identity : owner == .call ? call : origin)[index].isEmpty
        var text = isFirst ? [] : [UInt8(ascii: ",")]
        Self.append(tape, note, to: &text)
        add(text, to: owner, index)
      }
    }

    private mutating func add(_ text: [UInt8], to owner: LinePieces.Owner, _ index: Int) {
      switch owner {
      case .identity: identity[index] += text
      case .call: call[index] += text
      case .nature: nature[index] += text
      case .origin: origin[index] += text
      case .critical: critical[index] += text
      }
    }

    private static func append(_ tape: JSONTape, _ node: JSONTape.Index, to text: inout [UInt8]) {
      let isText = tape.kind(node) == .string
      if isText { text.append(UInt8(ascii: "\"")) }
      text += tape.slice(node)
      if isText { text.append(UInt8(ascii: "\"")) }
    }
  }
}
