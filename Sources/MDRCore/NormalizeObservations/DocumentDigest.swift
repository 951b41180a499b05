extension KeyedHash {
  /// The digest of what critical outcomes look at in a document of the record at hand; `nil` stands for all members.
  ///
  /// Documents with one digest are judged once, so that it has to tell apart all that a judgement can: `null` from
  /// "null" too, whose bytes are the same.
  func digest(
    of members: Set<String>?, in member: RecordMember, _ scanner: borrowing RecordScanner, _ tape: JSONTape,
    after start: KeyedDigest
  ) -> KeyedDigest {
    let document = scanner[member]
    guard let members else { return digest(scanner.buffer(document), after: start) }
    guard !members.isEmpty else { return start }
    guard !document.isEmpty,
      case .value = tape.parse(scanner.bytes, from: document.start, count: scanner.count)
    else { return digest(1, 0, after: start) }
    var digest = digest(2, 0, after: start)
    tape.forEachChild(0) { child in
      guard members.contains(tape.key(child)) else { return }
      digest = self.digest(tape.slice(child), after: self.digest(tape.keySlice(child), after: digest))
      digest = self.digest(UInt64(tape.kind(child).rawValue), 0, after: digest)
    }
    return digest
  }
}
