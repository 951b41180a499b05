/// First members of a document that are looked at, prepared for finding them among many.
struct NeededMembers: Sendable {
  /// Whether the document is looked at as a whole.
  let isWhole: Bool
  private let keys: [MemberKey]
  /// The lengths that keys have, modulo 64: one bit each.
  private let lengths: UInt64

  init(_ members: Set<String>?) {
    isWhole = members == nil
    keys = (members ?? []).sorted().map(MemberKey.init)
    lengths = keys.reduce(0) { $0 | 1 &<< UInt64($1.count & 63) }
  }

  var isEmpty: Bool { !isWhole && keys.isEmpty }

  /// Whether a member is one of them.
  @inline(__always)
  func includes(_ member: JSONTape.Index, on tape: JSONTape) -> Bool {
    let slice = tape.keySlice(member)
    if lengths &>> UInt64(slice.count & 63) & 1 == 0, !tape.keyHasEscapes(member), slice.isPlain {
      return false
    }
    for key in keys where key.isKey(member, on: tape) { return true }
    return false
  }
}

/// What critical outcomes depend on, prepared for many events.
final class PreparedNeeds: Sendable {
  let needs: OverrideNeeds
  let request: NeededMembers
  let response: NeededMembers
  let additional: NeededMembers

  init(_ needs: OverrideNeeds) {
    self.needs = needs
    request = NeededMembers(needs.request)
    response = NeededMembers(needs.response)
    additional = NeededMembers(needs.additional)
  }
}
