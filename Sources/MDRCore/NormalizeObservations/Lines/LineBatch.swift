/// What a worker hands over: lines and rejects of one file, in the file's order.
struct LineBatch: Sendable {
  /// What the consumer has to know of a line.
  struct Line: BitwiseCopyable {
    var event: EventKey
    /// Seconds since 1970; 0 where the event has no time.
    var seconds: Int
    /// The line's end among the batch's bytes.
    var end: Int
    /// The position of its place among the batch's places.
    var place: Int
    /// The position of its shared event's id among the batch's, or -1.
    var shared: Int
  }

  /// Where an event belongs.
  struct Place: Hashable, Sendable {
    var account: String
    var region: String
  }

  var bytes: LineBytes?
  var lines: [Line] = []
  var places: [Place] = []
  var sharedEvents: [EventDigest] = []
  var rejects: [InputAccounting.Reject] = []
  var fault: InputAccounting.FileFault?
  /// The file's name, where it was read to its end and holds no record.
  var emptyFile: String?
}
