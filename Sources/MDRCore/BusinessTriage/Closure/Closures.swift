import Foundation

/// One answer that a person gave.
struct GivenAnswer: Equatable, Sendable {
  /// The piece of evidence, such as `E3`.
  var id: String
  var answer: String
  /// A person's role, or the event id that the answer rests on.
  var from: String

  var json: JSONValue { ["id": .string(id), "answer": .string(answer), "from": .string(from)] }
}

/// What was recorded of one finding: that it waits for more, or that it is closed.
struct ClosureRecord: Equatable, Sendable {
  var findingID: String
  var isClosed: Bool
  var by: String
  var at: Timestamp
  var why: String
  var answers: [GivenAnswer]
  /// Pieces that were still open then.
  var missing: [String]
  /// The finding's number of calls at that time, so that later calls reopen it.
  var count: Int
  var lastSeen: Timestamp
  var lesson: Lesson?

  var json: JSONValue {
    var value: JSONValue = [
      "schema": "mdr-rainer/closure/1", "finding_id": .string(findingID),
      "status": .string(isClosed ? "closed" : "waiting"), "by": .string(by), "at": .string(at.iso8601),
      "why": .string(why), "answers": .array(answers.map(\.json)), "missing": JSONValue(missing),
      "count": .number(count), "last_seen": lastSeen.json,
    ]
    if let lesson { value["lesson"] = lesson.json }
    return value
  }

  init(
    finding: Finding, isClosed: Bool, by: String, at: Timestamp, why: String, answers: [GivenAnswer],
    missing: [String], lesson: Lesson?
  ) {
    findingID = finding.findingID
    self.isClosed = isClosed
    self.by = by
    self.at = at
    self.why = why
    self.answers = answers
    self.missing = missing
    count = finding.count
    lastSeen = finding.lastSeen
    self.lesson = lesson
  }

  init(_ fields: JSONFields) throws(JSONFields.Fault) {
    findingID = try fields.text("finding_id")
    isClosed = try fields.text("status") == "closed"
    by = try fields.text("by")
    at = try fields.time("at")
    why = try fields.text("why")
    answers = try fields.objects("answers").map { item throws(JSONFields.Fault) in
      GivenAnswer(id: try item.text("id"), answer: try item.text("answer"), from: try item.text("from"))
    }
    missing = try fields.texts("missing")
    count = try fields.number("count")
    lastSeen = try fields.eventTime("last_seen")
    lesson = nil
  }
}

/// `closures.jsonl`, beside the findings: what people answered, in the order in which they did.
///
/// A run writes its own artifacts anew and leaves this file alone; ids of findings are stable, so that a
/// closure stays with its finding.
struct Closures: Equatable, Sendable {
  static let fileName = "closures.jsonl"

  private(set) var records: [ClosureRecord] = []
  private var lines: [UInt8] = []

  init(in folder: String) throws(CommandError) {
    let path = folder + "/" + Self.fileName
    guard let data = FileManager.default.contents(atPath: path) else { return }
    lines = Array(data)
    for (index, line) in data.split(separator: 0x0A).enumerated() {
      do {
        records.append(try ClosureRecord(JSONFields(JSONValue(parsing: Array(line)))))
      } catch {
        throw CommandError(
          .noUsableInput, "\(path), line \(index + 1), is no closure: \(error)",
          mend: "restore the line; the file is only ever appended to")
      }
    }
  }

  /// The latest record of a finding.
  func latest(_ findingID: String) -> ClosureRecord? { records.last { $0.findingID == findingID } }

  /// What people have answered of a finding as it is now.
  func answers(for finding: Finding) -> [GivenAnswer] {
    guard let record = latest(finding.findingID), record.count == finding.count,
      record.lastSeen == finding.lastSeen
    else { return [] }
    return record.answers
  }

  /// Appends a record and writes the file whole.
  mutating func append(_ record: ClosureRecord, in folder: String) throws(CommandError) {
    records.append(record)
    lines += Array((record.json.compactText + "\n").utf8)
    try ArtifactFolder(folder).write(Self.fileName, bytes: lines)
  }

  /// Where a finding stands.
  func status(of finding: Finding) -> Status {
    guard let record = latest(finding.findingID) else { return .open }
    guard record.isClosed else { return .waiting(missing: record.missing) }
    return record.count == finding.count && record.lastSeen == finding.lastSeen
      ? .closed : .reopened(more: finding.count - record.count)
  }

  /// Where a finding stands between being found and being closed.
  enum Status: Equatable {
    case open
    case waiting(missing: [String])
    case closed
    /// Closed once, and calls have come since.
    case reopened(more: Int)

    var word: String {
      switch self {
      case .open: "open"
      case .waiting: "waiting"
      case .closed: "closed"
      case .reopened: "reopened"
      }
    }
  }
}
