/// A member's key, prepared for finding it in many objects without making texts of theirs.
struct MemberKey: Sendable {
  let text: String
  private let bytes: [UInt8]
  private let isPlain: Bool

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
    isPlain = bytes.withUnsafeBufferPointer(\.isPlain)
  }

  var count: Int { bytes.count }

  /// Whether a member bears the key: its bytes say so where both are plain, else the texts do.
  @inline(__always)
  func isKey(_ member: JSONTape.Index, on tape: JSONTape) -> Bool {
    let slice = tape.keySlice(member)
    guard !tape.keyHasEscapes(member) else { return tape.key(member) == text }
    if slice.count == bytes.count, bytes.withUnsafeBufferPointer(slice.hasBytes) { return true }
    return isPlain && slice.isPlain ? false : tape.key(member) == text
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether no byte is a control character or beyond ASCII, so that texts are the same where their bytes are.
  var isPlain: Bool {
    guard let start = baseAddress.map({ UnsafeRawPointer($0) }) else { return true }
    // A byte below 0x20 borrows, but then its own top bit is set already.
    func marks(_ word: UInt64) -> UInt64 { word | (word &- 0x2020_2020_2020_2020) }
    var found: UInt64 = 0
    guard count >= 8 else {
      for byte in self { found |= UInt64(byte | (byte &- 0x20)) }
      return found & 0x80 == 0
    }
    var position = 0
    while position < count &- 8 {
      found |= marks(start.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      position &+= 8
    }
    found |= marks(start.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
    return found & 0x8080_8080_8080_8080 == 0
  }
}
