/// When, and in which sessions, the events of numbered groups were: in the order of reading, a few words each.
struct MomentLog: Sendable {
  /// Events of one group at one moment in one session.
  struct Moment: BitwiseCopyable {
    /// Seconds since 1970.
    var second: Int
    var session: UInt64
    var group: UInt32
    var count: UInt32

    var time: Timestamp { Timestamp(seconds: second) }
  }

  private var moments: [Moment] = []
  /// Moments from which on those of one group, session and hour are put together.
  private var limit: Int

  /// A log with room for an expected number of events.
  init(limit: Int = 1 << 21, expecting count: Int = 0) {
    self.limit = limit
    moments.reserveCapacity(min(limit, count))
  }

  @inline(__always)
  mutating func add(_ time: Timestamp, session: UInt64, group: Int) {
    moments.append(
      Moment(second: time.seconds, session: session, group: UInt32(truncatingIfNeeded: group), count: 1))
    if moments.count >= limit { compact() }
  }

  /// Keeps the first and the last moment of each group, session and hour: all that a lane asks for.
  private mutating func compact() {
    moments.sort { ($0.group, $0.session, $0.second) < ($1.group, $1.session, $1.second) }
    var end = 0
    var isFirst = true
    for index in 1..<moments.count {
      let moment = moments[index]
      let last = moments[end]
      if last.group == moment.group, last.session == moment.session,
        HourSlot(last.time) == HourSlot(moment.time)
      {
        if isFirst {
          end += 1
          moments[end] = moment
          isFirst = false
        } else {
          moments[end].second = moment.second
          moments[end].count += moment.count
        }
      } else {
        end += 1
        moments[end] = moment
        isFirst = true
      }
    }
    moments.removeLast(moments.count - end - 1)
    limit = max(limit, moments.count * 2)
  }

  /// The moments by group.
  consuming func grouped(_ count: Int) -> GroupedMoments {
    var starts = [Int](repeating: 0, count: count + 1)
    for moment in moments { starts[Int(moment.group) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    let sorted = FixedValues<Moment>(count: moments.count) { room in
      for moment in moments {
        room[next[Int(moment.group)]] = moment
        next[Int(moment.group)] += 1
      }
    }
    return GroupedMoments(starts: starts, moments: sorted)
  }
}

/// Moments in the order of their groups.
struct GroupedMoments: Sendable {
  private let starts: [Int]
  let moments: FixedValues<MomentLog.Moment>

  /// No moments of no groups.
  init() { self.init(starts: [0], moments: FixedValues(count: 0) { _ in }) }

  fileprivate init(starts: [Int], moments: FixedValues<MomentLog.Moment>) {
    self.starts = starts
    self.moments = moments
  }

  /// Where a group's moments lie.
  func range(of group: Int) -> Range<Int> { starts[group]..<starts[group + 1] }

  /// Lends a group's moments for as long as the call takes.
  @inline(__always)
  func withMoments<Result>(
    of group: Int, _ body: (UnsafeBufferPointer<MomentLog.Moment>) -> Result
  ) -> Result {
    withExtendedLifetime(moments) {
      body(UnsafeBufferPointer(rebasing: moments.values[range(of: group)]))
    }
  }
}
