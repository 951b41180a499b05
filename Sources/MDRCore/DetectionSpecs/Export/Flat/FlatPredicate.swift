/// A condition on members that hold one value each: what remains for targets without arrays, elements and policies.
///
/// Negation stands at the leaves only, where a target has to say what it means of a member that isn't there: it holds.
indirect enum FlatPredicate: Equatable, Sendable {
  case constant(Bool)
  case all([FlatPredicate])
  case either([FlatPredicate])
  case leaf(FlatLeaf)
}

/// A test of one member, or that it doesn't hold.
struct FlatLeaf: Equatable, Sendable {
  var place: Place
  var test: RawTest
  var isNegated: Bool

  /// Which single value of a record is tested.
  enum Place: Equatable, Sendable {
    case field(RawField)
    case member(FlatDocument, [String])

    /// The keys down to the member in a record.
    var keys: [String] {
      switch self {
      case .field(let field): field.keys
      case .member(let document, let keys): [document.rawValue] + keys
      }
    }
  }
}

/// The documents of a record, by their members' names.
enum FlatDocument: String, Sendable {
  case request = "requestParameters"
  case response = "responseElements"
  case additional = "additionalEventData"
}

extension FlatPredicate {
  /// Flattens a condition; throws for what needs more than single values.
  ///
  /// With lists, a plain test may look into a list of scalars, as long as it isn't negated.
  init(_ predicate: RawPredicate, isNegated: Bool = false, hasLists: Bool = false) throws(ExportLimit) {
    switch predicate {
    case .constant(let holds): self = .constant(holds != isNegated)
    case .all(let parts): self = try Self.joined(parts, isAll: !isNegated, isNegated, hasLists)
    case .either(let parts): self = try Self.joined(parts, isAll: isNegated, isNegated, hasLists)
    case .not(let inner): self = try FlatPredicate(inner, isNegated: !isNegated, hasLists: hasLists)
    case .value(let path, .isAny(let tests)):
      self = try FlatPredicate(
        .either(tests.map { .value(path, $0) }), isNegated: isNegated, hasLists: hasLists)
    case .value(let path, let test):
      var path = path
      if hasLists, !isNegated, path.steps.last == .each { path.steps.removeLast() }
      self = .leaf(FlatLeaf(place: try Self.place(path, test), test: test, isNegated: isNegated))
    case .same(let one, let other):
      throw ExportLimit("it compares two members of one event, \(one.shown) and \(other.shown)")
    case .element(let path, _):
      throw ExportLimit("one and the same element of \(path.shown) has to meet several conditions")
    case .ports: throw ExportLimit.readsPortsTogether
    case .blocks(let path, _): throw ExportLimit.addsUpBlocks(of: path)
    case .policy(let path, _, _):
      throw ExportLimit.readsStatements(in: path)
    case .outsider(let path, _):
      throw ExportLimit("it compares the accounts in \(path.shown) with the event's own")
    case .auditName(let path, _): throw ExportLimit.takesWordsApart(of: path)
    case .actorWords: throw ExportLimit("it tells archetypes by the words of the actor's name")
    case .lanes: throw ExportLimit("it asks the baseline")
    }
  }

  private static func joined(
    _ parts: [RawPredicate], isAll: Bool, _ isNegated: Bool, _ hasLists: Bool
  ) throws(ExportLimit) -> FlatPredicate {
    var flat: [FlatPredicate] = []
    for part in parts {
      let inner = try FlatPredicate(part, isNegated: isNegated, hasLists: hasLists)
      switch inner {
      case .constant(isAll): continue
      case .constant: return inner
      case .all(let more) where isAll: flat += more.filter { !flat.contains($0) }
      case .either(let more) where !isAll: flat += more.filter { !flat.contains($0) }
      default: if !flat.contains(inner) { flat.append(inner) }
      }
    }
    if flat.isEmpty { return .constant(isAll) }
    if flat.count == 1 { return flat[0] }
    return isAll ? .all(flat) : .either(flat)
  }

  private static func place(_ path: RawPath, _ test: RawTest) throws(ExportLimit) -> FlatLeaf.Place {
    var keys: [String] = []
    for step in path.steps {
      guard case .key(let key) = step else { throw ExportLimit("it enters the array \(path.shown)") }
      keys.append(key)
    }
    let document: FlatDocument
    switch path.root {
    case .field(let field): return .field(field)
    case .derived(let text): throw ExportLimit("\(text.rawValue) is worked out by normalisation")
    case .element: throw ExportLimit("it looks at elements of an array")
    case .request: document = .request
    case .response: document = .response
    case .additional: document = .additional
    }
    if test == .exists {
      throw ExportLimit("\(path.shown) may be an object, whose presence flattened fields don't show")
    }
    return .member(document, keys)
  }
}
