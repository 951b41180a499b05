import Testing

@testable import MDRCore

@Suite struct AccountFactsTests {
  @Test func `names add up as in a dictionary, whatever their order`() {
    var random = FixedGenerator(state: 31)
    for _ in 0..<50 {
      var naming = LaneNaming()
      var sums = CountList()
      var plain: [String: Int] = [:]
      for _ in 0..<400 {
        let number = Int.random(in: 0..<12, using: &random)
        // Some that are long, and some that are short.
        let name =
          switch number % 3 {
          case 0: "a name that is longer than fifteen bytes \(number)"
          case 1: "a name \(number) of many bytes, all of which but two are the same"
          default: String(repeating: "n", count: number)
          }
        let count = Int.random(in: 0..<4, using: &random)
        sums.add(naming.number(of: name), count)
        if count > 0 { plain[name, default: 0] += count }
      }
      let totals = NameTotals(totals: sums, naming: naming)
      let ranked = plain.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
      #expect(totals.count == plain.count)
      #expect(totals.leading(5) == Array(ranked.prefix(5)))
      #expect(totals.leading(100) == ranked)
      #expect(totals.codes(limit: 3) == .codes(ranked, limit: 3))
      #expect(totals.sortedCodes(limit: 3) == .codes(ranked.sorted(), limit: 3))
      #expect(Dictionary(uniqueKeysWithValues: totals.entries.map { ($0.name, $0.count) }) == plain)
    }
  }

  @Test(arguments: [
    "iam.amazonaws.com:CreateRole", "a:b:c", ":b", ":b:c", "a:", "a::b", "", ":", "none", "é:b", "a:é",
    "a:\u{301}b",
    "a\r\n:b",
  ])
  func `an event's parts are those that splitting gives`(event: String) {
    let plain = event.split(separator: ":", maxSplits: 1)
    #expect(EventParts(event).service == plain.first ?? "")
    #expect(EventParts(event).name == plain.last ?? "")
  }

  @Test func `archetypes and override classes have the names that their words give`() {
    for archetype in Archetype.allCases
    where !archetype.title.hasPrefix("SSO") && !archetype.title.hasPrefix("AWS") {
      guard ![.iamUser, .scheduler, .serviceLinkedRole].contains(archetype) else { continue }
      let words = archetype.rawValue.split(separator: "_").joined(separator: " ")
      #expect(archetype.title == words.prefix(1).uppercased() + words.dropFirst())
    }
    #expect(OverrideClass.publicExposure.title == "public exposure")
  }

  @Test func `a value made beside others is there for any number of threads`() {
    for jobs in [1, 2, 8] {
      let results = (0..<20).map { number in ConcurrentResult(jobs: jobs) { number * number } }
      #expect(results.map(\.value) == (0..<20).map { $0 * $0 })
      #expect(results.map(\.value) == (0..<20).map { $0 * $0 })
    }
  }

  @Test func `a lane is the same moment by moment as from times that were put together`() throws {
    var random = FixedGenerator(state: 77)
    let establishment = Establishment(
      thresholds: .reviewed,
      window: ObservedWindow(start: Sample.time(day: 0), end: Sample.time(day: 89), cutOff: nil))
    var names = StringTable()
    let numbers = (0..<8).map { names.intern("name \($0)") }
    for _ in 0..<200 {
      var log = MomentLog()
      for _ in 0..<60 {
        log.add(
          Sample.time(day: Int.random(in: 0..<90, using: &random)).adding(
            Int.random(in: 0..<86_400, using: &random)),
          session: .random(in: 0..<20, using: &random), group: .random(in: 0..<5, using: &random))
      }
      var habits = HabitTable()
      var groups = PlainList<LanePart.Group>()
      for group in 0..<5 {
        let isCritical = Int.random(in: 0..<6, using: &random) == 0
        habits.append(resources: [numbers[group]], targets: numbers[..<group])
        groups.append(
          LanePart.Group(
            key: Self.key(numbers),
            contribution: LaneContribution(
              outcome: Outcome.allCases.randomElement(using: &random) ?? .success,
              nature: .init(
                family: .database, risk: .operationalChange, archetype: .scheduler, sourceKind: .owned),
              overrides: OverrideClasses(isCritical ? [.identity, .sharing] : []),
              agent: numbers.randomElement(using: &random) ?? .none, person: .none),
            habits: habits[group], place: .inside))
      }
      let part = LanePart(groups: groups, names: habits.takeNames(), log: log)
      part.groupMoments()
      let view = part.view
      var (quick, plain) = (LaneAccumulator(), LaneAccumulator())
      var room = LaneTimes()
      for group in 0..<5 {
        var times = LaneTimes()
        times.fill(with: view.moments(view[group]))
        #expect(Array(view.resources(view[group])) == [numbers[group]])
        #expect(Array(view.targets(view[group])) == Array(numbers[..<group]))
        plain.add(
          view[group].contribution, resources: [numbers[group]], targets: Array(numbers[..<group]), times)
        quick.add(view[group], of: view, &room)
      }
      func lane(_ accumulator: LaneAccumulator) -> Lane {
        var accumulator = accumulator
        return OrderedNames(names).withView { names in
          var finisher = LaneFinisher(judgedBy: establishment, names: names, keeping: ResourcePattern())
          var builder = LaneChunk.Builder(sharing: names.names)
          _ = finisher.add(Self.key(numbers), of: &accumulator, to: &builder)
          return LaneChunk(builder).lane(0)
        }
      }
      #expect(lane(quick) == lane(plain))
    }
  }

  private static func key(_ numbers: [NameNumber]) -> LaneNumbers {
    LaneNumbers(
      account: numbers[0], actor: numbers[1], event: numbers[2], source: numbers[3], region: numbers[4])
  }
}
