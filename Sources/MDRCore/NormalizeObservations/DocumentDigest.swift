extension KeyedHash {
  /// The digest of what critical outcomes look at in the documents of the record at hand.
  ///
  /// Events with one digest are judged once, so that it has to tell apart all that a judgement can: `null` from
  /// "null" too, whose bytes are the same.
  func digest(
    of needs: PreparedNeeds, in scanner: borrowing RecordScanner, _ documents: DocumentTapes,
    after start: KeyedDigest
  ) -> KeyedDigest {
    var digest = digest(of: needs.request, in: .requestParameters, scanner, documents, after: start)
    digest = self.digest(of: needs.response, in: .responseElements, scanner, documents, after: digest)
    digest = self.digest(of: needs.additional, in: .additionalEventData, scanner, documents, after: digest)
    return self.digest(of: needs.additional, in: .serviceEventDetails, scanner, documents, after: digest)
  }

  @inline(__always)
  private func digest(
    of members: NeededMembers, in member: RecordMember, _ scanner: borrowing RecordScanner,
    _ documents: DocumentTapes, after start: KeyedDigest
  ) -> KeyedDigest {
    if members.isWhole { return digest(scanner.buffer(scanner[member]), after: start) }
    if members.isEmpty { return start }
    guard let document = documents.document(member, of: scanner) else { return digest(1, 0, after: start) }
    var digest = digest(2, 0, after: start)
    let tape = document.tape
    tape.forEachChild(document.index) { child in
      guard members.includes(child, on: tape) else { return }
      digest = self.digest(tape.slice(child), after: self.digest(tape.keySlice(child), after: digest))
      digest = self.digest(UInt64(tape.kind(child).rawValue), 0, after: digest)
    }
    return digest
  }
}
