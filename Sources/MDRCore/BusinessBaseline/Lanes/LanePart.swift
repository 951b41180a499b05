/// What a thread collected of logs: groups of observations that add the same to the same lane.
///
/// All of it lies in plain memory, so that the threads that make lanes of it count no references. One thread at a time
/// changes it, before others read it.
final class LanePart: @unchecked Sendable {
  /// Observations that add the same to the same lane.
  struct Group: BitwiseCopyable {
    var key: LaneNumbers
    var contribution: LaneContribution
    /// The names that it touches.
    var habits: HabitTable.Span
    /// Where the baseline counts them; outside they are only accounted for.
    var place: CountedWindow.Place
    /// Where its moments begin and end, once these are grouped.
    fileprivate var moments: UInt32 = 0
    fileprivate var momentsEnd: UInt32 = 0

    init(
      key: LaneNumbers, contribution: LaneContribution, habits: HabitTable.Span, place: CountedWindow.Place
    ) {
      self.key = key
      self.contribution = contribution
      self.habits = habits
      self.place = place
    }
  }

  private var groups: PlainList<Group>
  private var names: PlainList<NameNumber>
  /// When the groups' observations were, in the order of reading until they are grouped.
  private var log: MomentLog
  private var moments = GroupedMoments()

  init(groups: consuming PlainList<Group>, names: consuming PlainList<NameNumber>, log: consuming MomentLog) {
    self.groups = groups
    self.names = names
    self.log = log
  }

  /// A part of nothing.
  convenience init() { self.init(groups: PlainList(), names: PlainList(), log: MomentLog()) }

  /// Puts the moments in the order of their groups.
  func groupMoments() {
    var log = MomentLog()
    swap(&log, &self.log)
    moments = log.grouped(groups.count)
    for number in 0..<groups.count {
      let range = moments.range(of: number)
      (groups[number].moments, groups[number].momentsEnd) = (range.lowerBound, range.upperBound)
    }
  }

  /// Gives all names the numbers that they have in the table of all.
  func renumber(_ numbers: [NameNumber]) {
    numbers.withUnsafeBufferPointer { numbers in
      for place in names.elements.indices { names[place] = numbers[Int(names[place])] }
      for place in groups.elements.indices { groups[place].renumber(numbers) }
    }
  }

  /// The part for reading, good for as long as the part lives and isn't changed.
  var view: View {
    View(
      groups: UnsafeBufferPointer(groups.elements), names: UnsafeBufferPointer(names.elements),
      moments: moments.elements)
  }

  struct View: BitwiseCopyable {
    let groups: UnsafeBufferPointer<Group>
    fileprivate let names: UnsafeBufferPointer<NameNumber>
    fileprivate let moments: UnsafeBufferPointer<MomentLog.Moment>

    /// Looks at what a group will ask for.
    @inline(__always)
    func approach(_ group: Group) -> UInt64 {
      var sum: UInt64 = 0
      if group.moments < group.momentsEnd { sum = moments[Int(group.moments)].session }
      if group.habits.count > 0 { sum &+= UInt64(names[Int(group.habits.start)]) }
      return sum
    }

    subscript(number: Int) -> Group {
      @inline(__always) get { groups[number] }
    }

    /// The names of a group's resources, each once.
    @inline(__always)
    func resources(_ group: Group) -> UnsafeBufferPointer<NameNumber> {
      UnsafeBufferPointer(rebasing: names[group.habits.resources])
    }

    /// The names of a group's targets, each once.
    @inline(__always)
    func targets(_ group: Group) -> UnsafeBufferPointer<NameNumber> {
      UnsafeBufferPointer(rebasing: names[group.habits.targets])
    }

    /// When, and in which sessions, a group's observations were.
    @inline(__always)
    func moments(_ group: Group) -> UnsafeBufferPointer<MomentLog.Moment> {
      UnsafeBufferPointer(rebasing: moments[Int(group.moments)..<Int(group.momentsEnd)])
    }
  }
}

extension LanePart.Group {
  fileprivate mutating func renumber(_ numbers: UnsafeBufferPointer<NameNumber>) {
    key = key.renumbered { numbers[Int($0)] }
    if contribution.agent != .none { contribution.agent = numbers[Int(contribution.agent)] }
    if contribution.person != .none { contribution.person = numbers[Int(contribution.person)] }
  }
}

extension LanePart {
  /// What becomes of a part's groups.
  struct Sorting: Sendable {
    /// The groups that count, by account.
    var pieces: [AccountPiece] = []
    var accounts: [NameNumber] = []
    /// Observations at or after the cut-off, before the first day that counts, and of lanes declared bad.
    var later = 0
    var earlier = 0
    var retracted = 0
  }

  /// Parts the groups by account, those left out that don't count.
  func sorted(isRetracted: (LaneNumbers) -> Bool) -> Sorting {
    var sorting = Sorting()
    var positions: [NameNumber: Int] = [:]
    var last: (account: NameNumber, position: Int) = (.none, 0)
    let view = view
    for (number, group) in view.groups.enumerated() {
      var span = SeenSpan()
      for moment in view.moments(group) { span.add(moment.time, moment.count) }
      switch group.place {
      case .inside where isRetracted(group.key): sorting.retracted += span.count
      case .inside where span.count > 0:
        if group.key.account != last.account {
          let position = positions[group.key.account] ?? sorting.pieces.count
          if position == sorting.pieces.count {
            positions[group.key.account] = position
            sorting.accounts.append(group.key.account)
            sorting.pieces.append(AccountPiece(part: self))
          }
          last = (group.key.account, position)
        }
        sorting.pieces[last.position].positions.append(UInt32(truncatingIfNeeded: number))
        sorting.pieces[last.position].span.formUnion(span)
      case .after: sorting.later += span.count
      case .before: sorting.earlier += span.count
      case .inside, .nowhere: break
      }
    }
    return sorting
  }
}
