#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What the documents of an event name: targets and resources.
extension LineComposer {
  /// What a value below a named member stands for.
  struct ValueFacts {
    /// The target's number, or -1 for a value that says nothing.
    var target = -1
    /// The value is no plain ASCII, so that sorting and comparing it takes the general code.
    var isUnusual = false
  }

  /// A value of a target, as it stands in a line.
  struct FoundTarget {
    var number: Int
    var text: UnsafeBufferPointer<UInt8>
  }

  /// Collects targets and resources of the record at hand; `false` where that takes the general code.
  mutating func collectTargets(of call: Int) -> Bool {
    targets.removeAll(keepingCapacity: true)
    resources.removeAll(keepingCapacity: true)
    guard learnValues(of: call) else { return false }
    let service = UInt64(calls[call].targetService)
    for found in scanner.found {
      guard let number = values.number(for: digest(of: found, service)) else { return false }
      let facts = values[number]
      guard facts.target >= 0 else { continue }
      let text = values.piece(0, of: number)
      guard !targets.contains(where: { $0.number == facts.target && $0.text.hasBytes(of: text) }) else {
        continue
      }
      targets.append(FoundTarget(number: facts.target, text: text))
      add(resource: values.piece(1, of: number))
    }
    for resource in scanner.resources {
      guard resource.count <= 1_024, isPlain(resource) else { return false }
      let name = scanner.buffer(resource)
      guard !SecretScrubber.betraysSecret(name) else { return false }
      add(resource: name)
    }
    return true
  }

  private mutating func add(resource: UnsafeBufferPointer<UInt8>) {
    guard !resource.isEmpty else { return }
    // There are few of them, and they have to be sorted.
    var place = resources.count
    while place > 0 {
      let order = resource.order(to: resources[place - 1])
      if order == 0 { return }
      if order > 0 { break }
      place -= 1
    }
    resources.insert(resource, at: place)
  }

  @inline(__always)
  private func digest(of found: RecordScanner.FoundValue, _ service: UInt64) -> KeyedDigest {
    hash.digest(UInt64(found.name), service, after: hash.digest(scanner.buffer(found.slice)))
  }

  /// Makes sure that all values are known, before any piece of one is pointed at.
  private mutating func learnValues(of call: Int) -> Bool {
    let service = UInt64(calls[call].targetService)
    for index in scanner.found.indices {
      let found = scanner.found[index]
      let digest = digest(of: found, service)
      let number =
        values.number(for: digest) ?? learn(found, digest, eventSource: callSamples[call].eventSource)
      if values[number].isUnusual { return false }
    }
    return true
  }

  private mutating func learn(
    _ found: RecordScanner.FoundValue, _ digest: KeyedDigest, eventSource: String
  ) -> Int {
    let slice = scanner.buffer(found.slice)
    let text =
      found.slice.hasEscapes
      ? String(decoding: JSONText.unescaped(slice), as: UTF8.self) : String(decoding: slice, as: UTF8.self)
    guard let entry = rules.targets.entry(scanner.names.name(found.name), eventSource: eventSource),
      let value = TargetTable.value(text)
    else { return values.insert(digest, ValueFacts(), copying: []) }
    let resource = entry.resource(value) ?? ""
    let isUnusual = !value.isPlain || !resource.isPlain
    return values.insert(
      digest, ValueFacts(target: targetNumbers[entry.target] ?? -1, isUnusual: isUnusual),
      copying: [Array(value.utf8), Array(resource.utf8)])
  }

  /// Appends `resources`, sorted.
  func appendResources(to line: inout LineCursor) {
    line.append(",\"resources\":[")
    for (index, resource) in resources.enumerated() {
      line.append(index == 0 ? "\"" : ",\"")
      line.append(resource)
      line.append("\"")
    }
    line.append("]")
  }

  /// Appends `targets`, sorted by their names, the values of each in the order of the record.
  mutating func appendTargets(to line: inout LineCursor) {
    guard !targets.isEmpty else { return }
    line.append(",\"targets\":{")
    var last = -1
    var isFirst = true
    while let next = targets.lazy.map(\.number).filter({ $0 > last }).min() {
      if !isFirst { line.append(",") }
      isFirst = false
      targetKeys[next].withUnsafeBufferPointer { line.append($0) }
      var opening: StaticString = ":[\""
      for target in targets where target.number == next {
        line.append(opening)
        opening = ",\""
        line.append(target.text)
        line.append("\"")
      }
      line.append("]")
      last = next
    }
    line.append("}")
  }
}

extension String {
  /// Whether the text stands in JSON as it is, and sorts by its bytes.
  fileprivate var isPlain: Bool {
    utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Below, at or above 0 as these bytes sort before, with or after others.
  fileprivate func order(to other: UnsafeBufferPointer<UInt8>) -> Int {
    let common = Swift.min(count, other.count)
    if common > 0, let own = baseAddress, let others = other.baseAddress {
      let order = memcmp(own, others, common)
      if order != 0 { return Int(order) }
    }
    return count - other.count
  }
}
