/// Values that are made once for each digest, and numbered.
final class FacetTable<Value> {
  private var numbers: DigestTable
  private(set) var values: [Value] = []
  /// Beyond this many the table starts anew; `nil` where numbers have to stay valid.
  private let limit: Int?

  init(limit: Int? = nil) {
    numbers = DigestTable()
    self.limit = limit
  }

  subscript(number: Int) -> Value {
    @inline(__always) get { values[number] }
    @inline(__always) _modify { yield &values[number] }
  }

  /// The number for a digest; `make` gives the value on first sight.
  @inline(__always)
  func number(for digest: KeyedDigest, else make: () -> Value) -> Int {
    if let known = numbers.value(digest) { return known }
    return add(digest, make())
  }

  @inline(never)
  private func add(_ digest: KeyedDigest, _ value: Value) -> Int {
    if let limit, values.count >= limit {
      numbers.removeAll()
      values.removeAll(keepingCapacity: true)
    }
    let number = values.count
    numbers.insert(digest, number)
    values.append(value)
    return number
  }
}
