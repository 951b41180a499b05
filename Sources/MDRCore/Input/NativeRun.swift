/// Native records that were read one after another, faster than the tape does.
struct NativeRun {
  private(set) var records = 0
  /// Where the last one ends, or the next one begins.
  private(set) var end: Int
  /// Whether a record begins at `end` that the tape has to read.
  private(set) var isNextLeft = false

  /// Reads the record at `start`, and in an array those that follow without a space, as deliveries have them.
  ///
  /// `read` gives where the record with a number, counted from 0, ends, or `nil` where the tape has to read it.
  @inline(__always)
  init(
    _ bytes: UnsafePointer<UInt8>, from start: Int, count: Int, isInArray: Bool,
    read: (_ start: Int, _ number: Int) -> Int?
  ) {
    end = start
    while let next = read(end, records) {
      records += 1
      end = next
      guard isInArray, next + 1 < count, bytes[next] == UInt8(ascii: ","),
        bytes[next + 1] == UInt8(ascii: "{")
      else { return }
      end = next + 1
    }
    isNextLeft = true
  }
}
