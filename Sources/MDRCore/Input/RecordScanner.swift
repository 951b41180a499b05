/// Reads the members of a native CloudTrail record in one pass over its bytes, without a tape.
///
/// It validates what it passes and is sure of what it accepts: anything out of the ordinary, from a wrapper to a
/// damaged string, it leaves to `JSONTape`, which names it. One for each thread.
struct RecordScanner: ~Copyable {
  /// Bytes of a value, a string's without quotes.
  struct Slice {
    var start = 0
    var count = 0
    var hasEscapes = false

    var isEmpty: Bool { count == 0 }
  }

  /// A value below a member that the table of targets names.
  struct FoundValue {
    /// The member's number among the scanner's names.
    var name: Int
    /// 2 for a member of the document itself, more for what lies below.
    var depth: Int
    var slice: Slice
  }

  /// The deepest nesting that is scanned here.
  static let depthLimit = 64

  /// Members of the record at hand; an empty slice where it has none or an empty one.
  private let slices = UnsafeMutablePointer<Slice>.allocate(capacity: RecordMember.allCases.count)
  private(set) var isReadOnly: Bool?
  private(set) var hasErrorMessage = false
  /// Values of named members, in the order of the record.
  var found: [FoundValue] = []
  /// What changes with the session, of an identity that isn't empty.
  var marks = IdentityMarks()
  /// ARN, or else name, of each element of `resources`.
  var resources: [Slice] = []

  private(set) var bytes: UnsafePointer<UInt8>
  private(set) var count = 0
  let names: MemberNames
  private var keys = RecordKeys()
  /// The named member that values without a key of their own belong to.
  var currentName = 0
  /// Whether the string that was passed last has escapes.
  var lastHasEscapes = false

  /// A scanner that looks for values of `names` in an event's documents.
  init(names: MemberNames) {
    self.names = names
    slices.initialize(repeating: Slice(), count: RecordMember.allCases.count)
    bytes = UnsafePointer(UnsafeRawPointer(slices).assumingMemoryBound(to: UInt8.self))
    found.reserveCapacity(64)
    resources.reserveCapacity(16)
  }

  deinit { slices.deallocate() }

  subscript(member: RecordMember) -> Slice {
    @inline(__always) get { slices[Int(member.rawValue)] }
  }

  /// The bytes of a slice.
  @inline(__always)
  func buffer(_ slice: Slice) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + slice.start, count: slice.count)
  }

  /// Scans the object that starts at `start`; 64 readable bytes follow `count`.
  ///
  /// - Returns: where the record ends, or `nil` where the general reader has to look at it.
  mutating func scan(_ bytes: UnsafePointer<UInt8>, from start: Int, count: Int) -> Int? {
    guard start < count, bytes[start] == UInt8(ascii: "{") else { return nil }
    self.bytes = bytes
    self.count = count
    slices.update(repeating: Slice(), count: RecordMember.allCases.count)
    isReadOnly = nil
    hasErrorMessage = false
    found.removeAll(keepingCapacity: true)
    resources.removeAll(keepingCapacity: true)
    var companions = 0
    var position = start + 1
    var previous = RecordMember.start
    while true {
      position = space(position)
      guard position < count else { return nil }
      let member: RecordMember
      if let end = keys.predicted(after: previous, bytes + position) {
        member = keys.prediction(after: previous)
        position += end
      } else {
        guard bytes[position] == UInt8(ascii: "\"") else { return nil }
        let end = stringEnd(position + 1)
        guard end >= 0, !lastHasEscapes else { return nil }
        member = keys.member(bytes + position + 1, count: end - position - 1)
        position = space(end + 1)
        guard position < count, bytes[position] == UInt8(ascii: ":") else { return nil }
        position += 1
        keys.learn(member, after: previous)
      }
      previous = member
      position = space(position)
      guard position < count else { return nil }
      position = value(of: member, at: position)
      guard position >= 0, position < count else { return nil }
      if member.isCompanion { companions += 1 }
      if bytes[position] != UInt8(ascii: ",") {
        position = space(position)
        guard position < count else { return nil }
      }
      switch bytes[position] {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"):
        guard companions > 0, !self[.eventName].isEmpty else { return nil }
        return position + 1
      default: return nil
      }
    }
  }

  /// Takes in a member's value; gives the place behind it, or -1.
  @inline(__always)
  private mutating func value(of member: RecordMember, at start: Int) -> Int {
    let first = bytes[start]
    switch member.form {
    case .text:
      guard first == UInt8(ascii: "\"") else { return null(at: start) }
      let end = stringEnd(start + 1)
      guard end >= 0 else { return -1 }
      slices[Int(member.rawValue)] = Slice(
        start: start + 1, count: end - start - 1, hasEscapes: lastHasEscapes)
      if member == .errorMessage { hasErrorMessage = true }
      return end + 1
    case .flag:
      if first == UInt8(ascii: "t") || first == UInt8(ascii: "f") {
        isReadOnly = first == UInt8(ascii: "t")
      } else if first != UInt8(ascii: "n") {
        return -1
      }
      return skip(start, depth: 1, collects: false)
    case .identity:
      guard first == UInt8(ascii: "{") else { return null(at: start) }
      guard self[member].count == 0 else { return -1 }
      let end = identity(at: start)
      guard end >= 0 else { return -1 }
      slices[Int(member.rawValue)] = Slice(start: start, count: end - start)
      return end
    case .document:
      guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
        return first == UInt8(ascii: "n") ? null(at: start) : -1
      }
      // Of repeated documents the last counts, and what the first named is taken in already.
      guard self[member].count == 0 else { return -1 }
      currentName = 0
      let end = skip(start, depth: 1, collects: member != .additionalEventData)
      guard end >= 0 else { return -1 }
      slices[Int(member.rawValue)] = Slice(start: start, count: end - start)
      return end
    case .resources:
      guard first == UInt8(ascii: "[") else { return null(at: start) }
      guard resources.isEmpty else { return -1 }
      return resourceList(at: start)
    case .other:
      let end = skip(start, depth: 1, collects: false)
      if member == .tlsDetails, first != UInt8(ascii: "n") {
        slices[Int(member.rawValue)] = Slice(start: start, count: max(0, end - start))
      }
      return end
    case .foreign: return -1
    }
  }

  private func null(at start: Int) -> Int {
    guard start + 4 <= count, bytes[start] == UInt8(ascii: "n"), bytes[start + 1] == UInt8(ascii: "u"),
      bytes[start + 2] == UInt8(ascii: "l"), bytes[start + 3] == UInt8(ascii: "l")
    else { return -1 }
    return start + 4
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the bytes are those of a text.
  @inline(__always)
  func isText(_ text: StaticString) -> Bool {
    hasBytes(of: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
