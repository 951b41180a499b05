/// Tells which records say that they went to their service's global endpoint; for one thread.
struct GlobalEndpoints: ~Copyable {
  /// By an event's additional data and connection.
  private var known = DigestMap<Bool>(limit: 1 << 18)

  /// Whether the record at hand went there, if it is an event of the service that has one.
  @inline(__always)
  mutating func include(
    _ scanner: borrowing RecordScanner, _ tape: JSONTape, _ hash: KeyedHash
  ) -> Bool {
    let source = scanner[.eventSource]
    guard source.hasEscapes || source.count > 3 && scanner.buffer(source).isSTS else { return false }
    return judge(scanner, tape, hash)
  }

  private mutating func judge(
    _ scanner: borrowing RecordScanner, _ tape: JSONTape, _ hash: KeyedHash
  ) -> Bool {
    let (additional, connection) = (scanner[.additionalEventData], scanner[.tlsDetails])
    guard !additional.isEmpty || !connection.isEmpty else { return false }
    let digest = hash.digest(
      scanner.buffer(connection), after: hash.digest(scanner.buffer(additional)))
    if let known = known[digest] { return known }
    var found: Bool?
    if !additional.isEmpty,
      case .value = tape.parse(scanner.bytes, from: additional.start, count: scanner.count)
    {
      found = EventNaming.isGlobalEndpoint(tape, additional: 0)
    }
    if found == nil, !connection.isEmpty,
      case .value = tape.parse(scanner.bytes, from: connection.start, count: scanner.count)
    {
      found = EventNaming.isGlobalEndpoint(tape, connection: 0)
    }
    return known.insert(digest, found ?? false)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether four bytes or more begin with the name of the service that has a global endpoint.
  @inline(__always)
  fileprivate var isSTS: Bool {
    self[0] == UInt8(ascii: "s") && self[1] == UInt8(ascii: "t") && self[2] == UInt8(ascii: "s")
      && self[3] == UInt8(ascii: ".")
  }
}
