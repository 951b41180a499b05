/// Where one observation stands against a baseline, with the numbers that say so.
package struct Comparison: Equatable, Sendable {
  package var normality: Normality
  /// The smallest set of dimensions in which the observation departs from its nearest established lane.
  package var newDimensions: [Dimension]
  /// The very lane, established or not.
  package var exact: Lane?
  /// The established lane from which the new dimensions are counted: the exact lane itself, where that is
  /// established.
  package var nearest: Lane?
  /// Observations in the very lane before the cut-off.
  package var priorObservations: Int
  /// Prior observations that agree on each subset of the tuple, by names such as `actor×event`.
  package var counts: [String: Int]
  /// Critical outcomes that don't recur in the very lane, although its other calls may.
  package var newOverrides: [OverrideClass]
  /// The signature under the very lane, where it still holds at the time of the observation.
  package var approval: Approval?
  /// Accounts in which this actor was seen with this event.
  package var accountsWithActorAndEvent: Int
  /// What the baseline has of the observation's account; `nil` when it never saw it.
  package var account: BaselineAccount?
  /// What is known of the call from any network, where its actor comes from ever other ones.
  var wandering: WanderingWork?
  /// Whether a run was due at the time, where the very lane keeps a beat.
  package var isOnBeat: Bool?
  /// The target on whose values it hangs as well, with the same tuple and outcome; `nil` where they say little.
  var goesBy: String?
  /// What the lane, which is settled in what it is made on, never named; sorted.
  var newResources: [String] = []
}
