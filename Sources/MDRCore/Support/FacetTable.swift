/// Plain values that are made once for each digest, and numbered.
struct FacetTable<Value: BitwiseCopyable>: ~Copyable {
  private var numbers = DigestTable()
  private var values = PlainList<Value>(expecting: 256)

  var count: Int { values.count }

  subscript(number: Int) -> Value {
    @inline(__always) get { values[number] }
    @inline(__always) set { values[number] = newValue }
  }

  /// The number for a digest, where it has one.
  @inline(__always)
  func number(for digest: KeyedDigest) -> Int? { numbers.value(digest) }

  /// Numbers a value whose digest has no number.
  mutating func insert(_ digest: KeyedDigest, _ value: Value) -> Int {
    numbers.insert(digest, values.count)
    values.append(value)
    return values.count - 1
  }
}
