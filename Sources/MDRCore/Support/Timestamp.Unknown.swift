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

  /// From this moment to a later one for people; a single moment is told once.
  package func span(to last: Timestamp) -> String {
    self == last || !isKnown ? shown : "\(iso8601) to \(last.iso8601)"
  }

  /// The days from this moment to a later one for people: `from 2026-01-01 to 2026-03-31`, or `on 2026-01-01`.
  package func days(to last: Timestamp) -> String {
    day == last.day ? "on \(date)" : "from \(date) to \(last.date)"
  }

  /// The moment for programs, `null` where none is known.
  package var json: JSONValue { JSONValue(known?.iso8601) }

  /// The place in an order of time: what has no time comes last.
  package var inOrder: Timestamp { isKnown ? self : Timestamp(seconds: .max) }

  /// The earlier of two moments; a known one counts as earlier than an unknown one.
  package func earlier(_ other: Timestamp) -> Timestamp { inOrder <= other.inOrder ? self : other }

  /// The later of two moments; a known one counts as later than an unknown one.
  package func later(_ other: Timestamp) -> Timestamp { max(self, other) }
}
