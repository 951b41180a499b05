/// One row of an engine's result: a raw event without time and session, and how often, when and in which sessions it was.
struct EngineGroup {
  /// A row that no statement of ours gives.
  struct Damage: Error, Equatable, CustomStringConvertible {
    var description: String
  }

  /// A million million events in one group are damage, and sums of counts below it can't overflow.
  private static let largestCount = 1 << 40

  let record: JSONTape
  let count: Int
  let first: Timestamp
  let last: Timestamp
  let hours: [HourSlot]
  /// Session starts as logged, `nil` for the day itself, each with its day.
  let sessions: [(start: String?, day: Int)]
  private let bytes: [UInt8]

  /// Reads a row by its columns; those that are missing or empty are absent from the record.
  init(_ cells: [String: String]) throws(Damage) {
    guard let count = cells["n"].flatMap({ Int($0) }), count > 0,
      let first = cells["first_time"].flatMap({ Timestamp(parsing: $0) }),
      let last = cells["last_time"].flatMap({ Timestamp(parsing: $0) })
    else { throw Damage(description: "it has no n, first_time or last_time") }
    guard count <= Self.largestCount else {
      throw Damage(description: "\(count) is more events than a trail can hold")
    }
    self.count = count
    self.first = first
    self.last = last
    var hours: [HourSlot] = []
    for text in (cells["hours"] ?? "").split(separator: " ") {
      guard let time = Timestamp(parsing: text + ":00:00Z") else {
        throw Damage(description: "\(text) is no hour")
      }
      hours.append(HourSlot(time))
    }
    var sessions: [(start: String?, day: Int)] = []
    for text in (cells["sessions"] ?? "").split(separator: " ") {
      guard let mark = text.lastIndex(of: "@"),
        let day = Timestamp(parsing: String(text[text.index(after: mark)...]))?.day
      else { throw Damage(description: "\(text) is no session") }
      sessions.append((mark == text.startIndex ? nil : String(text[..<mark]), day))
    }
    guard !hours.isEmpty, !sessions.isEmpty else { throw Damage(description: "it has no hours or sessions") }
    self.hours = hours
    self.sessions = sessions
    (bytes, record) = try Self.parsed(Self.record(of: cells))
  }

  /// The row's raw fields in their places, as a record has them.
  private static func record(of cells: [String: String]) -> [UInt8] {
    var tree = Node()
    for column in GroupColumn.all {
      guard let cell = cells[column.name], !cell.isEmpty, cell != "null" else { continue }
      tree.set(column.path[...], json(cell, column))
    }
    tree.set(["eventID"], json(text: "group"))
    return tree.bytes
  }

  private static func json(_ cell: String, _ column: GroupColumn) -> [UInt8] {
    switch column.form {
    case .text, .prefix, .presence, .globalHost, .sessionName: return json(text: cell)
    case .flag:
      return ["true", "false"].contains(cell) ? Array(cell.utf8) : json(text: cell.filter { $0 != "\"" })
    case .document:
      // Members cut out of a document stand side by side without its braces.
      return cell.hasPrefix("{") || cell.hasPrefix("[") ? Array(cell.utf8) : Array("{\(cell)}".utf8)
    case .resources:
      if cell.hasPrefix("[") { return Array(cell.utf8) }
      let names = cell.split(separator: "\n").map { JSONValue.object(["ARN": .string(String($0))]) }
      return Array(JSONValue.array(names).compactText.utf8)
    }
  }

  private static func json(text: String) -> [UInt8] { Array(JSONValue.string(text).compactText.utf8) }

  /// The bytes have to outlive the tape, which points into them.
  private static func parsed(_ record: [UInt8]) throws(Damage) -> ([UInt8], JSONTape) {
    let padded = record + [UInt8](repeating: 0, count: 8)
    let tape = JSONTape()
    let parsed = padded.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { tape.parse($0, from: 0, count: record.count) } ?? .incomplete
    }
    guard case .value = parsed else { throw Damage(description: "a document in it is no JSON") }
    return (padded, tape)
  }

  /// Runs with the record's tape, whose bytes stay in place meanwhile.
  func withRecord<Result>(_ body: (JSONTape) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { _ = record.parse(base, from: 0, count: buffer.count - 8) }
      return body(record)
    }
  }

  /// A record in the making: objects by member, and JSON text at the leaves.
  private struct Node {
    var members: [(key: String, node: Node)] = []
    var leaf: [UInt8] = []

    mutating func set(_ path: ArraySlice<String>, _ value: [UInt8]) {
      guard let key = path.first else {
        leaf = value
        return
      }
      if !members.contains(where: { $0.key == key }) { members.append((key, Node())) }
      guard let index = members.firstIndex(where: { $0.key == key }) else { return }
      members[index].node.set(path.dropFirst(), value)
    }

    var bytes: [UInt8] {
      guard leaf.isEmpty else { return leaf }
      var output: [UInt8] = [UInt8(ascii: "{")]
      for (index, member) in members.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        output += JSONValue.string(member.key).compactText.utf8
        output.append(UInt8(ascii: ":"))
        output += member.node.bytes
      }
      output.append(UInt8(ascii: "}"))
      return output
    }
  }
}
