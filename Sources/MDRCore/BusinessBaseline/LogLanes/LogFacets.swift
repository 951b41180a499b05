/// Numbers of names in a thread's table of strings; `none` where there is no name.
typealias NameNumber = UInt32

extension NameNumber {
  static let none = NameNumber.max
}

/// What a raw identity amounts to, whatever its session.
struct ActorFacet: BitwiseCopyable {
  var actor: NameNumber
  /// The principal's account, where the identity names one.
  var account: NameNumber
  var person: NameNumber
  /// The position of the actor's type among all.
  var type: UInt32
  /// The position of the actor's archetype among all.
  var archetype: UInt32
  /// The digest of what the actor is, whoever it is.
  var kind: KeyedDigest
}

/// What a call amounts to, whoever made it.
struct CallFacet: BitwiseCopyable {
  /// The service's number where the table of targets has members of its own for it, else 0.
  var targetService: Int
  /// No call after all: left to the general reader, which names it.
  var isSetAside: Bool
  var mark: CallMark
  /// Something was changed: a step of a sequence.
  var isChange: Bool
  var outcome: Outcome
  var event: NameNumber
  var region: NameNumber
  var awsRegion: NameNumber
}

/// Where a call came from, once its owner is known.
struct SourceFacet: BitwiseCopyable {
  var source: NameNumber
  var kind: SourceKind
}

/// An address as logged: what it stands for, unless the identity has to confirm that.
struct AddressFacet: BitwiseCopyable {
  var isSettled: Bool
  var source = SourceFacet(source: .none, kind: .unknown)
}

/// What a named member says of the calls of a service.
struct MemberFacet {
  var entry: TargetTable.Entry
  /// New at each call by nature.
  var isPassing: Bool
  /// Whether the template of a value behind the target is that of the value behind it.
  var isParted: Bool

  /// Whether its values can show a habit.
  var isShown: Bool { entry.isResource || !isPassing }
}

/// What a value below a named member shows of a habit.
struct ValueFacet: BitwiseCopyable {
  var resource = NameNumber.none
  var target = NameNumber.none
}

/// Numbered habits, each what one event's documents show: templates of resources and targets.
///
/// All stand in one list, since there are hundreds of thousands of them, and each has a name or two.
struct HabitTable: ~Copyable {
  /// Where a habit's names lie: those of its resources, each once, and behind them those of its targets.
  struct Span: BitwiseCopyable {
    fileprivate(set) var start: UInt32 = 0
    fileprivate var resourceCount: UInt16 = 0
    fileprivate var targetCount: UInt16 = 0

    var count: Int { Int(resourceCount) + Int(targetCount) }
    var resources: Range<Int> { Int(start)..<Int(start) + Int(resourceCount) }
    var targets: Range<Int> { Int(start) + Int(resourceCount)..<Int(start) + count }
  }

  /// The names of all habits.
  private(set) var names = PlainList<NameNumber>()
  private var spans = PlainList<Span>()

  var count: Int { spans.count }

  /// Where the names of a habit lie.
  subscript(number: Int) -> Span { spans[number] }

  /// Numbers a habit; there are no more names of a kind than an event has values.
  mutating func append(resources: some Collection<NameNumber>, targets: some Collection<NameNumber>) {
    let span = Span(
      start: UInt32(names.count), resourceCount: UInt16(resources.count), targetCount: UInt16(targets.count))
    for name in resources { names.append(name) }
    for name in targets { names.append(name) }
    spans.append(span)
  }

  /// Hands the names over.
  mutating func takeNames() -> PlainList<NameNumber> {
    var taken = PlainList<NameNumber>()
    swap(&taken, &names)
    return taken
  }
}

/// The critical outcomes that an event is, and what the gravest puts at risk.
struct CriticalOutcomes: Sendable {
  var classes: [OverrideClass]
  var risk: BusinessRisk?

  /// The classes and the risk as a number, 0 for no critical outcome.
  var mark: UInt64 {
    guard !classes.isEmpty else { return 0 }
    let position = risk.flatMap { BusinessRisk.allCases.firstIndex(of: $0) } ?? 0
    return UInt64(OverrideClasses(classes).bits) << 8 | UInt64(position + 1)
  }

  /// The classes that a mark stands for.
  static func classes(of mark: UInt64) -> OverrideClasses {
    OverrideClasses(bits: UInt16(truncatingIfNeeded: mark >> 8))
  }
}
