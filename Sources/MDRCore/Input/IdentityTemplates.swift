#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Identities that were read before, without what changes from session to session.
///
/// The next identity of a principal differs in its session's name, key and start only. Where the bytes between these
/// are those of an identity that was read, it is as valid as that one, and all that is marked in it stands where it
/// stood. One for each thread.
struct IdentityTemplates: ~Copyable {
  /// Identities above so many bytes are read each time.
  static let lengthLimit = 1_024
  /// Pieces of an identity, at most: four parts of it may change.
  static let pieceLimit = 8
  /// Beyond so many everything is learnt anew.
  private let capacity: Int
  /// How many identities may begin alike, of one principal with and without a second factor, say.
  private static let alternatives = 4

  /// What is known of one identity; its pieces stand one behind the other in its row of bytes.
  struct Template: BitwiseCopyable {
    /// Bytes of each piece; between two of them something changes.
    fileprivate(set) var lengths = SIMD8<UInt16>()
    fileprivate(set) var pieces = 1
    /// The part that is the session's name, if any, and whether that names a person.
    fileprivate(set) var name: Int?
    fileprivate(set) var namesPerson = false
    fileprivate(set) var hasARN = false
    /// Of each of the marked texts the piece in which it begins, how far in, and its bytes: 0 where it ends with what
    /// changes behind the piece, and `absent` for one that the identity lacks.
    fileprivate(set) var starts = SIMD4<UInt16>(repeating: Template.absent)
    fileprivate(set) var offsets = SIMD4<UInt16>()
    fileprivate(set) var counts = SIMD4<UInt16>()
    /// A digest of the pieces for whoever needs one, `none` until it is made.
    var digest = KeyedDigest.none
    /// Another identity that begins alike; -1 for the last.
    fileprivate(set) var next = -1

    fileprivate static let absent = UInt16.max

    /// The piece in which a marked text begins, `nil` where the identity lacks it.
    @inline(__always)
    func piece(of text: Int) -> Int? { starts[text] == Self.absent ? nil : Int(starts[text]) }
  }

  private let hash = KeyedHash()
  private var numbers = DigestTable()
  private let templates: UnsafeMutablePointer<Template>
  private let rows: UnsafeMutablePointer<UInt8>
  private var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    templates = .allocate(capacity: capacity)
    rows = .allocate(capacity: capacity * Self.lengthLimit)
  }

  deinit {
    templates.deallocate()
    rows.deallocate()
  }

  /// A known identity.
  subscript(number: Int) -> Template {
    @inline(__always) get { templates[number] }
    @inline(__always) nonmutating set { templates[number] = newValue }
  }

  /// The number of the first identity that may begin as the bytes do, of which 64 have to be readable.
  @inline(__always)
  func first(for bytes: UnsafePointer<UInt8>) -> Int? { numbers.value(start(bytes)) }

  /// The digest of the bytes by which principals differ first: the end of what precedes their id, and most of the id.
  @inline(__always)
  private func start(_ bytes: UnsafePointer<UInt8>) -> KeyedDigest {
    hash.digest(UnsafeBufferPointer(start: bytes + 24, count: 32))
  }

  /// The known identity itself, valid until another one is learnt.
  @inline(__always)
  func template(_ number: Int) -> UnsafePointer<Template> { UnsafePointer(templates + number) }

  /// The bytes of its pieces.
  @inline(__always)
  func pieces(_ number: Int) -> UnsafePointer<UInt8> {
    UnsafePointer(rows + number &* Self.lengthLimit)
  }

  /// Learns the identity in a slice; gives its number, or `nil` for one that is too long.
  mutating func learn(
    _ identity: RecordScanner.Slice, in bytes: UnsafePointer<UInt8>, _ marks: IdentityMarks,
    _ session: SessionParts
  ) -> Int? {
    guard identity.count <= Self.lengthLimit else { return nil }
    let number = room(for: start(bytes + identity.start))
    let next = self[number].next
    var template = Template()
    template.next = next
    template.hasARN = marks.hasARN
    template.namesPerson = session.namesPerson
    let row = rows + number * Self.lengthLimit
    var place = identity.start
    var filled = 0
    func end(_ piece: Int, at end: Int) {
      (row + filled).update(from: bytes + place, count: end - place)
      template.lengths[piece] = UInt16(end - place)
      for (index, text) in marks.texts.enumerated() where (place...end).contains(text.start) {
        guard !text.isEmpty, template.starts[index] == Template.absent else { continue }
        template.starts[index] = UInt16(piece)
        template.offsets[index] = UInt16(text.start - place)
        // A text that goes beyond the piece ends with what changes.
        template.counts[index] = text.start + text.count > end ? 0 : UInt16(text.count)
      }
      filled += end - place
    }
    for part in session.parts {
      end(template.pieces - 1, at: part.start)
      if part.start == session.name.start, !session.name.isEmpty { template.name = template.pieces - 1 }
      template.pieces += 1
      place = part.start + part.count
    }
    end(template.pieces - 1, at: identity.start + identity.count)
    self[number] = template
    return number
  }

  /// The row for one more identity with a start, if need be that of another such.
  private mutating func room(for start: KeyedDigest) -> Int {
    if count == capacity {
      numbers.removeAll()
      count = 0
    }
    var rank = 1
    var last = numbers.value(start)
    while let number = last, self[number].next >= 0 {
      last = self[number].next
      rank += 1
    }
    if rank == Self.alternatives, let last { return last }
    let number = count
    count += 1
    (templates + number).initialize(to: Template())
    if let last { self[last].next = number } else { numbers.insert(start, number) }
    return number
  }
}
