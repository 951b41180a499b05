/// The documents of the record at hand, each on a tape of its own and parsed at most once; for one thread.
final class DocumentTapes {
  private let tapes = RecordMember.documents.map { _ in JSONTape() }
  /// For each document: not asked for, there, or none that can be read.
  private var states = RecordMember.documents.map { _ in State.unknown }

  private enum State {
    case unknown, parsed, absent
  }

  /// Forgets the documents: those of another record are asked for from here on.
  func removeAll() {
    for position in states.indices { states[position] = .unknown }
  }

  /// A document of the record that was scanned last; `nil` where it has none that can be read.
  func document(_ member: RecordMember, of scanner: borrowing RecordScanner) -> TapeNode? {
    let position = Int(member.rawValue - RecordMember.requestParameters.rawValue)
    let tape = tapes[position]
    if states[position] == .unknown {
      let slice = scanner[member]
      var isParsed = false
      if !slice.isEmpty, case .value = tape.parse(scanner.bytes, from: slice.start, count: scanner.count) {
        isParsed = true
      }
      states[position] = isParsed ? .parsed : .absent
    }
    return states[position] == .parsed ? TapeNode(tape, 0) : nil
  }
}

extension RecordMember {
  /// The event's own documents, side by side among the members.
  fileprivate static let documents: [RecordMember] = [
    .requestParameters, .responseElements, .additionalEventData, .serviceEventDetails,
  ]
}
