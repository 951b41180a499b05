/// What is looked at below a place of a document, as a tree: nothing else there can change a judgement.
final class NeededValues: Sendable {
  /// Whether nothing is looked at.
  let isEmpty: Bool
  /// Whether the value itself is looked at, with all that it holds.
  let isWhole: Bool
  /// The keys of members that are looked into, and what is looked at there.
  private let keys: [MemberKey]
  private let members: [NeededValues]
  /// The lengths that their keys have, modulo 64: one bit each.
  private let lengths: UInt64
  /// What is looked at in each element of an array, and in anything else as if it were one.
  let elements: NeededValues?

  /// The tree of some paths that start at the place; an empty path that isn't whole asks only whether something is
  /// there.
  init(_ paths: [(steps: ArraySlice<FactPath.Step>, isWhole: Bool)]) {
    isEmpty = paths.isEmpty
    let isWhole = paths.contains { $0.steps.isEmpty && $0.isWhole }
    func below(_ step: FactPath.Step) -> NeededValues {
      NeededValues(paths.filter { $0.steps.first == step }.map { ($0.steps.dropFirst(), $0.isWhole) })
    }
    let names = paths.compactMap { path in
      if case .key(let name)? = path.steps.first { name } else { nil }
    }
    let sorted = isWhole ? [] : Set(names).sorted()
    keys = sorted.map(MemberKey.init)
    members = sorted.map { below(.key($0)) }
    elements = !isWhole && paths.contains { $0.steps.first == .each } ? below(.each) : nil
    lengths = keys.reduce(0) { $0 | 1 &<< UInt64($1.count & 63) }
    self.isWhole = isWhole
  }

  /// What is looked at in a member of an object, `nil` for nothing.
  @inline(__always)
  func below(_ member: JSONTape.Index, on tape: JSONTape) -> NeededValues? {
    let slice = tape.keySlice(member)
    if lengths &>> UInt64(slice.count & 63) & 1 == 0, !tape.keyHasEscapes(member), slice.isPlain {
      return nil
    }
    for position in keys.indices where keys[position].isKey(member, on: tape) { return members[position] }
    return nil
  }
}

/// What critical outcomes depend on, prepared for many events.
final class PreparedNeeds: Sendable {
  let needs: OverrideNeeds
  let request: NeededValues
  let response: NeededValues
  let additional: NeededValues
  /// Whether documents and accounts may settle alone what else depends on the actor or the source too.
  let mayDoWithoutActor: Bool

  convenience init(of entries: [OverrideEntry]) {
    self.init(entries.map(\.when), OverrideNeeds(of: entries))
  }

  convenience init(_ expressions: [Expression]) { self.init(expressions, OverrideNeeds(expressions)) }

  private init(_ expressions: [Expression], _ needs: OverrideNeeds) {
    self.needs = needs
    let looks = expressions.flatMap { $0.looks(below: nil) }
    func values(_ root: FactPath.Root) -> NeededValues {
      NeededValues(looks.filter { $0.path.root == root }.map { ($0.path.steps[...], $0.isWhole) })
    }
    request = values(.request)
    response = values(.response)
    additional = values(.additional)
    let isOfActor = needs.isOfActorKind || needs.isOfActor || needs.isOfAddress || needs.isOfSource
    let isOfDocuments = !request.isEmpty || !response.isEmpty || !additional.isEmpty
    mayDoWithoutActor = isOfActor && isOfDocuments && !needs.isOfSession && !needs.isOfTargets
  }
}
