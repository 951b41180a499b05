extension KeyedHash {
  /// The digest of what critical outcomes look at in the documents of the record at hand.
  ///
  /// Events with one digest are judged once, so that it has to tell apart all that a judgement can.
  func digest(
    of needs: PreparedNeeds, in scanner: borrowing RecordScanner, _ documents: inout DocumentTapes,
    after start: KeyedDigest
  ) -> KeyedDigest {
    var digest = digest(of: needs.request, in: .requestParameters, scanner, &documents, after: start)
    digest = self.digest(of: needs.response, in: .responseElements, scanner, &documents, after: digest)
    digest = self.digest(of: needs.additional, in: .additionalEventData, scanner, &documents, after: digest)
    return self.digest(of: needs.additional, in: .serviceEventDetails, scanner, &documents, after: digest)
  }

  @inline(__always)
  private func digest(
    of needed: NeededValues, in member: RecordMember, _ scanner: borrowing RecordScanner,
    _ documents: inout DocumentTapes, after start: KeyedDigest
  ) -> KeyedDigest {
    if needed.isEmpty { return start }
    if needed.isWhole { return digest(documents.bytes(of: member, in: scanner), after: start) }
    guard let document = documents.document(member, of: scanner) else { return digest(1, 0, after: start) }
    return digest(of: needed, at: document.index, on: document.tape, after: digest(2, 0, after: start))
  }

  /// The digest of what is looked at below a place of a document.
  ///
  /// Every value that is reached counts with its kind, of which `null` and "null" differ though their bytes are the
  /// same; where objects and arrays end is marked.
  func digest(
    of needed: NeededValues, at index: JSONTape.Index, on tape: JSONTape, after start: KeyedDigest
  ) -> KeyedDigest {
    let kind = tape.kind(index)
    var digest = digest(UInt64(kind.rawValue), 3, after: start)
    if needed.isWhole { return self.digest(tape.slice(index), after: digest) }
    switch kind {
    case .object:
      tape.forEachChild(index) { child in
        guard let below = needed.below(child, on: tape) else { return }
        digest = self.digest(
          of: below, at: child, on: tape, after: self.digest(tape.keySlice(child), after: digest))
      }
      digest = self.digest(0, 4, after: digest)
    case .array:
      guard let elements = needed.elements else { return digest }
      tape.forEachChild(index) { digest = self.digest(of: elements, at: $0, on: tape, after: digest) }
      return self.digest(0, 4, after: digest)
    default: break
    }
    guard let elements = needed.elements else { return digest }
    return self.digest(of: elements, at: index, on: tape, after: digest)
  }
}
