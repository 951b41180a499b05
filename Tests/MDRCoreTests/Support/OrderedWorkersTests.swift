import Foundation
import Synchronization
import Testing

@testable import MDRCore

@Suite struct OrderedWorkersTests {
  /// Counts the items that were begun.
  private final class Count: Sendable {
    let begun = Atomic<Int>(0)
  }

  @Test func `batches come in the order of the items, for any number of threads`() {
    for jobs in [1, 2, 7] {
      var found: [Int] = []
      OrderedWorkers<Int, Int>(jobs: jobs).run(Array(0..<50)) {
      } work: { item, _, emit in
        for part in 0..<40 { _ = emit(item * 40 + part) }
      } consume: { _, batch in
        found.append(batch)
      }
      #expect(found == Array(0..<2_000))
    }
  }

  @Test func `threads do not run ahead of a slow consumer, however small the items`() {
    let count = Count()
    var most = 0
    OrderedWorkers<Int, Int>(jobs: 3).run(Array(0..<200)) {
    } work: { item, _, emit in
      count.begun.add(1, ordering: .relaxed)
      _ = emit(item)
    } consume: { index, _ in
      // Threads that nothing holds back would have begun everything by now.
      if index < 3 { Thread.sleep(forTimeInterval: 0.1) }
      most = max(most, count.begun.load(ordering: .relaxed) - index)
    }
    #expect(count.begun.load(ordering: .relaxed) == 200)
    #expect(most <= 8, "\(most) items were begun ahead")
  }

  @Test func `the first error of the consumer ends the run`() {
    struct Full: Error {}
    #expect(throws: Full.self) {
      try OrderedWorkers<Int, Int>(jobs: 2).run(Array(0..<200)) {
      } work: { item, _, emit in
        _ = emit(item)
      } consume: { index, _ in
        if index == 5 { throw Full() }
      }
    }
  }

  @Test func `no thread is at work any more when a run has ended, well or not`() {
    struct Full: Error {}
    for isCutShort in [false, true] {
      let begun = Count()
      let ended = Count()
      do {
        try OrderedWorkers<Int, Int>(jobs: 8).run(Array(0..<8)) {
          begun.begun.add(1, ordering: .relaxed)
          // Whoever comes late finds nothing left to do while others are at this still.
          Thread.sleep(forTimeInterval: Double.random(in: 0...0.05))
          ended.begun.add(1, ordering: .relaxed)
        } work: { item, _, emit in
          begun.begun.add(1, ordering: .relaxed)
          if emit(item) { Thread.sleep(forTimeInterval: 0.02) }
          ended.begun.add(1, ordering: .relaxed)
        } consume: { index, _ in
          if isCutShort, index == 1 { throw Full() }
        }
        #expect(!isCutShort)
      } catch {
        #expect(isCutShort)
      }
      #expect(begun.begun.load(ordering: .relaxed) == ended.begun.load(ordering: .relaxed))
      #expect(begun.begun.load(ordering: .relaxed) > 1)
    }
  }
}
