extension Timestamp {
  /// Stands for the time of a record that has none, or none that can be read.
  ///
  /// A clock that was never set shows 1970, and CloudTrail is far younger: no event is from then.
  package static let unknown = Timestamp(seconds: 0)

  /// Whether it is the time of an event, and not what a missing one is read as.
  package var isKnown: Bool { seconds > 0 }

  /// The moment; `nil` where none is known.
  package var known: Timestamp? { isKnown ? self : nil }

  /// The moment for people: `2026-01-31T06:00:00Z`, or that there is none.
  package var shown: String { isKnown ? iso8601 : "no time" }

  /// The moment for programs, `null` where none is known.
  package var json: JSONValue { JSONValue(known?.iso8601) }

  /// The place in an order of time: what has no time comes last.
  package var inOrder: Timestamp { isKnown ? self : Timestamp(seconds: .max) }

  /// The earlier of two moments; a known one counts as earlier than an unknown one.
  package func earlier(_ other: Timestamp) -> Timestamp { inOrder <= other.inOrder ? self : other }

  /// The later of two moments; a known one counts as later than an unknown one.
  package func later(_ other: Timestamp) -> Timestamp { max(self, other) }
}
