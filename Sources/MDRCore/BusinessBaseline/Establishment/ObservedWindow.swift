/// The days that a baseline covers, and where its quarantined end begins.
package struct ObservedWindow: Equatable, Sendable {
  /// The first observation.
  package var start: Timestamp
  /// The last observation before the cut-off.
  package var end: Timestamp
  /// Where the baseline ends and the review begins; `nil` when everything was taken.
  package var cutOff: Timestamp?

  /// Days from the first to the last with an observation.
  package var days: Int { end.day - start.day + 1 }

  /// The first day of the quarantined end, or `nil` in a window too short for one.
  package func quarantineStart(_ thresholds: EstablishmentThresholds) -> Int? {
    guard thresholds.quarantineDays > 0, days >= thresholds.quarantineWindowDays else { return nil }
    return end.day - thresholds.quarantineDays + 1
  }
}
