/// Looks for records below members of any name, where none of the known names leads to one.
///
/// Exporters agree on how to write an event and not on what to call the member that holds it. Only what would be refused
/// is searched, and there has to be more of a record than where a known member led to it.
extension RecordUnwrapper {
  /// What the caller chose: a record in it is not one that CloudTrail wrote.
  private static let callersKeys: [StaticString] = [
    "requestParameters", "responseElements", "additionalEventData", "serviceEventDetails", "userIdentity",
    "request_parameters", "response_elements", "requestparameters", "responseelements",
  ]

  /// What stands somewhere in whatever leads to a record, or to what is set aside by name, as text or in Base64.
  ///
  /// Logs of other kinds may come by the million, and most of them have none of these.
  private static let signs: [StaticString] = [
    "vent", "VENT", "class_uid", "nsight", "digest", "aws:", "CONTROL", "mdr-rainer", "eyJ", "H4sI", "W3s",
  ]

  private static func isCallers(_ tape: JSONTape, _ member: JSONTape.Index) -> Bool {
    callersKeys.contains { tape.isKey(member, $0) }
  }

  /// The members of an object that lead to records: containers, or else the first text.
  func membersWithRecords(_ tape: JSONTape, _ node: JSONTape.Index, depth: Int) -> [JSONTape.Index] {
    let bytes = tape.slice(node)
    guard Self.signs.contains(where: { bytes.holds($0) }) else { return [] }
    var containers: [JSONTape.Index] = []
    var texts: [JSONTape.Index] = []
    tape.forEachChild(node) { child in
      guard !Self.isCallers(tape, child) else { return }
      switch tape.kind(child) {
      case .array, .object: if leadsToRecord(tape, child, depth: depth + 1) { containers.append(child) }
      case .string: texts.append(child)
      default: break
      }
    }
    guard containers.isEmpty else { return containers }
    return texts.first { leadsToRecord(tape, $0, depth: depth + 1) }.map { [$0] } ?? []
  }

  /// The one cell of a row with a record in it, such as `["1767600060000000000", "{…}"]`; `nil` where an array is no row.
  func recordCell(_ tape: JSONTape, _ node: JSONTape.Index, depth: Int) -> JSONTape.Index? {
    var found: JSONTape.Index?
    var isRow = true
    var hasOthers = false
    tape.forEachChild(node) { child in
      guard isRow else { return }
      guard tape.kind(child) == .string, JSONInText.mayHoldJSON(tape.slice(child)) else {
        hasOthers = true
        isRow = tape.kind(child) != .array && tape.kind(child) != .object
        return
      }
      if found == nil, leadsToRecord(tape, child, depth: depth + 1) { found = child } else { isRow = false }
    }
    return isRow && hasOthers ? found : nil
  }

  /// Whether a record, or what is set aside by name, stands at a place or below it.
  private func leadsToRecord(_ tape: JSONTape, _ node: JSONTape.Index, depth: Int) -> Bool {
    guard depth < Self.depthLimit else { return false }
    switch tape.kind(node) {
    case .string:
      guard let child = parseText(tape, node, depth: depth) else { return false }
      return leadsToRecord(child, 0, depth: depth + 1)
    case .array:
      if let row = RecordSigns.queryRow(tape, node), let child = parse(Array(row.utf8), depth: depth) {
        return leadsToRecord(child, 0, depth: depth + 1)
      }
    case .object:
      if RecordSigns.form(tape, node) != .other { return RecordSigns.isCertain(tape, node) }
      if RecordSigns.setAside(tape, node) != nil || RecordDialect(tape, node) != nil { return true }
      if let detail = tape.member(node, "detail"), leadsToRecord(tape, detail, depth: depth + 1) {
        return true
      }
      if OtherLogs.name(tape, node) != nil { return false }
      if let table = ResultTable(tape, node), table.areColumns { return true }
    default: return false
    }
    let end = tape.after(node)
    var child = tape.firstChild(node)
    while child < end {
      if !Self.isCallers(tape, child), leadsToRecord(tape, child, depth: depth + 1) { return true }
      child = tape.after(child)
    }
    return false
  }

  /// Why an object holds no record: what might have held one can't be read, or nothing looks like one.
  func refusal(_ tape: JSONTape, _ node: JSONTape.Index, depth: Int) -> String {
    var reason = RecordSigns.refusal
    tape.forEachChild(node) { child in
      guard tape.kind(child) == .string, let fault = JSONInText.fault(in: tape.slice(child)),
        parseText(tape, child, depth: depth) == nil
      else { return }
      reason = fault
    }
    return reason
  }
}
