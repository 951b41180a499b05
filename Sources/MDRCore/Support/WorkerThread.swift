import Foundation

/// A thread with room for calls within calls, as deep documents need them.
enum WorkerThread {
  /// Bytes; secondary threads get far less by themselves on some systems.
  private static let stackSize = 8 << 20

  static func start(_ work: @escaping @Sendable () -> Void) {
    let thread = Thread(block: work)
    thread.stackSize = stackSize
    thread.start()
  }
}
