/// Reads the members of a native CloudTrail record in one pass over its bytes, without a tape.
///
/// It validates what it passes and is sure of what it accepts: anything out of the ordinary, from a wrapper to a
/// damaged string, it leaves to `JSONTape`, which names it. Keys are guessed by a `KeyTree`. One for each thread.
struct RecordScanner: ~Copyable {
  /// Bytes of a value, a string's without quotes.
  struct Slice: BitwiseCopyable {
    let start: Int
    /// The length twice, plus 1 with escapes: two words are kept faster than three.
    private let extent: Int

    @inline(__always)
    init(start: Int = 0, count: Int = 0, hasEscapes: Bool = false) {
      self.start = start
      extent = count << 1 | (hasEscapes ? 1 : 0)
    }

    @inline(__always)
    var count: Int { extent >> 1 }
    @inline(__always)
    var hasEscapes: Bool { extent & 1 != 0 }
    @inline(__always)
    var isEmpty: Bool { extent < 2 }
  }

  /// A value below a member that the table of targets names.
  struct FoundValue: BitwiseCopyable {
    /// The member's number among the scanner's names.
    var name: Int
    /// 2 for a member of the document itself, more for what lies below.
    var depth: Int
    var slice: Slice
  }

  /// The deepest nesting that is scanned here.
  static let depthLimit = 64
  /// More named values, or resources, than this are left to the general reader.
  static let valueLimit = 256

  /// Members of the record at hand; an empty slice where it has none or an empty one.
  private let slices = UnsafeMutablePointer<Slice>.allocate(capacity: RecordMember.allCases.count)
  private(set) var isReadOnly: Bool?
  private(set) var hasErrorMessage = false
  var foundValues = ScratchList<FoundValue>(capacity: valueLimit)
  var resourceNames = ScratchList<Slice>(capacity: valueLimit)
  /// What changes with the session, of an identity that isn't empty.
  var marks = IdentityMarks()
  /// Identities that were read before, and the number of the one at hand, unless it is too long to be learnt.
  var identities: IdentityTemplates
  var identityNumber: Int?
  /// Where the pieces of an identity that is like a known one begin, and where what changes behind each ends.
  let pieceStarts = UnsafeMutablePointer<Int>.allocate(capacity: IdentityTemplates.pieceLimit)
  let partEnds = UnsafeMutablePointer<Int>.allocate(capacity: IdentityTemplates.pieceLimit)

  private(set) var bytes: UnsafePointer<UInt8>
  private(set) var count = 0
  let names: MemberNames
  let keys = RecordKeys()
  var tree: KeyTree
  /// The key that was passed last of those that weren't guessed.
  var place: KeyTree.Place = 0
  /// Where that was, among the keys of its object.
  var cursor = KeyTree.Cursor()
  /// The named member that values without a key of their own belong to.
  var currentName = 0
  /// Whether the string that was passed last has escapes.
  var lastHasEscapes = false

  /// A scanner that looks for values of `names` in an event's documents, and remembers so many keys and identities.
  init(names: MemberNames, keyCapacity: Int = 1 << 13, identityCapacity: Int = 1 << 11) {
    self.names = names
    identities = IdentityTemplates(capacity: identityCapacity)
    tree = KeyTree(roots: KeyContext.rootCount, capacity: keyCapacity)
    slices.initialize(repeating: Slice(), count: RecordMember.allCases.count)
    bytes = UnsafePointer(UnsafeRawPointer(slices).assumingMemoryBound(to: UInt8.self))
  }

  deinit {
    slices.deallocate()
    pieceStarts.deallocate()
    partEnds.deallocate()
  }

  subscript(member: RecordMember) -> Slice {
    @inline(__always) get { slices[Int(member.rawValue)] }
  }

  /// Values of named members, in the order of the record; valid until the next scan.
  var found: UnsafeBufferPointer<FoundValue> {
    @inline(__always) get { foundValues.elements }
  }

  /// ARN, or else name, of each element of `resources`; valid until the next scan.
  var resources: UnsafeBufferPointer<Slice> {
    @inline(__always) get { resourceNames.elements }
  }

  /// The bytes of a slice.
  @inline(__always)
  func buffer(_ slice: Slice) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + slice.start, count: slice.count)
  }

  /// The text of a slice, escapes decoded; `nil` for an empty one.
  @inline(__always)
  func text(_ slice: Slice) -> String? {
    guard !slice.isEmpty else { return nil }
    let bytes = buffer(slice)
    return slice.hasEscapes
      ? String(decoding: JSONText.unescaped(bytes), as: UTF8.self) : String(decoding: bytes, as: UTF8.self)
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
    foundValues.removeAll()
    resourceNames.removeAll()
    tree.makeRoom()
    // The keys that came without a text that is taken in, one bit each.
    var seen: UInt64 = 0
    var cursor = tree.start(of: KeyContext.recordRoot)
    var position = start + 1
    while true {
      guard let key = key(at: position, &cursor, .record) else { return nil }
      let meaning = tree.meaning(of: key.place)
      let member = RecordMember(role: meaning.role)
      let end: Int
      if meaning.literal != .none {
        guard key.value <= count else { return nil }
        if member == .readOnly, meaning.literal != .null { isReadOnly = meaning.literal == .yes }
        seen |= member.bit
        end = key.value
      } else if bytes[key.value] == UInt8(ascii: "\""), member.mayBeText {
        let start = key.value &+ 1
        guard let quote = stringEnd(start) else { return nil }
        if member.isText {
          slices[Int(member.rawValue)] = Slice(
            start: start, count: quote &- start, hasEscapes: lastHasEscapes)
        } else {
          seen |= member.bit
        }
        end = quote &+ 1
      } else {
        guard let other = value(of: member, at: key.value, below: key.place) else { return nil }
        seen |= member.bit
        end = other
      }
      guard let next = next(after: end, until: UInt8(ascii: "}")) else { return nil }
      position = next.position
      guard next.isEnd else { continue }
      hasErrorMessage = hasText(.errorMessage)
      let hasCompanion =
        hasText(.eventID) || hasText(.eventTime) || hasText(.eventSource) || hasText(.awsRegion)
        || seen & RecordMember.companions != 0
      guard hasCompanion, !self[.eventName].isEmpty else { return nil }
      return position
    }
  }

  /// Whether a member came with a text, were it empty.
  @inline(__always)
  private func hasText(_ member: RecordMember) -> Bool { self[member].start > 0 }

  /// Takes in a member's value that is no text; gives the place behind it, or `nil`.
  @inline(__always)
  private mutating func value(of member: RecordMember, at start: Int, below place: KeyTree.Place) -> Int? {
    let first = bytes[start]
    switch member.form {
    case .text:
      // `null` says nothing of what came before, but what has no name at last is no record.
      return member == .eventName ? nil : null(at: start)
    case .flag:
      if first == UInt8(ascii: "t") || first == UInt8(ascii: "f") {
        isReadOnly = first == UInt8(ascii: "t")
      } else if first != UInt8(ascii: "n") {
        return nil
      }
      return skip(start, depth: 1, in: place, collects: false)
    case .identity:
      guard first == UInt8(ascii: "{") else { return null(at: start) }
      guard self[member].count == 0 else { return nil }
      guard let end = identity(at: start) else { return nil }
      slices[Int(member.rawValue)] = Slice(start: start, count: end - start)
      return end
    case .document:
      guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return null(at: start) }
      // Of repeated documents the last counts, and what the first named is taken in already.
      guard self[member].count == 0 else { return nil }
      currentName = 0
      let collects = member != .additionalEventData
      let root = KeyContext.root(of: member, calledBy: buffer(self[.eventName]))
      guard let end = skip(start, depth: 1, in: root, collects: collects) else { return nil }
      slices[Int(member.rawValue)] = Slice(start: start, count: end - start)
      return end
    case .resources:
      guard first == UInt8(ascii: "[") else { return null(at: start) }
      guard resourceNames.count == 0 else { return nil }
      return resourceList(at: start)
    case .other:
      guard let end = skip(start, depth: 1, in: place, collects: false) else { return nil }
      if member == .tlsDetails, first != UInt8(ascii: "n") {
        slices[Int(member.rawValue)] = Slice(start: start, count: end - start)
      }
      return end
    case .foreign: return nil
    }
  }
}
extension UnsafeBufferPointer<UInt8> {
  /// Whether the bytes are those of a text.
  @inline(__always)
  func isText(_ text: StaticString) -> Bool {
    hasBytes(of: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
