/// What all threads that read logs into lanes share.
struct LogLaneTask: Sendable {
  var rules: NormalizationRules
  /// When observations count.
  var window: CountedWindow
  /// What takes in observations of records that are not native; empty.
  var intake: BaselineIntake
  var hash: KeyedHash
  var events: SharedEventIndex
  /// Events that a thread may meet, at a guess.
  var expectedEvents = 0
  /// On a second reading an event counts where the first said that it comes first.
  var isRepeat: Bool
}

/// The time in which observations count.
struct CountedWindow: Sendable {
  /// Nothing at or after this moment counts.
  var cutOff: Timestamp?
  /// The first day that counts; `nil` for all.
  var firstDay: Int?

  /// Where a moment lies; one without a time lies nowhere.
  func place(of time: Timestamp) -> Place {
    guard time.isKnown else { return .nowhere }
    if let cutOff, time >= cutOff { return .after }
    if let firstDay, time.day < firstDay { return .before }
    return .inside
  }

  /// A moment's place to the days that are counted.
  enum Place: UInt64 {
    case nowhere, before, inside, after
  }
}
