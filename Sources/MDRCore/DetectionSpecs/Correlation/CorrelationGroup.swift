/// The part of an event that says whose it is, and the values in it that are counted.
struct CorrelationSubject {
  /// Who signed the call.
  struct Signer {
    var accessKeyID: String?
    var actorAccountID: String
    var actor: String
    var sessionStart: String?
    var person: String?

    init(
      accessKeyID: String?, actorAccountID: String, actor: String, sessionStart: String?, person: String?
    ) {
      self.accessKeyID = accessKeyID
      self.actorAccountID = actorAccountID
      self.actor = actor
      self.sessionStart = sessionStart
      self.person = person
    }

    init(_ observation: Observation) {
      self.init(
        accessKeyID: observation.identity.accessKeyID, actorAccountID: observation.actorAccountID,
        actor: observation.actor, sessionStart: observation.identity.sessionStart,
        person: observation.identity.person)
    }

    /// The credentials of one session: its access key, or actor and issue time.
    var session: String { key ?? actorAccountID + "/" + actor + (sessionStart.map { "@" + $0 } ?? "") }

    /// The credentials that signed the call: the access key, or the actor where the log names none.
    var credentials: String { key ?? actorAccountID + "/" + actor }

    /// The person, or the actor and its account where the log names nobody.
    var personOrActor: String {
      person.flatMap { $0.isEmpty ? nil : $0 } ?? actorAccountID + "/" + actor
    }

    private var key: String? { accessKeyID.flatMap { $0.isEmpty ? nil : $0 } }
  }

  let signer: Signer
  /// The values at a path.
  let values: (FactPath) -> [JSONValue]

  init(_ signer: Signer, values: @escaping (FactPath) -> [JSONValue]) {
    self.signer = signer
    self.values = values
  }
}

/// Why events belong together: the values of the keys, in the keys' order.
struct CorrelationGroup: Hashable, Comparable, Sendable {
  /// Most groups have one key, and there are many groups.
  private var first = ""
  private var rest: [String] = []

  var values: [String] {
    get { [first] + rest }
    set {
      first = newValue.first ?? ""
      rest = Array(newValue.dropFirst())
    }
  }

  /// The group of an event; `nil` where a key has no value, because nothing says whose it is.
  init?(_ keys: [GroupKey], _ subject: CorrelationSubject) {
    for (place, key) in keys.enumerated() {
      guard let value = Self.value(key, subject) else { return nil }
      if place == 0 { first = value } else { rest.append(value) }
    }
  }

  private static func value(_ key: GroupKey, _ subject: CorrelationSubject) -> String? {
    switch key {
    case .value(let path): subject.values(path).lazy.compactMap(\.scalarText).first
    case .session: subject.signer.session
    case .identityPath: subject.signer.credentials
    case .personOrActor: subject.signer.personOrActor
    }
  }

  static func < (one: CorrelationGroup, other: CorrelationGroup) -> Bool {
    one.values.lexicographicallyPrecedes(other.values)
  }
}

extension Correlation {
  /// At most this many values of a path are told apart in a change.
  private static let valueLimit = 500

  /// The paths whose values are counted or compared.
  var comparedPaths: [FactPath] {
    switch self {
    case .threshold(let threshold): threshold.distinct.map { [$0] } ?? []
    case .change(let change): change.tests.map(\.path)
    case .sequence: []
    }
  }

  /// The values that are counted or compared; `nil` for an event that has none and therefore doesn't count.
  func values(_ subject: CorrelationSubject) -> [[String]]? {
    switch self {
    case .threshold(let threshold):
      guard let path = threshold.distinct else { return [] }
      let values = subject.values(path).compactMap(\.scalarText)
      return values.isEmpty ? nil : [values]
    case .change(let change):
      return change.tests.map { test in
        let values = subject.values(test.path).map { $0.scalarText ?? $0.compactText }
        return Array(Set(values).sorted().prefix(Self.valueLimit))
      }
    case .sequence: return []
    }
  }
}
