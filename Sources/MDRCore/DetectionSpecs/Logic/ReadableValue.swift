/// What logic reads of a value, wherever it lies.
protocol ReadableValue {
  /// A member; anything but an object has none.
  subscript(_ key: MemberKey) -> Self? { get }
  /// A scalar as text, the way all comparisons see it; `nil` for containers and null.
  var scalarText: String? { get }
  /// A number, or a text that spells one.
  var scalarNumber: Double? { get }
}

extension JSONValue: ReadableValue {
  subscript(_ key: MemberKey) -> JSONValue? { self[key.text] }
}

extension TapeNode: ReadableValue {
  subscript(_ key: MemberKey) -> TapeNode? { tape.member(index, key).map { TapeNode(tape, $0) } }

  var scalarText: String? { scalar?.scalarText }
  var scalarNumber: Double? { scalar?.scalarNumber }

  private var scalar: JSONValue? { tape.kind(index).rawValue < JSONTape.Kind.array.rawValue ? value : nil }
}
