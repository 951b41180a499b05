/// Finds the CloudTrail records in an item, whatever it is wrapped in.
///
/// A delivery, an API answer, an event bus or a SIEM puts records into members of known names, as objects or
/// as JSON text; those are followed to a bounded depth. What holds no record is named, not dropped.
final class RecordUnwrapper {
  /// A record found: its structure, and the node of the file's own bytes that holds it.
  struct Found {
    let tape: JSONTape
    let node: JSONTape.Index
    /// Node on the file's tape whose bytes are the record as delivered.
    let delivered: JSONTape.Index
    /// What was changed to give the record CloudTrail's shape.
    var notes: [String] = []
  }

  /// Members that hold many.
  static let listKeys: [StaticString] = [
    "Records", "Events", "logEvents", "hits", "results", "events", "records", "Items", "value",
    "QueryResultRows", "tables", "Messages", "messages",
  ]
  static let depthLimit = 16

  private var children: [(tape: JSONTape, bytes: [UInt8])] = []

  /// Calls back with each record in the item, or with the reason why there is none.
  func unwrap(
    _ tape: JSONTape, found: (Found) throws -> Void,
    rejected: (_ reason: String, JSONTape.Index) throws -> Void
  ) rethrows {
    // The walker parts arrays into their elements: what is one still stood in another.
    try unwrap(
      tape, 0, delivered: 0, isFileTape: true, isElement: true, depth: 0, found: found, rejected: rejected)
  }

  private func unwrap(
    _ tape: JSONTape, _ node: JSONTape.Index, delivered: JSONTape.Index, isFileTape: Bool,
    isElement: Bool = false, depth: Int,
    found: (Found) throws -> Void, rejected: (String, JSONTape.Index) throws -> Void
  ) rethrows {
    guard depth < Self.depthLimit else { return try rejected("wrapped more than \(depth) times", delivered) }
    switch tape.kind(node) {
    case .array:
      try unwrapArray(
        tape, node, delivered: delivered, isFileTape: isFileTape, isElement: isElement, depth: depth,
        found: found, rejected: rejected)
    case .object:
      if let reason = RecordSigns.setAside(tape, node) { return try rejected(reason, delivered) }
      switch RecordSigns.form(tape, node) {
      case .record: try found(Found(tape: tape, node: node, delivered: delivered))
      case .text:
        try map(.text, tape, node, delivered: delivered, depth: depth, found: found, rejected: rejected)
      case .other:
        try unwrapObject(
          tape, node, delivered: delivered, isFileTape: isFileTape, depth: depth, found: found,
          rejected: rejected)
      }
    case .string:
      guard let child = parseText(tape, node, depth: depth) else { fallthrough }
      try unwrap(
        child, 0, delivered: delivered, isFileTape: false, depth: depth + 1, found: found, rejected: rejected)
    default: try rejected("a \(tape.kind(node)) where a record should be", delivered)
    }
  }

  /// Follows a row of a query with a record in it, or else each element.
  private func unwrapArray(
    _ tape: JSONTape, _ node: JSONTape.Index, delivered: JSONTape.Index, isFileTape: Bool,
    isElement: Bool, depth: Int,
    found: (Found) throws -> Void, rejected: (String, JSONTape.Index) throws -> Void
  ) rethrows {
    if let row = RecordSigns.queryRow(tape, node), let child = parse(Array(row.utf8), depth: depth) {
      return try unwrap(
        child, 0, delivered: delivered, isFileTape: false, depth: depth + 1, found: found,
        rejected: rejected)
    }
    if isElement, let cell = recordCell(tape, node, depth: depth) {
      return try unwrap(
        tape, cell, delivered: delivered, isFileTape: false, depth: depth + 1, found: found,
        rejected: rejected)
    }
    let end = tape.after(node)
    var child = node + 1
    while child < end {
      try unwrap(
        tape, child, delivered: isFileTape ? child : delivered, isFileTape: isFileTape, isElement: true,
        depth: depth + 1, found: found, rejected: rejected)
      child = tape.after(child)
    }
  }

  /// Follows what an object that is no record itself has of them: a table, a list, or a single one, in this order.
  private func unwrapObject(
    _ tape: JSONTape, _ node: JSONTape.Index, delivered: JSONTape.Index, isFileTape: Bool, depth: Int,
    found: (Found) throws -> Void, rejected: (String, JSONTape.Index) throws -> Void
  ) rethrows {
    if RecordSigns.isAnswerFrame(tape, node) { return }
    if let table = ColumnTable(tape, node) {
      return try table.forEachRow(tape) { row, raw in
        guard let child = parse(Array(row.utf8), depth: depth) else { return }
        try unwrap(
          child, 0, delivered: isFileTape ? raw ?? delivered : delivered, isFileTape: false,
          depth: depth + 1, found: found, rejected: rejected)
      }
    }
    if let table = ResultTable(tape, node) {
      return try unwrap(
        table, tape, delivered: delivered, isFileTape: isFileTape, depth: depth, found: found,
        rejected: rejected)
    }
    var hasEmptyList = false
    for key in Self.listKeys {
      guard let list = tape.member(node, key), tape.kind(list) == .array || tape.kind(list) == .object
      else { continue }
      guard tape.firstChild(list) < tape.after(list) else {
        if tape.kind(list) == .array { hasEmptyList = true }
        continue
      }
      return try unwrap(
        tape, list, delivered: delivered, isFileTape: isFileTape, depth: depth + 1, found: found,
        rejected: rejected)
    }
    let member = knownMember(tape, node, depth: depth)
    if let next = member.next {
      return try unwrap(
        next.tape, next.node, delivered: delivered, isFileTape: false, depth: depth + 1, found: found,
        rejected: rejected)
    }
    if let dialect = RecordDialect(tape, node) {
      return try map(
        dialect, tape, node, delivered: delivered, depth: depth, found: found, rejected: rejected)
    }
    if let name = OtherLogs.name(tape, node) { return try rejected(name, delivered) }
    try unwrapMembers(
      tape, node, otherText: member.otherText, hasEmptyList: hasEmptyList, delivered: delivered,
      isFileTape: isFileTape, depth: depth, found: found, rejected: rejected)
  }

  /// Follows members of any name, or else a text with JSON of another kind; what leads nowhere is refused.
  private func unwrapMembers(
    _ tape: JSONTape, _ node: JSONTape.Index, otherText: JSONTape.Index?, hasEmptyList: Bool,
    delivered: JSONTape.Index, isFileTape: Bool, depth: Int,
    found: (Found) throws -> Void, rejected: (String, JSONTape.Index) throws -> Void
  ) rethrows {
    let members = membersWithRecords(tape, node, depth: depth)
    for member in members {
      try unwrap(
        tape, member, delivered: isFileTape && members.count > 1 ? member : delivered,
        isFileTape: isFileTape && tape.kind(member) != .string, depth: depth + 1, found: found,
        rejected: rejected)
    }
    guard members.isEmpty else { return }
    if let otherText, let child = parseText(tape, otherText, depth: depth) {
      return try unwrap(
        child, 0, delivered: delivered, isFileTape: false, depth: depth + 1, found: found,
        rejected: rejected)
    }
    guard !hasEmptyList, !RecordSigns.isBulkAction(tape, node) else { return }
    try rejected(refusal(tape, node, depth: depth), delivered)
  }

  /// Follows each row of a query's answer.
  private func unwrap(
    _ table: ResultTable, _ tape: JSONTape, delivered: JSONTape.Index, isFileTape: Bool, depth: Int,
    found: (Found) throws -> Void, rejected: (String, JSONTape.Index) throws -> Void
  ) rethrows {
    let end = tape.after(table.rows)
    var row = table.rows + 1
    while row < end {
      let place = isFileTape ? row : delivered
      if table.isHeader(tape, row) {
        row = tape.after(row)
        continue
      }
      if !table.isAthena, tape.kind(row) == .object {
        try unwrap(
          tape, row, delivered: place, isFileTape: isFileTape, depth: depth + 1, found: found,
          rejected: rejected)
      } else if let text = table.object(tape, row), let child = parse(Array(text.utf8), depth: depth) {
        try unwrap(
          child, 0, delivered: place, isFileTape: false, depth: depth + 1, found: found, rejected: rejected)
      } else {
        try rejected("a row whose cells are not as many as the columns", place)
      }
      row = tape.after(row)
    }
  }

  /// Reads a record of another shape as one of CloudTrail's own.
  private func map(
    _ dialect: RecordDialect, _ tape: JSONTape, _ node: JSONTape.Index, delivered: JSONTape.Index, depth: Int,
    found: (Found) throws -> Void, rejected: (String, JSONTape.Index) throws -> Void
  ) rethrows {
    let mapped = dialect.mapped(tape, node)
    guard let child = parse(Array(mapped.record.compactText.utf8), depth: depth),
      RecordSigns.form(child, 0) != .other
    else { return try rejected(OtherLogs.name(tape, node) ?? RecordSigns.refusal, delivered) }
    try found(Found(tape: child, node: 0, delivered: delivered, notes: mapped.notes))
  }

  func parseText(_ tape: JSONTape, _ node: JSONTape.Index, depth: Int) -> JSONTape? {
    JSONInText.json(in: tape.slice(node)).flatMap { parse($0, depth: depth) }
  }

  /// Parses JSON text on the tape of a depth, which stays valid until that depth is used again.
  func parse(_ text: [UInt8], depth: Int) -> JSONTape? {
    let count = text.count
    while children.count <= depth { children.append((JSONTape(), [])) }
    // The tape points into these bytes, which stay where they are until they are replaced.
    children[depth].bytes = text + [UInt8](repeating: 0, count: 8)
    let child = children[depth].tape
    let parsed = children[depth].bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { child.parse($0, from: 0, count: count) } ?? .incomplete
    }
    guard case .value(let end) = parsed,
      children[depth].bytes[end..<count].allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 })
    else { return nil }
    return child
  }
}
