/// The documents of the record at hand as a line has them: as they are written, or without what has to stay out.
///
/// Each is looked at once, whoever asks for it. One for each thread.
struct LineDocuments: ~Copyable {
  private var check: DocumentCheck
  private let scrubber = SecretScrubber()
  private let tape = JSONTape()
  private var output = JSONOutput()
  /// What was rewritten: request, response, additional data and details of a service's event.
  private let rewritten = (0..<4).map { _ in LineBytes(capacity: 1 << 12) }
  /// Documents that were looked at, those that are rewritten, and those that can't be read; one bit each.
  private var asked: UInt64 = 0
  private var changed: UInt64 = 0
  private var unreadable: UInt64 = 0

  init(hash: KeyedHash) { check = DocumentCheck(hash: hash) }

  /// Forgets the documents: those of another record are asked for from here on.
  mutating func removeAll() { (asked, changed, unreadable) = (0, 0, 0) }

  /// A document's bytes, with readable ones behind them; `nil` where it can't be read.
  ///
  /// What only a call of some names has for secrets is left out where the call is given.
  mutating func bytes(
    of member: RecordMember, in scanner: borrowing RecordScanner, of call: EventCall? = nil
  ) -> UnsafeBufferPointer<UInt8>? {
    if asked & member.bit == 0 { look(at: member, in: scanner, of: call) }
    if unreadable & member.bit != 0 { return nil }
    return isRewritten(member) ? room(of: member).written : scanner.buffer(scanner[member])
  }

  /// Whether a document that was asked for differs from what is written in the record.
  func isRewritten(_ member: RecordMember) -> Bool { changed & member.bit != 0 }

  private mutating func look(
    at member: RecordMember, in scanner: borrowing RecordScanner, of call: EventCall?
  ) {
    asked |= member.bit
    let slice = scanner[member]
    let own = call.map { SecretMembers.own(eventSource: $0.eventSource, eventName: $0.eventName) } ?? []
    let mayHoldOwn = !own.isEmpty && SecretMembers.mayStand(own, in: scanner.buffer(slice))
    if !mayHoldOwn, check.isClean(scanner.buffer(slice)) { return }
    guard case .value = tape.parse(scanner.bytes, from: slice.start, count: scanner.count) else {
      unreadable |= member.bit
      return
    }
    changed |= member.bit
    output.removeAll()
    scrubber.append(
      tape, 0, eventSource: call?.eventSource ?? "", eventName: call?.eventName ?? "", to: &output)
    let room = room(of: member)
    output.withBytes { room.fill($0) }
  }

  private func room(of member: RecordMember) -> LineBytes {
    switch member {
    case .requestParameters: rewritten[0]
    case .responseElements: rewritten[1]
    case .additionalEventData: rewritten[2]
    default: rewritten[3]
    }
  }
}
