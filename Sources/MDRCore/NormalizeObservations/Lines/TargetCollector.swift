import CVector

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Collects what an event's documents name, targets and resources, as a line lists them; for one thread.
///
/// Values are not copied from the record: those that a line spells differently are left to the general code.
struct TargetCollector: ~Copyable {
  /// What a member says of events of one service.
  private struct Meaning {
    /// The target's number, or -1 for a member that says nothing.
    var target = -1
    var isResource = false
  }

  /// A value of a target, as it stands in a line.
  private struct Target {
    var number: Int
    var text: UnsafeBufferPointer<UInt8>
  }

  private let table: TargetTable
  private let names: MemberNames
  /// The targets' names as keys of a line, in their order.
  private let keys: [[UInt8]]
  /// What a resource's name starts with, by its target's number.
  private let prefixes: [[UInt8]]
  private let numbers: [String: Int]
  /// By a service's number, what each member says, by its number; empty where nobody has asked yet.
  private var meanings: [[Meaning]] = []
  /// Sorted by their numbers, the values of each in the order of the record.
  private var targets: [Target] = []
  /// Sorted and distinct.
  private var resources: [UnsafeBufferPointer<UInt8>] = []
  /// Names of resources that the record doesn't spell out.
  private let room: UnsafeMutablePointer<UInt8>

  init(table: TargetTable, names: MemberNames) {
    self.table = table
    self.names = names
    let targetNames = table.targetNames
    keys = targetNames.map { name in
      var output = JSONOutput()
      output.append(name)
      return output.bytes
    }
    prefixes = targetNames.map { Array("\($0)/".utf8) }
    numbers = Dictionary(
      targetNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let longest = prefixes.map(\.count).max() ?? 0
    room = .allocate(capacity: TargetTable.valueLimit * (TargetTable.lengthLimit + longest))
  }

  deinit { room.deallocate() }

  /// Collects targets and resources of the record that was scanned last; `false` where that takes the general code.
  ///
  /// The record holds no more values than `TargetTable` keeps of a target.
  mutating func collect(from scanner: borrowing RecordScanner, service: Int) -> Bool {
    targets.removeAll(keepingCapacity: true)
    resources.removeAll(keepingCapacity: true)
    guard !scanner.found.isEmpty || !scanner.resources.isEmpty else { return true }
    if meanings.count <= service || meanings[service].isEmpty { learn(service) }
    var used = 0
    for found in scanner.found {
      let meaning = meanings[service][found.name]
      guard meaning.target >= 0 else { continue }
      let text = scanner.buffer(found.slice)
      guard !found.slice.hasEscapes, text.count <= TargetTable.lengthLimit, Self.isPlain(text) else {
        return false
      }
      guard !text.isText(TargetTable.hidden), add(Target(number: meaning.target, text: text)),
        meaning.isResource
      else { continue }
      add(resource: text.isARN ? text : name(text, of: meaning.target, at: &used))
    }
    for resource in scanner.resources {
      let name = scanner.buffer(resource)
      guard !resource.hasEscapes, name.count <= TargetTable.resourceLimit, Self.isPlain(name) else {
        return false
      }
      add(resource: name)
    }
    return true
  }

  /// Writes a resource's name.
  private func name(
    _ text: UnsafeBufferPointer<UInt8>, of target: Int, at used: inout Int
  ) -> UnsafeBufferPointer<UInt8> {
    let start = room + used
    let prefix = prefixes[target]
    prefix.withUnsafeBufferPointer {
      if let base = $0.baseAddress { start.update(from: base, count: $0.count) }
    }
    if let base = text.baseAddress { (start + prefix.count).update(from: base, count: text.count) }
    used += prefix.count + text.count
    return UnsafeBufferPointer(start: start, count: prefix.count + text.count)
  }

  /// Takes in a value; whether it is new.
  private mutating func add(_ target: Target) -> Bool {
    var place = targets.count
    for (index, known) in targets.enumerated() {
      if known.number > target.number {
        place = index
        break
      }
      if known.number == target.number, known.text.hasBytes(of: target.text) { return false }
    }
    targets.insert(target, at: place)
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

  private mutating func learn(_ service: Int) {
    let eventSource = table.eventSource(ofService: service)
    while meanings.count <= service { meanings.append([]) }
    meanings[service] = [Meaning()]
    for number in 1..<names.count + 1 {
      guard let entry = table.entry(names.name(number), eventSource: eventSource),
        let target = numbers[entry.target]
      else {
        meanings[service].append(Meaning())
        continue
      }
      meanings[service].append(Meaning(target: target, isResource: entry.isResource))
    }
  }

  /// Whether a string without escapes stands in a line as it is, betrays no secret, and sorts by its bytes.
  ///
  /// 64 readable bytes follow it, the first of which is its quote, unless it is a number or a word.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let bytes = text.baseAddress else { return true }
    var isSuspect = false
    var position = 0
    while true {
      let part = part_of_string(bytes + position)
      if part.is_suspect { isSuspect = true }
      position += part.length
      guard part.length == 16 else { break }
    }
    guard position >= text.count else { return false }
    return isSuspect ? !SecretScrubber.betraysSecret(text) : !SecretMembers.tokens.begin(text)
  }

  // MARK: - Lines

  /// Appends `resources`.
  func appendResources(to line: inout LineCursor) {
    line.append(",\"resources\":[")
    for (index, resource) in resources.enumerated() {
      line.append(index == 0 ? "\"" : ",\"")
      line.append(resource)
      line.append("\"")
    }
    line.append("]")
  }

  /// Appends `targets`.
  func appendTargets(to line: inout LineCursor) {
    guard !targets.isEmpty else { return }
    var last = -1
    for target in targets {
      if target.number == last {
        line.append(",\"")
      } else {
        line.append(last < 0 ? ",\"targets\":{" : "],")
        keys[target.number].withUnsafeBufferPointer { line.append($0) }
        line.append(":[\"")
        last = target.number
      }
      line.append(target.text)
      line.append("\"")
    }
    line.append("]}")
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate var isARN: Bool {
    count >= 4 && UnsafeBufferPointer(start: baseAddress, count: 4).isText("arn:")
  }

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
