/// What one thread made of lines before: most of a review repeats what was judged already.
///
/// A line's digest says which member decides next, that member's value, or what a test says of it, which one after it, and
/// so on to what was made of such a line: exactly what the rules looked at then. Lines that agree in all of it would be
/// judged the same, so they are not judged again.
final class LineMemo {
  private enum Step {
    /// Look at a member next, by its number.
    case look(Int)
    case known(KnownLine)
  }

  /// Beyond this many steps the memo starts anew, so that hostile input can't fill memory.
  private static let limit = 1 << 17

  private let since: Timestamp?
  private let inventory: Inventory?
  private let unmanagedKinds = SourceKind.allCases.filter(\.isUnmanaged).map { Array($0.rawValue.utf8) }
  private let hash = KeyedHash()
  private var table = DigestTable()
  private var steps: [Step] = []
  private var members: [LookedAtMember] = []
  private var numbers: [LookedAtMember: Int] = [:]

  init(since: Timestamp?, inventory: Inventory?) {
    self.since = since
    self.inventory = inventory
  }

  /// What was made of the line's like.
  func known(_ line: ObservationLine, at time: Timestamp) -> KnownLine? {
    var digest = digest(line, at: time)
    while let position = table.value(digest) {
      switch steps[position] {
      case .known(let known): return known
      case .look(let number): digest = members[number].digest(line, hash, after: digest)
      }
    }
    return nil
  }

  /// Notes what was made of a line after rules had looked at some of it.
  func learn(_ known: KnownLine, of line: ObservationLine, at time: Timestamp, _ reads: FactReads) {
    if steps.count >= Self.limit {
      table.removeAll()
      steps.removeAll(keepingCapacity: true)
    }
    var digest = digest(line, at: time)
    var seen: Set<LookedAtMember> = []
    for member in reads.looks.compactMap(LookedAtMember.init) where seen.insert(member).inserted {
      note(digest, .look(number(member)))
      digest = member.digest(line, hash, after: digest)
    }
    note(digest, .known(known))
  }

  /// Judged apart: what lies before the review window, and what comes from addresses of different holders.
  private func digest(_ line: ObservationLine, at time: Timestamp) -> KeyedDigest {
    let isEarlier = since.map { time < $0 } ?? false
    let source = source(of: line)
    let digest = hash.digest(isEarlier ? 1 : 0, source == nil ? 0 : 1, after: line.digest(hash))
    guard var source else { return digest }
    return source.withUTF8 { hash.digest($0, after: digest) }
  }

  /// What the inventory names the line's source, where that is a public address.
  ///
  /// The address itself is another in most lines, and only rules that look at it make it count.
  private func source(of line: ObservationLine) -> String? {
    guard let inventory, mayBeUnmanaged(line) else { return nil }
    return line.text(.sourceIP).flatMap { inventory.holder(of: $0)?.source }
  }

  /// Told by the bytes, since every line is asked; what they don't tell is looked up.
  private func mayBeUnmanaged(_ line: ObservationLine) -> Bool {
    guard let kind = line.plain(.sourceKind) else { return true }
    return unmanagedKinds.contains { kind.starts(with: $0) && kind.count == $0.count }
  }

  private func note(_ digest: KeyedDigest, _ step: Step) {
    guard table.value(digest) == nil else { return }
    table.insert(digest, steps.count)
    steps.append(step)
  }

  private func number(_ member: LookedAtMember) -> Int {
    if let number = numbers[member] { return number }
    members.append(member)
    numbers[member] = members.count - 1
    return members.count - 1
  }
}
