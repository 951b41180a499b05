/// Text with `${slots}`, which a scene fills; the JSON of requests and responses is written this way.
///
/// Within one run of an operation the same slot has the same value, so a key made by one call is the key that
/// the next call deletes. `${new i old}` and `${new i fresh}` are two instances, `${new i old}` twice is one.
struct Template: ExpressibleByStringLiteral, Sendable {
  enum Segment: Sendable {
    case literal([UInt8])
    case slot(Slot)
  }

  let segments: [Segment]

  init(stringLiteral text: String) { self.init(text) }

  init(_ text: String) {
    var segments: [Segment] = []
    var rest = Substring(text)
    while let open = rest.firstRange(of: "${"), let close = rest[open.upperBound...].firstIndex(of: "}") {
      segments.append(.literal(Array(rest[..<open.lowerBound].utf8)))
      segments.append(.slot(Slot(String(rest[open.upperBound..<close]))))
      rest = rest[rest.index(after: close)...]
    }
    segments.append(.literal(Array(rest.utf8)))
    self.segments = segments
  }
}

/// A slot's words, and the hash that a scene remembers its value by.
struct Slot: Sendable {
  let kind: Kind
  let words: [String]
  let identity: UInt64

  /// What fills a slot.
  ///
  /// The words behind the kind say which one; a last word tells two values apart.
  enum Kind: String, Sendable {
    /// The account's or the estate's own facts.
    case account, region, org, slug, session
    /// `purpose NAME`: another account's id.
    case purpose
    /// `own PREFIX NAME`: an id that stays with the account, such as `own vpc main`.
    case own
    /// `estate PREFIX NAME`: an id that is the same in every account.
    case estate
    /// `monthly PREFIX NAME`: an id that a redeployment replaces on the first of each month.
    case monthly
    /// `pool PREFIX NAME COUNT`: one of the account's COUNT lasting ids; `monthlypool` replaces them all monthly.
    case pool, monthlypool
    /// `new PREFIX`: an id never seen before.
    case new
    /// `number LOW HIGH`, `pick A|B`.
    case number, pick
    /// `date`; `now` as in responses; `iso`; `stamp` in nanoseconds; `later SECONDS`.
    case date, now, iso, stamp, later
    /// A session token with the shape of a real one and nothing in it.
    case token
  }

  init(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard let kind = words.first.flatMap(Kind.init(rawValue:)) else {
      preconditionFailure("no slot is called \(text)")
    }
    self.kind = kind
    self.words = Array(words.dropFirst())
    var hash = StableHash()
    hash.combine(text)
    identity = hash.value
  }
}
