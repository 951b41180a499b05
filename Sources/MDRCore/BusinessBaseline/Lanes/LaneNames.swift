/// Names that lanes refer to by number, as texts and as bytes.
final class LaneNames: Sendable {
  /// No names.
  static let none = LaneNames([])

  let strings: [String]
  let bytes: NameBytes

  init(_ strings: [String]) {
    self.strings = strings
    bytes = NameBytes(strings)
  }
}

/// The bytes of some lanes' names: of those that many lanes share, and of those that are their own.
///
/// Good for as long as the chunk of lanes lives that gave it.
struct LaneNameBytes: BitwiseCopyable {
  let shared: NameBytes.View
  let own: NameBytes.View

  subscript(number: NameNumber) -> UnsafeBufferPointer<UInt8> {
    @inline(__always) get {
      number < LaneChunk.ownMark ? shared[number] : own[number ^ LaneChunk.ownMark]
    }
  }
}

/// One number for each name of some lanes, whichever of them hold it.
struct LaneNaming: Sendable {
  private let shared: LaneNames
  /// Names that `shared` doesn't have.
  private var others = StringTable()

  /// Numbers for names that are told as texts.
  init() { shared = .none }

  /// Numbers for the names of some lanes: those that all of them share keep theirs.
  init(_ lanes: ArraySlice<Lane>) {
    var shared = lanes.first?.chunk.shared ?? .none
    lanes.forEachChunk { chunk, _ in if chunk.shared !== shared { shared = .none } }
    self.shared = shared
  }

  /// The number of a name that a lane of a chunk holds.
  @inline(__always)
  mutating func number(_ name: NameNumber, in chunk: LaneChunk) -> NameNumber {
    // Where nothing is shared, no number is the same for all.
    name < LaneChunk.ownMark && shared !== LaneNames.none ? name : number(of: chunk.text(name))
  }

  /// The number of a name that no lane shares with others.
  mutating func number(of text: String) -> NameNumber { others.intern(text) | LaneChunk.ownMark }

  func text(_ number: NameNumber) -> String {
    number < LaneChunk.ownMark
      ? shared.strings[Int(number)] : others[number ^ LaneChunk.ownMark]
  }
}
