import Foundation
import Synchronization

/// Runs numbered work on threads that each keep to neighbouring numbers, where what repeats is near.
///
/// A thread that has finished its stretch takes the far half of the longest one that is left.
struct NeighbouringWorkers: Sendable {
  private let stretches: [Range<Int>]

  init(count: Int, jobs: Int) {
    stretches = (0..<jobs).map { count * $0 / jobs..<count * ($0 + 1) / jobs }
  }

  /// Calls `work` for each number on some thread; gives what each thread's context comes to in the end.
  ///
  /// `work` says how much it has done, for `progress`, which is called on this thread with the sum.
  func run<Context, Result: Sendable>(
    progress: (Int) -> Void, context: @escaping @Sendable () -> Context,
    work: @escaping @Sendable (Context, Int) -> Int, finish: @escaping @Sendable (Context) -> Result
  ) -> [Result] {
    let board = Board(stretches)
    let results = Mutex<[Result?]>(Array(repeating: nil, count: stretches.count))
    let box = ResultBox(results)
    for index in stretches.indices {
      WorkerThread.start {
        #if canImport(Glibc)
          AllocatorSettings.askForLargePagesOfThread()
        #endif
        let own = context()
        while let number = board.claim(by: index) { board.add(work(own, number)) }
        let result = finish(own)
        box.results.withLock { $0[index] = result }
        board.leave()
      }
    }
    board.wait(progress)
    return box.results.withLock { $0.compactMap { $0 } }
  }

  /// Holds a lock where closures can share it.
  private final class ResultBox<Result: Sendable>: Sendable {
    let results: Mutex<[Result?]>

    init(_ results: consuming Mutex<[Result?]>) { self.results = results }
  }

  /// Who does what; every member is guarded by `condition`.
  private final class Board: @unchecked Sendable {
    private let condition = NSCondition()
    private var stretches: [Range<Int>]
    private var done = 0
    private var working: Int

    init(_ stretches: [Range<Int>]) {
      self.stretches = stretches
      working = stretches.count
    }

    func claim(by worker: Int) -> Int? {
      condition.lock()
      defer { condition.unlock() }
      if stretches[worker].isEmpty,
        let longest = stretches.indices.max(by: { stretches[$0].count < stretches[$1].count }),
        !stretches[longest].isEmpty
      {
        let rest = stretches[longest]
        let middle = rest.lowerBound + rest.count / 2
        stretches[worker] = middle..<rest.upperBound
        stretches[longest] = rest.lowerBound..<middle
      }
      guard let number = stretches[worker].first else { return nil }
      stretches[worker].removeFirst()
      return number
    }

    func add(_ amount: Int) {
      condition.lock()
      done += amount
      condition.unlock()
    }

    func leave() {
      condition.lock()
      working -= 1
      condition.signal()
      condition.unlock()
    }

    /// Waits until all threads are done, telling from time to time how far they are.
    func wait(_ progress: (Int) -> Void) {
      condition.lock()
      while working > 0 {
        _ = condition.wait(until: Date(timeIntervalSinceNow: 0.2))
        let done = done
        condition.unlock()
        progress(done)
        condition.lock()
      }
      condition.unlock()
    }
  }
}
