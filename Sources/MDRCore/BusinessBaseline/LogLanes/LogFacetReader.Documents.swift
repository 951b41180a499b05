extension LogFacetReader {
  /// Whether an event names so many values that the limits of observations may apply.
  var isCrowded: Bool { scanner.found.count > TargetTable.valueLimit }

  /// The number of the habits that the event's documents show, and the digest of what was hashed.
  mutating func habits(of call: Int) -> (number: Int, digest: KeyedDigest) {
    let service = UInt64(calls[call].targetService)
    var raw = KeyedDigest.none
    var shown = KeyedDigest.none
    shownValues.removeAll(keepingCapacity: true)
    valueKeys.removeAll(keepingCapacity: true)
    for value in scanner.found {
      valueKeys.append(
        hash.digest(UInt64(value.name), service, after: hash.digest(scanner.buffer(value.slice))))
    }
    for resource in scanner.resources {
      valueKeys.append(hash.digest(0, .max, after: hash.digest(scanner.buffer(resource))))
    }
    values.approach(valueKeys)
    for position in valueKeys.indices {
      let key = valueKeys[position]
      let number = values.number(for: key) ?? values.insert(key, makeValue(at: position, call: call))
      show(values[number], in: &shown)
      raw = hash.digest(key.high, key.low, after: raw)
    }
    if let known = habitNumbers.value(shown) { return (known, raw) }
    habitNumbers.insert(shown, habits.count)
    habits.append(resources: distinct(\.resource), targets: distinct(\.target))
    return (habits.count - 1, raw)
  }

  /// What the values shown are as resources or as targets, each once.
  private func distinct(_ name: (ValueFacet) -> NameNumber) -> [NameNumber] {
    var names: [NameNumber] = []
    for value in shownValues where name(value) != .none { names.append(name(value)) }
    guard names.count > 1 else { return names }
    return Set(names).sorted()
  }

  @inline(__always)
  private mutating func show(_ value: ValueFacet, in digest: inout KeyedDigest) {
    guard value.resource != .none || value.target != .none else { return }
    shownValues.append(value)
    digest = hash.digest(UInt64(value.resource), UInt64(value.target), after: digest)
  }

  private mutating func makeValue(at position: Int, call: Int) -> ValueFacet {
    position < scanner.found.count
      ? makeValue(scanner.found[position], call: call)
      : makeResource(scanner.resources[position - scanner.found.count])
  }

  private mutating func makeValue(_ value: RecordScanner.FoundValue, call: Int) -> ValueFacet {
    guard
      let entry = rules.targets.entry(
        scanner.names.name(value.name), eventSource: callNames[call].eventSource),
      let text = text(value.slice).flatMap(TargetTable.value)
    else { return ValueFacet() }
    return ValueFacet(
      resource: name(entry.resource(text).map(patterns.template)),
      target: name(patterns.text(of: text, target: entry.target)))
  }

  private mutating func makeResource(_ slice: RecordScanner.Slice) -> ValueFacet {
    let resource = TargetTable.resource(text(slice) ?? "")
    return ValueFacet(resource: strings.intern(patterns.template(of: resource)))
  }
}
