/// When, and in which sessions, the events of numbered groups were: in the order of reading, a few words each.
struct MomentLog: ~Copyable {
  /// Events at one moment in one session.
  struct Moment: BitwiseCopyable {
    let session: UInt64
    /// Seconds since 1970, above 24 bits of a count.
    fileprivate let bits: UInt64

    fileprivate init(session: UInt64, bits: UInt64) {
      self.session = session
      self.bits = bits
    }

    fileprivate init(second: Int, session: UInt64, count: Int) {
      self.init(session: session, bits: UInt64(bitPattern: Int64(second)) << 24 | UInt64(count))
    }

    fileprivate var second: Int { Int(Int64(bitPattern: bits) >> 24) }
    var count: Int { Int(bits & 0xFF_FFFF) }
    var time: Timestamp { Timestamp(seconds: second) }
  }

  /// A moment and its group, in words of four bytes so that no room is left empty.
  ///
  /// Not private: the list's type is named in other files, where Swift 6.3's unoptimised build can't name a private one.
  struct Entry: BitwiseCopyable {
    private var session: (UInt32, UInt32)
    private var word: (UInt32, UInt32)
    let group: UInt32

    @inline(__always)
    init(_ moment: Moment, group: UInt32) {
      session = (UInt32(truncatingIfNeeded: moment.session), UInt32(moment.session >> 32))
      let word = moment.bits
      self.word = (UInt32(truncatingIfNeeded: word), UInt32(word >> 32))
      self.group = group
    }

    var moment: Moment {
      Moment(
        session: UInt64(session.1) << 32 | UInt64(session.0), bits: UInt64(word.1) << 32 | UInt64(word.0))
    }
  }

  /// Events that one moment counts, at most.
  private static var largestCount: Int { 0xFF_FFFF }

  private var entries: PlainList<Entry>
  /// Moments from which on those of one group, session and hour are put together.
  private var limit: Int

  /// A log with room for an expected number of events.
  init(limit: Int = 1 << 21, expecting count: Int = 0) {
    self.limit = limit
    entries = PlainList(expecting: count)
  }

  @inline(__always)
  mutating func add(_ time: Timestamp, session: UInt64, group: Int) {
    entries.append(
      Entry(
        Moment(second: time.seconds, session: session, count: 1), group: UInt32(truncatingIfNeeded: group)))
    if entries.count >= limit { compact() }
  }

  /// Keeps the first and the last moment of each group, session and hour: all that a lane asks for.
  private mutating func compact() {
    var entries = self.entries.elements
    entries.sort { one, other in
      let (first, second) = (one.moment, other.moment)
      return (one.group, first.session, first.second) < (other.group, second.session, second.second)
    }
    var end = 0
    var isFirst = true
    for index in 1..<entries.count {
      let entry = entries[index]
      let (moment, last) = (entry.moment, entries[end].moment)
      let isAlike =
        entries[end].group == entry.group && last.session == moment.session
        && HourSlot(last.time) == HourSlot(moment.time)
      if isAlike, !isFirst, last.count + moment.count <= Self.largestCount {
        entries[end] = Entry(
          Moment(second: moment.second, session: moment.session, count: last.count + moment.count),
          group: entry.group)
      } else {
        isFirst = !(isAlike && isFirst)
        end += 1
        entries[end] = entry
      }
    }
    self.entries.truncate(to: end + 1)
    limit = max(limit, self.entries.count * 2)
  }

  /// The moments by group.
  consuming func grouped(_ count: Int) -> GroupedMoments {
    var starts = PlainList<UInt32>(zeros: count + 1)
    let entries = entries.elements
    for entry in entries { starts[Int(entry.group) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = PlainList<UInt32>(zeros: count)
    for group in 0..<count { next[group] = starts[group] }
    var moments = PlainList<Moment>(zeros: entries.count)
    for entry in entries {
      let group = Int(entry.group)
      moments[Int(next[group])] = entry.moment
      next[group] += 1
    }
    return GroupedMoments(moments: moments, starts: starts)
  }
}

/// Moments in the order of their groups.
struct GroupedMoments: ~Copyable {
  private let moments: PlainList<MomentLog.Moment>
  private let starts: PlainList<UInt32>

  /// No moments of no groups.
  init() { self.init(moments: PlainList(), starts: PlainList(zeros: 1)) }

  fileprivate init(moments: consuming PlainList<MomentLog.Moment>, starts: consuming PlainList<UInt32>) {
    self.moments = moments
    self.starts = starts
  }

  /// All moments, valid as long as this is.
  var elements: UnsafeBufferPointer<MomentLog.Moment> { UnsafeBufferPointer(moments.elements) }

  /// Where a group's moments lie.
  func range(of group: Int) -> Range<UInt32> { starts[group]..<starts[group + 1] }
}
