import Foundation

/// Runs work items on threads and hands their batches over in the items' order.
///
/// Each item's batches queue up to a bound and then its worker waits, and no item is begun far ahead of the one whose
/// batches are handed over, so that memory holds a few batches however much there is to read. The order of results
/// never depends on the number of threads.
struct OrderedWorkers<Item: Sendable, Batch: Sendable>: Sendable {
  /// Batches that an item may have waiting.
  private static var queueLimit: Int { 16 }

  let jobs: Int
  /// Items that each thread may be ahead of what was handed over: small items never fill their queues.
  var ahead = 2

  /// Calls `work` for each item on some thread and `consume` for each of its batches on this one.
  ///
  /// The first error of `consume` ends the run: items not begun are dropped, and the error is thrown. When this
  /// returns or throws, no thread is at work any more.
  func run<Context, Failure>(
    _ items: [Item], context: @escaping @Sendable () -> Context,
    work: @escaping @Sendable (Item, Context, _ emit: (Batch) -> Bool) -> Void,
    consume: (Int, Batch) throws(Failure) -> Void
  ) throws(Failure) {
    guard jobs > 1, items.count > 1 else {
      let own = context()
      for (index, item) in items.enumerated() {
        var failure: Failure?
        work(item, own) { batch in
          do throws(Failure) { try consume(index, batch) } catch { failure = error }
          return failure == nil
        }
        if let failure { throw failure }
      }
      return
    }
    let board = Board(count: items.count, ahead: jobs * ahead)
    let ended = DispatchGroup()
    for _ in 0..<min(jobs, items.count) {
      ended.enter()
      WorkerThread.start {
        defer { ended.leave() }
        // The other threads may have claimed every item already.
        guard var index = board.claim() else { return }
        let own = context()
        while true {
          work(items[index], own) { board.put($0, of: index) }
          board.finish(index)
          guard let next = board.claim() else { return }
          index = next
        }
      }
    }
    defer { ended.wait() }
    do throws(Failure) {
      for index in items.indices {
        while let batch = board.take(of: index) { try consume(index, batch) }
      }
    } catch {
      board.cancel()
      throw error
    }
  }

  /// The queues between workers and consumer; every member is guarded by `condition`.
  private final class Board: @unchecked Sendable {
    private let condition = NSCondition()
    private var queues: [[Batch]]
    private var isFinished: [Bool]
    private var next = 0
    /// The item that is being handed over.
    private var current = 0
    private let ahead: Int
    private var isCancelled = false

    init(count: Int, ahead: Int) {
      self.ahead = ahead
      queues = Array(repeating: [], count: count)
      isFinished = Array(repeating: false, count: count)
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
      condition.lock()
      defer { condition.unlock() }
      return body()
    }

    func claim() -> Int? {
      locked {
        while next < queues.count, next > current + ahead, !isCancelled { condition.wait() }
        guard next < queues.count, !isCancelled else { return nil }
        next += 1
        return next - 1
      }
    }

    /// Whether the worker should go on.
    func put(_ batch: Batch, of index: Int) -> Bool {
      locked {
        while queues[index].count >= OrderedWorkers.queueLimit, !isCancelled { condition.wait() }
        queues[index].append(batch)
        condition.broadcast()
        return !isCancelled
      }
    }

    func finish(_ index: Int) {
      locked {
        isFinished[index] = true
        condition.broadcast()
      }
    }

    func take(of index: Int) -> Batch? {
      locked {
        if current != index {
          current = index
          condition.broadcast()
        }
        while queues[index].isEmpty, !isFinished[index] { condition.wait() }
        guard !queues[index].isEmpty else { return nil }
        let batch = queues[index].removeFirst()
        condition.broadcast()
        return batch
      }
    }

    func cancel() {
      locked {
        isCancelled = true
        condition.broadcast()
      }
    }
  }
}
