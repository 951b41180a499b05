/// Plain values that are made once for each digest, and numbered.
struct FacetTable<Value: BitwiseCopyable>: ~Copyable {
  private var numbers = DigestTable()
  private var values: UnsafeMutablePointer<Value>
  private var capacity = 256
  private(set) var count = 0
  /// Beyond this many the table starts anew; `nil` where numbers have to stay valid.
  private let limit: Int?

  init(limit: Int? = nil) {
    self.limit = limit
    values = TableMemory.allocate(capacity)
  }

  deinit { TableMemory.free(values, capacity) }

  subscript(number: Int) -> Value {
    @inline(__always) get { values[number] }
    @inline(__always) nonmutating set { values[number] = newValue }
  }

  /// The number for a digest, where it has one.
  @inline(__always)
  func number(for digest: KeyedDigest) -> Int? { numbers.value(digest) }

  /// Tells the processor that the place of a digest will be asked for.
  @inline(__always)
  func approach(_ digest: KeyedDigest) { numbers.approach(digest) }

  /// Numbers a value whose digest has no number.
  mutating func insert(_ digest: KeyedDigest, _ value: Value) -> Int {
    if let limit, count >= limit {
      numbers.removeAll()
      count = 0
    }
    if count == capacity {
      let larger = TableMemory.allocate(capacity * 2, of: Value.self)
      larger.update(from: values, count: count)
      TableMemory.free(values, capacity)
      values = larger
      capacity *= 2
    }
    numbers.insert(digest, count)
    values[count] = value
    count += 1
    return count - 1
  }
}
