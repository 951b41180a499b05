import Foundation
import Testing

@testable import MDRCore

/// Lanes read straight from logs are those that observations give, whatever the logs hold.
@Suite struct LaneAgreementTests {
  private struct Reading: Equatable {
    var lanes: [Lane] = []
    var accounting: InputAccounting

    init(_ intake: BaselineIntake, _ accounting: InputAccounting) {
      lanes = intake.baseline(caveats: [], jobs: 1)?.lanes ?? []
      self.accounting = accounting
    }
  }

  /// What both ways make of a folder or file.
  static func difference(_ path: String) throws -> String? {
    let window = CountedWindow()
    var straight = BaselineIntake(BaselineContext(), until: nil)
    let counted = try LogLaneReader(paths: [path], jobs: 2, window: window).read(into: &straight) { _ in }
    let one = Reading(straight, counted)
    var intake = BaselineIntake(BaselineContext(), until: nil)
    let accounting = try ObservationReader(inputs: [.logs(path)], jobs: 2, keepsEvidence: false).read {
      intake.add($0, in: window)
    }
    let other = Reading(intake, accounting)
    guard one != other else { return nil }
    func only(_ lanes: [Lane], _ others: [Lane]) -> String {
      lanes.filter { !others.contains($0) }.prefix(2).map { "\($0)" }.joined(separator: "\n")
    }
    return """
      \(path)
      straight: \(one.accounting) \(only(one.lanes, other.lanes))
      through observations: \(other.accounting) \(only(other.lanes, one.lanes))
      """
  }

  @Test func `of every case of normalisation`() throws {
    let cases = Checkout.root.appendingPathComponent("Tests/Cases/normalize").path
    for name in try FileManager.default.contentsOfDirectory(atPath: cases).sorted() where !name.hasPrefix(".")
    {
      if let difference = try Self.difference(cases + "/" + name) { Issue.record("\(difference)") }
    }
  }

  @Test func `of every input that the fuzzer keeps`() throws {
    let corpus =
      ProcessInfo.processInfo.environment["MDR_CORPUS"]
      ?? Checkout.root.appendingPathComponent("Tests/Corpus/reader").path
    for name in try FileManager.default.contentsOfDirectory(atPath: corpus).sorted() {
      if let difference = try Self.difference(corpus + "/" + name) { Issue.record("\(difference)") }
    }
  }
}
