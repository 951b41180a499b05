import Foundation
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Files and folders in the making, which go when the process is told to end.
///
/// The one state that belongs to the process as a whole: a signal ends all of it at once, whatever is at work.
enum UnfinishedPlaces {
  private static let paths = Mutex<Set<String>>([])
  private static let emptyFolders = Mutex<Set<String>>([])
  private static let isEnding = Atomic(false)

  /// Names a place that means nothing until it is done.
  static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

  /// The place is done, or gone.
  static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Names a folder that goes, too, if nothing lies in it then.
  static func add(emptyFolder path: String) { emptyFolders.withLock { _ = $0.insert(path) } }

  /// The folder stays, or is gone.
  static func forget(emptyFolder path: String) { emptyFolders.withLock { _ = $0.remove(path) } }

  /// Has a thread wait for what asks a process to end, which then removes what is unfinished and ends as it would have.
  ///
  /// Called before there are other threads, all of which leave these signals to that one.
  static func removeWhenInterrupted() {
    var signals = sigset_t()
    sigemptyset(&signals)
    var awaited = false
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) {
      sigaddset(&signals, number)
      awaited = true
    }
    guard awaited else { return }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    WorkerThread.start { [signals] in
      var (signals, number) = (signals, Int32(0))
      guard sigwait(&signals, &number) == 0 else { return }
      isEnding.store(true, ordering: .sequentiallyConsistent)
      removeAll()
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      raise(number)
    }
  }

  /// Whoever started the process may have told it to ignore a signal, as `nohup` does.
  private static func isIgnored(_ number: Int32) -> Bool {
    let before = signal(number, SIG_DFL)
    let ignores = unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    if ignores { signal(number, SIG_IGN) }
    return ignores
  }

  private static func removeAll() {
    paths.withLock { paths in
      for path in paths {
        // Threads that are still at work may put a file into a folder that is being removed.
        for _ in 0..<100 where (try? FileManager.default.attributesOfItem(atPath: path)) != nil {
          try? FileManager.default.removeItem(atPath: path)
        }
      }
      paths = []
    }
    // The innermost first.
    emptyFolders.withLock { folders in for path in folders.sorted(by: >) { rmdir(path) } }
  }

  /// Waits for the end where one is under way, so that what it takes away is not told as a failure.
  static func waitForEnd() {
    while isEnding.load(ordering: .sequentiallyConsistent) { sleep(1) }
  }

  /// Starts another program with the signals unblocked, so that they end it too.
  static func withSignals<Result>(_ start: () throws -> Result) rethrows -> Result {
    var (signals, before) = (sigset_t(), sigset_t())
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try start()
  }
}
