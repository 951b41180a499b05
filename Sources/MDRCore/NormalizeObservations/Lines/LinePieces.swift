/// Which members of an observation's line depend on what, and so are kept together.
///
/// Pieces are cut from lines that the general code has encoded; members of a piece stand side by side in a line.
enum LinePieces {
  /// What members depend on.
  enum Owner {
    /// The identity, and the account that the event belongs to.
    case identity
    /// Service, name, region, type, error and access of the event.
    case call
    /// Address, endpoint and user agent, and what kind of actor used them.
    case origin

    var pieceCount: Int {
      switch self {
      case .identity: 6
      case .call: 8
      case .origin: 3
      }
    }

    /// The piece of the owner's notes among the generalisations.
    var notes: Int {
      switch self {
      case .identity, .origin: 2
      case .call: 4
      }
    }

    /// What the owner's notes start with.
    fileprivate func owns(_ note: UnsafeBufferPointer<UInt8>) -> Bool {
      let subject = UnsafeBufferPointer(rebasing: note.prefix { $0 != UInt8(ascii: ":") })
      return switch self {
      // A note with a secret in it is left out whole, and only an actor's can be one.
      case .identity:
        subject.isText("actor") || subject.isText("session")
          || subject.elementsEqual(SecretScrubber.replacement.utf8)
      case .call: subject.isText("event_source") || subject.isText("event") || subject.isText("region")
      case .origin: subject.isText("source")
      }
    }
  }

  private struct Member {
    var key: StaticString
    var owner: Owner
    var piece: Int
  }

  /// The members that are kept, in the order of a line.
  private static let members = [
    Member(key: "access_key_id", owner: .identity, piece: 0),
    Member(key: "account_id", owner: .identity, piece: 0),
    Member(key: "actor", owner: .identity, piece: 0),
    Member(key: "actor_account_id", owner: .identity, piece: 0),
    Member(key: "actor_arn", owner: .identity, piece: 0),
    Member(key: "actor_type", owner: .identity, piece: 0),
    Member(key: "archetype", owner: .identity, piece: 1),
    Member(key: "archetype_reason", owner: .identity, piece: 1),
    Member(key: "aws_region", owner: .call, piece: 0), Member(key: "error_code", owner: .call, piece: 1),
    Member(key: "event_name", owner: .call, piece: 2), Member(key: "event_source", owner: .call, piece: 2),
    Member(key: "event_type", owner: .call, piece: 3), Member(key: "invoked_by", owner: .identity, piece: 3),
    Member(key: "mfa", owner: .identity, piece: 3), Member(key: "outcome", owner: .call, piece: 5),
    Member(key: "person", owner: .identity, piece: 4), Member(key: "raw_event_name", owner: .call, piece: 6),
    Member(key: "read_only", owner: .call, piece: 6), Member(key: "region", owner: .call, piece: 7),
    Member(key: "session_class", owner: .identity, piece: 5),
    Member(key: "session_name", owner: .identity, piece: 5),
    Member(key: "session_start", owner: .identity, piece: 5),
    Member(key: "source", owner: .origin, piece: 0), Member(key: "source_ip", owner: .origin, piece: 0),
    Member(key: "source_kind", owner: .origin, piece: 0),
    Member(key: "user_agent", owner: .origin, piece: 1),
    Member(key: "user_agent_family", owner: .origin, piece: 1),
    Member(key: "vpc_endpoint_id", owner: .origin, piece: 1),
  ]

  /// Cuts the pieces of an owner from the line that a tape holds.
  ///
  /// A piece starts with the comma before its first member, but for a line's first member and for notes.
  static func cut(_ owner: Owner, from tape: JSONTape) -> [UnsafeBufferPointer<UInt8>] {
    var pieces = [Range<Int>](repeating: 0..<0, count: owner.pieceCount)
    func extend(_ piece: Int, from start: Int, to end: Int) {
      pieces[piece] = (pieces[piece].isEmpty ? start : pieces[piece].lowerBound)..<end
    }
    var next = 0
    tape.forEachChild(0) { member in
      if tape.isKey(member, "generalisations") {
        tape.forEachChild(member) { note in
          guard owner.owns(tape.slice(note)) else { return }
          let (start, end) = tape.extent(note)
          extend(owner.notes, from: start, to: end)
        }
        return
      }
      guard let place = members[next...].firstIndex(where: { tape.isKey(member, $0.key) }) else { return }
      next = place + 1
      guard members[place].owner == owner else { return }
      let start = Int(tape.nodes[member].keyStart) - 1
      extend(members[place].piece, from: member == 1 ? start : start - 1, to: tape.extent(member).end)
    }
    return pieces.map { UnsafeBufferPointer(start: tape.bytes + $0.lowerBound, count: $0.count) }
  }
}

extension JSONTape {
  /// Where a value starts and ends, a string with its quotes.
  fileprivate func extent(_ index: Index) -> (start: Int, end: Int) {
    let quote = kind(index) == .string ? 1 : 0
    return (Int(nodes[index].start) - quote, Int(nodes[index].end) + quote)
  }
}
