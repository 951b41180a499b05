/// The documents of the record at hand, each on a tape of its own and parsed at most once; for one thread.
struct DocumentTapes {
  private let request = JSONTape()
  private let response = JSONTape()
  private let additional = JSONTape()
  private let service = JSONTape()
  /// The documents that were asked for, those of them that are there, and those that are read from other bytes.
  private var asked: UInt64 = 0
  private var parsed: UInt64 = 0
  private var replaced: UInt64 = 0

  /// Forgets the documents: those of another record are asked for from here on.
  mutating func removeAll() { (asked, replaced) = (0, 0) }

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

  /// Reads a document of the record at hand from other bytes than the record's, which stay in their place; `false` where
  /// they can't be read.
  mutating func replace(_ member: RecordMember, by bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = bytes.baseAddress,
      case .value = tape(of: member).parse(start, from: 0, count: bytes.count)
    else { return false }
    asked |= member.bit
    parsed |= member.bit
    replaced |= member.bit
    return true
  }

  /// The bytes of a document, empty where the record has none.
  @inline(__always)
  func bytes(of member: RecordMember, in scanner: borrowing RecordScanner) -> UnsafeBufferPointer<UInt8> {
    replaced & member.bit == 0 ? scanner.buffer(scanner[member]) : tape(of: member).slice(0)
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
