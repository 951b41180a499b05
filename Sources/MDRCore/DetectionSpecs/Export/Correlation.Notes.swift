/// What a query says of its rows, alike in each language.
extension EventThreshold {
  /// Where a row stands for a run as a whole.
  var runNotes: [String] {
    [
      "One row for each run: a group's stretch of time in which every event lies in some window of \(minutes) minutes",
      "that holds at least \(amount); minutes are counted whole.",
    ]
  }

  /// Where a row stands for the event that a run starts with.
  var startNotes: [String] {
    [
      "One row for the start of each run: a group's stretch of time in which every event lies in some window of \(minutes)",
      "minutes that holds at least \(amount); minutes are counted whole.",
    ]
  }

  private var amount: String { "\(atLeast)" + (distinct.map { " different \($0)" } ?? " events") }
}

extension EventChain {
  /// Which passes a row stands for.
  var notes: [String] {
    [
      "One row for each group: its first pass through all steps within \(minutes) minutes, with the events of the steps.",
      "Passes that follow it in the time that is asked about are not listed.",
    ]
  }
}

extension StateChange {
  /// What a statement is compared with.
  static let notes = [
    "Each statement is compared with the last one before it in the time that is asked about: ask about months, not hours."
  ]
}
