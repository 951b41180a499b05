/// The documents of the record at hand, each on a tape of its own and parsed at most once; for one thread.
struct DocumentTapes {
  private let request = JSONTape()
  private let response = JSONTape()
  private let additional = JSONTape()
  private let service = JSONTape()
  /// The documents that were asked for, and those of them that are there.
  private var asked: UInt64 = 0
  private var parsed: UInt64 = 0

  /// Forgets the documents: those of another record are asked for from here on.
  mutating func removeAll() { asked = 0 }

  /// A document of the record that was scanned last; `nil` where it has none that can be read.
  @inline(__always)
  mutating func document(_ member: RecordMember, of scanner: borrowing RecordScanner) -> TapeNode? {
    let tape = tape(of: member)
    if asked & member.bit == 0 {
      asked |= member.bit
      parsed &= ~member.bit
      let slice = scanner[member]
      if !slice.isEmpty, case .value = tape.parse(scanner.bytes, from: slice.start, count: scanner.count) {
        parsed |= member.bit
      }
    }
    return parsed & member.bit != 0 ? TapeNode(tape, 0) : nil
  }

  private func tape(of document: RecordMember) -> JSONTape {
    switch document {
    case .requestParameters: request
    case .responseElements: response
    case .additionalEventData: additional
    default: service
    }
  }
}
