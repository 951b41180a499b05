/// Plain values that stay where they are, so that threads read them without counting references.
///
/// What `values` points to is good for as long as the object lives, and nothing changes it.
final class FixedValues<Value: BitwiseCopyable>: @unchecked Sendable {
  let values: UnsafeBufferPointer<Value>

  /// Makes room for `count` values, all bits zero, and has it filled.
  init(count: Int, fill: (UnsafeMutableBufferPointer<Value>) -> Void) {
    let room = UnsafeMutableBufferPointer(start: TableMemory.allocate(count, of: Value.self), count: count)
    fill(room)
    values = UnsafeBufferPointer(room)
  }

  deinit {
    if let start = values.baseAddress {
      TableMemory.free(UnsafeMutablePointer(mutating: start), values.count)
    }
  }
}
