import Foundation
import Synchronization

/// A value that a thread of its own computes while others go on.
final class ConcurrentResult<Value: Sendable>: Sendable {
  private let result = Mutex<Value?>(nil)
  private let done = DispatchGroup()
  private let compute: @Sendable () -> Value

  /// Starts the computation, or, where only one job is allowed at a time, leaves it until it is asked for.
  init(jobs: Int, _ compute: @escaping @Sendable () -> Value) {
    self.compute = compute
    guard jobs > 1 else { return }
    done.enter()
    WorkerThread.start { [self] in
      let value = compute()
      result.withLock { $0 = value }
      done.leave()
    }
  }

  /// The value, once it is there.
  var value: Value {
    done.wait()
    return result.withLock { result in
      if let result { return result }
      let value = compute()
      result = value
      return value
    }
  }
}
