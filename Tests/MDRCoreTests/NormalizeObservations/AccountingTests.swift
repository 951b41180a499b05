import Foundation
import Testing

@testable import MDRCore

/// Every record is accounted for: an observation, a duplicate, or a reject with its reason, whatever file it is in and
/// whichever way it is read.
@Suite struct AccountingTests {
  private static let inputs = Result { try NormalizeCases.inputs().flatMap(\.files) }

  private struct Reading {
    var accounting: InputAccounting
    var ids: [String] = []
    /// Records of the lanes, whose observations have a time.
    var laneCount = 0
  }

  private static func isBalanced(_ accounting: InputAccounting) -> Bool {
    accounting.records == accounting.observations + accounting.duplicates + accounting.rejects
      && accounting.rejectReasons.values.reduce(0, +) == accounting.rejects
      && accounting.coverage.values.flatMap(\.values).reduce(0, +) == accounting.observations
  }

  /// Reads files both ways, which have to agree.
  private static func reading(_ inputs: [String], jobs: Int) throws -> Reading {
    var reading = Reading(accounting: InputAccounting())
    var rejects = 0
    reading.accounting = try ObservationReader(inputs: inputs.map { .logs($0) }, jobs: jobs).read(
      rejected: { reject in
        rejects += 1
        #expect(!reject.reason.isEmpty && reject.index >= 0 && reject.offset >= 0)
      }, { observation in reading.ids.append(observation.eventID) })
    #expect(isBalanced(reading.accounting), "\(reading.accounting)")
    #expect(rejects == reading.accounting.rejects)
    #expect(reading.ids.count == reading.accounting.observations)
    #expect(reading.ids.count - Set(reading.ids).count == reading.accounting.sharedIDs)
    var intake = BaselineIntake(BaselineContext(), until: nil)
    let straight = try LogLaneReader(paths: inputs, jobs: jobs, window: CountedWindow()).read(into: &intake) {
      _ in
    }
    #expect(straight == reading.accounting)
    let lanes = intake.baseline(caveats: [])?.lanes ?? []
    reading.laneCount = lanes.reduce(0) { $0 + $1.count }
    #expect(reading.laneCount == straight.observations - straight.eventsWithoutTime)
    return reading
  }

  @Test(arguments: 0..<4) func `of all cases together and of any share of them`(seed: Int) throws {
    let inputs = try Self.inputs.get()
    #expect(inputs.count > 50)
    var random = SplitMix(state: UInt64(seed))
    let all = try Self.reading(inputs.shuffled(using: &random), jobs: 1 + seed)
    var shares: [[String]] = (0..<(2 + seed)).map { _ in [] }
    for input in inputs { shares[Int(random.next() % UInt64(shares.count))].append(input) }
    var ids: Set<String> = []
    var (records, rejects, faults) = (0, 0, 0)
    for share in shares where !share.isEmpty {
      let reading = try Self.reading(share, jobs: 2)
      ids.formUnion(reading.ids)
      records += reading.accounting.records
      rejects += reading.accounting.rejects
      faults += reading.accounting.faults.count
    }
    // Only what counts as a duplicate hangs on what is read beside it.
    #expect(records == all.accounting.records)
    #expect(rejects == all.accounting.rejects)
    #expect(faults == all.accounting.faults.count)
    #expect(ids == Set(all.ids))
    #expect(all.accounting.observations + all.accounting.duplicates == records - rejects)
  }

  @Test(arguments: [1, 2, 3, 5]) func `of a file that is cut anywhere`(step: Int) throws {
    let text = try Self.inputs.get().filter { $0.contains("/delivery/") || $0.contains("/json-lines/") }.map {
      try Data(contentsOf: URL(fileURLWithPath: $0))
    }
    #expect(text.count >= 2)
    for bytes in text {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      for part in 1..<8 {
        let cut = bytes.count * part * step / (8 * 5)
        try bytes.prefix(cut).write(to: folder.appendingPathComponent("a.json"))
        try bytes.dropFirst(cut).write(to: folder.appendingPathComponent("b.json"))
        _ = try Self.reading([folder.path], jobs: 2)
      }
    }
  }
}
