/// What a thread collected, with its names' numbers in the table of all.
///
/// All of it lies in plain memory, so that the threads that make lanes of it count no references.
final class LanePart: Sendable {
  /// Observations that add the same to the same lane.
  struct Group: BitwiseCopyable {
    var key: LaneNumbers
    var contribution: LaneContribution
    /// Where the names of its resources begin, those of its targets, and where these end.
    fileprivate var resources: UInt32
    fileprivate var targets: UInt32
    fileprivate var end: UInt32
    fileprivate var moments: UInt32
    fileprivate var momentsEnd: UInt32
  }

  private let groups: FixedValues<Group>
  private let names: FixedValues<NameNumber>
  private let moments: FixedValues<MomentLog.Moment>

  init(_ lanes: LogLanes, numbers: [NameNumber]) {
    let habits = lanes.habits
    names = FixedValues(count: habits.names.count) { room in
      for (place, name) in habits.names.enumerated() { room[place] = numbers[Int(name)] }
    }
    moments = lanes.moments.moments
    groups = FixedValues(count: lanes.groups.count) { room in
      for (number, group) in lanes.groups.enumerated() {
        let (resources, targets) = habits.bounds(of: group.habits)
        let moments = lanes.moments.range(of: number)
        room[number] = Group(
          key: group.key.renumbered(numbers),
          contribution: LaneContribution(
            outcome: group.outcome, nature: group.nature, overrides: CriticalOutcomes.classes(of: group.mark),
            agent: group.agent == .none ? .none : numbers[Int(group.agent)],
            person: group.person == .none ? .none : numbers[Int(group.person)]),
          resources: UInt32(truncatingIfNeeded: resources.lowerBound),
          targets: UInt32(truncatingIfNeeded: targets.lowerBound),
          end: UInt32(truncatingIfNeeded: targets.upperBound),
          moments: UInt32(truncatingIfNeeded: moments.lowerBound),
          momentsEnd: UInt32(truncatingIfNeeded: moments.upperBound))
      }
    }
  }

  /// The part for reading, good for as long as the part lives.
  var view: View { View(groups: groups.values, names: names.values, moments: moments.values) }

  struct View: BitwiseCopyable {
    fileprivate let groups: UnsafeBufferPointer<Group>
    fileprivate let names: UnsafeBufferPointer<NameNumber>
    fileprivate let moments: UnsafeBufferPointer<MomentLog.Moment>

    subscript(number: Int) -> Group {
      @inline(__always) get { groups[number] }
    }

    /// The names of a group's resources, each once.
    @inline(__always)
    func resources(_ group: Group) -> UnsafeBufferPointer<NameNumber> {
      UnsafeBufferPointer(rebasing: names[Int(group.resources)..<Int(group.targets)])
    }

    /// The names of a group's targets, each once.
    @inline(__always)
    func targets(_ group: Group) -> UnsafeBufferPointer<NameNumber> {
      UnsafeBufferPointer(rebasing: names[Int(group.targets)..<Int(group.end)])
    }

    /// When, and in which sessions, a group's observations were.
    @inline(__always)
    func moments(_ group: Group) -> UnsafeBufferPointer<MomentLog.Moment> {
      UnsafeBufferPointer(rebasing: moments[Int(group.moments)..<Int(group.momentsEnd)])
    }
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
  func sorted(places: [CountedWindow.Place], isRetracted: (LaneNumbers) -> Bool) -> Sorting {
    var sorting = Sorting()
    var positions: [NameNumber: Int] = [:]
    var last: (account: NameNumber, position: Int) = (.none, 0)
    let view = view
    for (number, place) in places.enumerated() {
      let group = view[number]
      var span = SeenSpan()
      for moment in view.moments(group) { span.add(moment.time, Int(moment.count)) }
      switch place {
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
