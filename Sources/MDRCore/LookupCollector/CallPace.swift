import Foundation

/// Keeps calls to one account and region apart, as AWS allows two a second there.
struct CallPace {
  private let interval: Duration
  private var last: [String: ContinuousClock.Instant] = [:]

  init(callsPerSecond: Int) { interval = .seconds(1) / max(1, callsPerSecond) }

  /// Waits until the account and region may be called again.
  mutating func wait(account: String, region: String) {
    let key = account + "/" + region
    if let last = last[key] { Self.sleep(interval - last.duration(to: .now)) }
    last[key] = .now
  }

  /// Waits twice as long after every attempt that was refused.
  func backOff(attempt: Int) { Self.sleep(interval * (1 << min(attempt, 6))) }

  private static func sleep(_ duration: Duration) {
    guard duration > .zero else { return }
    Thread.sleep(forTimeInterval: duration / .seconds(1))
  }
}
