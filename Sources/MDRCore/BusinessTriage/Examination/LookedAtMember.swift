/// A place in a line that a rule looked at: a member, keys that lead down into it, and the test that it was put to, where
/// that was all.
struct LookedAtMember: Hashable {
  private let member: ObservationLine.Member
  private let keys: [[UInt8]]
  private let test: PreparedTest?

  /// The place where a path's values are written, or something around it; `nil` for what like lines have in common.
  init?(_ look: FactReads.Look) {
    let path = look.path
    var names: [String] = []
    test = look.test
    switch path.root {
    case .request: member = .request
    case .response: member = .response
    case .additional: member = .additional
    case .target(let name):
      member = .targets
      names.append(name)
    case .field(.actorARN), .field(.userName): member = .actorARN
    case .field(.sessionName): member = .sessionName
    case .field(.accessKeyID): member = .accessKeyID
    case .field(.sourceIP): member = .sourceIP
    case .field(.userAgent): member = .userAgent
    case .field(.resource): member = .resources
    case .element, .field: return nil
    }
    // An array is looked at whole.
    for case .key(let name) in path.steps.prefix(while: { $0 != .each }) { names.append(name) }
    keys = names.map { Array($0.utf8) }
  }

  /// A digest of what stands there, or of what the test says of it, after that of what was looked at before.
  ///
  /// Where the keys lead nowhere the value that has no such member counts, so that equal digests are equal answers.
  func digest(_ line: ObservationLine, _ hash: KeyedHash, after start: KeyedDigest) -> KeyedDigest {
    let tape = line.tape
    guard var node = line.decoder.node(member) else { return hash.digest(0, 0, after: start) }
    var depth = 0
    for key in keys {
      guard tape.kind(node) == .object else { break }
      guard let next = tape.member(node, utf8: key) else { return hash.digest(0, 1, after: start) }
      node = next
      depth += 1
    }
    if let test, depth == keys.count {
      let isThere = tape.kind(node) != .null
      return hash.digest(isThere && test.accepts(TapeNode(tape, node)) ? 1 : 0, isThere ? 3 : 4, after: start)
    }
    let digest = hash.digest(UInt64(tape.kind(node).rawValue), 2, after: start)
    return hash.digest(tape.slice(node), after: digest)
  }
}
