extension LogFacetReader {
  /// Whether an event names so many values that the limits of observations may apply.
  var isCrowded: Bool { scanner.found.count > TargetTable.valueLimit }

  /// Finds the values of the event's documents that can show a habit.
  ///
  /// `shown(by:)` looks them up: until then memory has time to bring what is known of them.
  @inline(__always)
  mutating func findValues(of call: Int) {
    let service = UInt64(calls[call].targetService)
    valueKeys.removeAll()
    shownFound.removeAll()
    for position in scanner.found.indices {
      let name = scanner.found[position].name
      // Names of sessions and objects, new at each call by nature, would only fill the table.
      guard memberNumber(name, of: call) > 1 else { continue }
      _ = shownFound.append(position)
      find(UInt64(name), service, scanner.found[position].slice)
    }
    for resource in scanner.resources { find(0, .max, resource) }
  }

  @inline(__always)
  private mutating func find(_ name: UInt64, _ service: UInt64, _ slice: RecordScanner.Slice) {
    let key = hash.digest(name, service, after: hash.digest(scanner.buffer(slice)))
    _ = valueKeys.append(key)
    values.approach(key)
  }

  /// The digest of what the values found show of habits, and that of what was hashed.
  @inline(__always)
  mutating func shown(by call: Int) -> (values: KeyedDigest, raw: KeyedDigest) {
    var raw = KeyedDigest.none
    var shown = KeyedDigest.none
    shownValues.removeAll()
    for position in 0..<valueKeys.count {
      let key = valueKeys.elements[position]
      show(values[key] ?? values.keep(makeValue(at: position, call: call), for: key), in: &shown)
      raw = hash.digest(key.high, key.low, after: raw)
    }
    habitNumbers.approach(shown)
    return (shown, raw)
  }

  /// The number of the habits with a digest, those that were shown last.
  @inline(__always)
  mutating func habits(_ shown: KeyedDigest) -> Int {
    habitNumbers.value(shown) ?? makeHabits(shown)
  }

  private mutating func makeHabits(_ shown: KeyedDigest) -> Int {
    habitNumbers.insert(shown, habits.count)
    habits.append(resources: distinct(\.resource), targets: distinct(\.target))
    return habits.count - 1
  }

  /// What the values shown are as resources or as targets, each once.
  private func distinct(_ name: (ValueFacet) -> NameNumber) -> [NameNumber] {
    var names: [NameNumber] = []
    for value in shownValues.elements where name(value) != .none { names.append(name(value)) }
    guard names.count > 1 else { return names }
    names.sort()
    var last = NameNumber.none
    names.removeAll { name in
      defer { last = name }
      return name == last
    }
    return names
  }

  @inline(__always)
  private mutating func show(_ value: ValueFacet, in digest: inout KeyedDigest) {
    guard value.resource != .none || value.target != .none else { return }
    _ = shownValues.append(value)
    digest = hash.digest(UInt64(value.resource), UInt64(value.target), after: digest)
  }

  private mutating func makeValue(at position: Int, call: Int) -> ValueFacet {
    position < shownFound.count
      ? makeValue(scanner.found[shownFound.elements[position]], call: call)
      : makeResource(scanner.resources[position - shownFound.count])
  }

  private mutating func makeValue(_ value: RecordScanner.FoundValue, call: Int) -> ValueFacet {
    let number = memberNumber(value.name, of: call)
    guard number > 1 else { return ValueFacet() }
    let member = memberFacets[number - 2]
    guard let bytes = usualBytes(value.slice, limit: TargetTable.lengthLimit) else {
      guard let text = text(value.slice).flatMap(TargetTable.value) else { return ValueFacet() }
      return ValueFacet(
        resource: name(member.entry.resource(text).map(patterns.template)),
        target: name(member.isPassing ? nil : patterns.habit(of: text, target: member.entry.target)))
    }
    let shape = shapeRoom.withPlace(
      TemplateWriter.room(for: bytes.count), behind: member.entry.target.utf8.count + 1
    ) { patterns.shape(of: bytes, to: $0) }
    let key = hash.digest(
      UInt64(number), UInt64(shape.kind.rawValue), after: hash.digest(shapeRoom.bytes(shape.count)))
    if member.isParted, let known = shapes[key] { return known }
    let facet = makeValue(bytes, shape, member)
    return member.isParted ? shapes.insert(key, facet) : facet
  }

  /// What a value shows by its shape, which lies in its room.
  private mutating func makeValue(
    _ bytes: UnsafeBufferPointer<UInt8>, _ shape: ResourcePattern.Shape, _ member: MemberFacet
  ) -> ValueFacet {
    let target = member.entry.target
    var facet = ValueFacet()
    if !member.isPassing {
      facet.target = name(shapeRoom.bytes(shape.count, behind: target, "="))
    }
    guard member.entry.isResource else { return facet }
    if bytes.starts(with: "arn:") {
      facet.resource = name(shapeRoom.bytes(shape.count))
    } else if member.isParted, shape.kind != .plain {
      facet.resource = name(shapeRoom.bytes(shape.count, behind: target, "/"))
    } else {
      let resource = target + "/" + String(decoding: bytes, as: UTF8.self)
      facet.resource = name(patterns.template(of: resource))
    }
    return facet
  }

  /// The bytes of a value that the general way would leave as they are.
  ///
  /// `mutating` though nothing changes, as other methods here: for one that only reads, the whole reader would be copied.
  private mutating func usualBytes(_ slice: RecordScanner.Slice, limit: Int) -> UnsafeBufferPointer<UInt8>? {
    let bytes = scanner.buffer(slice)
    guard !slice.isEmpty, !slice.hasEscapes, bytes.count <= limit, !bytes.isText(TargetTable.hidden),
      !SecretScrubber.betraysSecret(bytes)
    else { return nil }
    return bytes
  }

  /// The number of a name by its bytes.
  private mutating func name(_ bytes: UnsafeBufferPointer<UInt8>) -> NameNumber {
    let key = hash.digest(bytes)
    if let known = byteNames[key] { return known }
    return byteNames.insert(key, strings.intern(String(decoding: bytes, as: UTF8.self)))
  }

  /// The number of what a named member says of a call; 1 where its values can show no habit.
  @inline(__always)
  private mutating func memberNumber(_ name: Int, of call: Int) -> Int {
    let place = calls[call].targetService * (scanner.names.count + 1) + name
    let known = place < members.count ? members[place] : 0
    return known != 0 ? known : makeMember(name, of: call, at: place)
  }

  private mutating func makeMember(_ name: Int, of call: Int, at place: Int) -> Int {
    if place >= members.count {
      let services = calls[call].targetService + 1
      members += [Int](repeating: 0, count: services * (scanner.names.count + 1) - members.count)
    }
    members[place] = 1
    if let entry = rules.targets.entry(scanner.names.name(name), eventSource: callSamples[call].eventSource) {
      let facet = MemberFacet(
        entry: entry, isPassing: patterns.isPassing(entry.target), isParted: patterns.parts(entry.target))
      if facet.isShown {
        memberFacets.append(facet)
        members[place] = memberFacets.count + 1
      }
    }
    return members[place]
  }

  private mutating func makeResource(_ slice: RecordScanner.Slice) -> ValueFacet {
    guard let bytes = usualBytes(slice, limit: TargetTable.resourceLimit) else {
      let resource = TargetTable.resource(text(slice) ?? "")
      return ValueFacet(resource: strings.intern(patterns.template(of: resource)))
    }
    let count = shapeRoom.withPlace(TemplateWriter.room(for: bytes.count), behind: 0) {
      patterns.template(of: bytes, to: $0)
    }
    return ValueFacet(resource: name(shapeRoom.bytes(count)))
  }
}
