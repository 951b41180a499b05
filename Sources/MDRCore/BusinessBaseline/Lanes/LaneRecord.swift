/// What a lane holds, in plain memory: its names are numbers, and its days and lists lie behind each other in words.
///
/// What `words` points to is good for as long as the chunk of lanes lives that the record belongs to.
struct LaneRecord: BitwiseCopyable {
  /// A name and its count in a list.
  typealias Entry = CountList.Entry

  /// Lists of names, in the order in which they lie behind the days.
  enum List: Int, CaseIterable {
    case userAgentFamilies, resourcePatterns, targets, people
  }

  var key: LaneNumbers
  var hours = HoursOfDay([])
  var counts = OutcomeCounts()
  var firstSeen = Timestamp(seconds: 0)
  var lastSeen = Timestamp(seconds: 0)
  var sessions = 0
  var peerAccounts = 0
  var standing = LaneStanding.observed
  var family = BusinessFamily.other
  var risk = BusinessRisk.operationalChange
  var archetype = Archetype.unknown
  var sourceKind = SourceKind.unknown
  var hangsOnOneDay = false
  var hasCadence = false
  /// The classes of its critical outcomes, of those that recur, and of those whose attempts do.
  var overrides = OverrideClasses(bits: 0)
  var establishedOverrides = OverrideClasses(bits: 0)
  var attemptedOverrides = OverrideClasses(bits: 0)
  /// The position of what few lanes have among that of its chunk; -1 where it has nothing of it.
  var rarities: Int32 = -1
  /// Entries in each list.
  private var lengths = SIMD4<UInt32>(repeating: 0)
  private var dayCount: UInt32 = 0
  /// Where its words begin among those of its chunk.
  fileprivate(set) var start: UInt32
  fileprivate var words: UnsafePointer<UInt32>?

  /// A record whose words come next.
  init(_ key: LaneNumbers, startingAt start: Int) {
    self.key = key
    self.start = UInt32(truncatingIfNeeded: start)
  }

  /// Words that an entry takes.
  static let wordsOfEntry = 3

  /// The same record with its words elsewhere.
  func moved(to words: UnsafePointer<UInt32>?, startingAt start: Int) -> LaneRecord {
    var copy = self
    copy.start = UInt32(truncatingIfNeeded: start)
    copy.words = words
    return copy
  }

  /// Notes how many days were put behind the start.
  mutating func setDayCount(_ count: Int) { dayCount = UInt32(truncatingIfNeeded: count) }

  /// Notes how many entries of a list were put behind those of the lists before it.
  mutating func setLength(_ count: Int, of list: List) {
    lengths[list.rawValue] = UInt32(truncatingIfNeeded: count)
  }

  /// Days with at least one observation, counted from 1970-01-01, sorted.
  @inline(__always)
  var days: Days { Days(UnsafeBufferPointer(start: words, count: Int(dayCount))) }

  /// The names of a list, in their order.
  @inline(__always)
  func entries(_ list: List) -> Entries {
    var place = Int(dayCount)
    for before in 0..<list.rawValue { place += Int(lengths[before]) * Self.wordsOfEntry }
    let count = Int(lengths[list.rawValue])
    return Entries(
      UnsafeBufferPointer(start: words.map { $0 + place }, count: count * Self.wordsOfEntry))
  }
}

extension LaneRecord {
  /// The days of a lane; no day lies further from 1970 than 32 bits tell.
  struct Days: RandomAccessCollection, BitwiseCopyable {
    private let words: UnsafeBufferPointer<UInt32>

    fileprivate init(_ words: UnsafeBufferPointer<UInt32>) { self.words = words }

    var startIndex: Int { 0 }
    @inline(__always)
    var endIndex: Int { words.count }
    @inline(__always)
    subscript(position: Int) -> Int { Int(Int32(bitPattern: words[position])) }
  }

  /// The names of a list, each with its count.
  struct Entries: RandomAccessCollection, BitwiseCopyable {
    private let words: UnsafeBufferPointer<UInt32>

    fileprivate init(_ words: UnsafeBufferPointer<UInt32>) { self.words = words }

    var startIndex: Int { 0 }
    @inline(__always)
    var endIndex: Int { words.count / LaneRecord.wordsOfEntry }
    @inline(__always)
    subscript(position: Int) -> Entry {
      let place = position * LaneRecord.wordsOfEntry
      let count = UInt64(words[place + 1]) | UInt64(words[place + 2]) << 32
      return (words[place], Int(bitPattern: UInt(count)))
    }
  }
}

/// The words of records, one after the other, in room that grows by doubling.
struct LaneWords {
  private var room: [UInt32] = []
  private(set) var count = 0

  /// Calls `body` with room for some words, which it fills.
  @inline(__always)
  private mutating func append(_ size: Int, _ body: (UnsafeMutableBufferPointer<UInt32>) -> Void) {
    if count + size > room.count { grow(size) }
    room.withUnsafeMutableBufferPointer {
      body(UnsafeMutableBufferPointer(rebasing: $0[count..<count + size]))
    }
    count += size
  }

  @inline(never)
  private mutating func grow(_ size: Int) {
    room += repeatElement(0, count: max(room.count, size, 64))
  }

  /// Appends days.
  @inline(__always)
  mutating func append(days: some Collection<Int>) {
    append(days.count) { room in
      for (place, day) in days.enumerated() { room[place] = UInt32(bitPattern: Int32(clamping: day)) }
    }
  }

  /// Appends the names of a list, each with its count.
  @inline(__always)
  mutating func append(entries: some Collection<(value: NameNumber, count: Int)>) {
    append(entries.count * LaneRecord.wordsOfEntry) { room in
      var place = 0
      for entry in entries {
        let bits = UInt64(bitPattern: Int64(entry.count))
        room[place] = entry.value
        room[place + 1] = UInt32(truncatingIfNeeded: bits)
        room[place + 2] = UInt32(truncatingIfNeeded: bits >> 32)
        place += LaneRecord.wordsOfEntry
      }
    }
  }

  /// The words where they stay.
  var fixed: FixedValues<UInt32> {
    FixedValues(count: count) { place in
      room.withUnsafeBufferPointer { _ = place.update(fromContentsOf: $0[..<count]) }
    }
  }
}
