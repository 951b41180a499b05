import Foundation
import Synchronization

/// Computes numbered results on several threads.
struct ConcurrentMap: Sendable {
  let jobs: Int

  /// The results of `transform` for 0 up to `count`, in this order.
  ///
  /// Numbers are begun in order, so that what takes longest should come first where that is known.
  func map<Result: Sendable>(_ count: Int, _ transform: @escaping @Sendable (Int) -> Result) -> [Result] {
    guard jobs > 1, count > 1 else { return (0..<count).map(transform) }
    let board = Board<Result>(count: count)
    let done = DispatchGroup()
    for _ in 0..<min(jobs, count) {
      done.enter()
      WorkerThread.start {
        while let number = board.claim() { board.put(transform(number), at: number) }
        done.leave()
      }
    }
    done.wait()
    return board.results
  }

  private final class Board<Result: Sendable>: Sendable {
    private let next = Atomic<Int>(0)
    private let count: Int
    private let slots: Mutex<[Result?]>

    init(count: Int) {
      self.count = count
      slots = Mutex(Array(repeating: nil, count: count))
    }

    func claim() -> Int? {
      let number = next.add(1, ordering: .relaxed).oldValue
      return number < count ? number : nil
    }

    func put(_ result: Result, at number: Int) { slots.withLock { $0[number] = result } }

    var results: [Result] { slots.withLock { $0.compactMap { $0 } } }
  }
}
