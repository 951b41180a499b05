/// A record that a pack should hold: the event, where its bytes were delivered, and who rests on it.
struct WantedRecord: Equatable, Sendable {
  var eventID: String
  var eventName: String
  /// As the observation tells it; `nil` where that has no time.
  var eventTime: String?
  var reference: RecordReference
  var findingIDs: [String]
}

/// The records that chosen findings rest on, looked up in the observations.
struct WantedRecords: Sendable {
  /// Sorted by file and place in it.
  private(set) var records: [WantedRecord] = []
  private(set) var caveats: [String] = []

  init(findings: [Finding], observations: LogFile, limit: Int) throws {
    var wanted: [String: [String]] = [:]
    let cited = Set(findings.flatMap(\.records))
    for finding in findings {
      for id in finding.eventIDs.prefix(limit) { wanted[id, default: []].append(finding.findingID) }
      if finding.eventIDs.count > limit {
        caveats.append(
          "finding \(finding.findingID) rests on \(finding.eventIDs.count) records; the first \(limit) are packed"
        )
      }
    }
    var found: [String: [WantedRecord]] = [:]
    let fault = try Self.forEachObservation(in: observations) { tape in
      guard let id = tape.text(tape.member(0, "event_id")), let findingIDs = wanted[id],
        let reference = RecordReference(tape, tape.member(0, "record"))
      else { return }
      // Another call may have the same id: what the finding cites is meant.
      if cited.contains(reference) {
        found[id]?.removeAll { !cited.contains($0.reference) }
      } else if found[id] != nil {
        return
      }
      found[id, default: []].append(
        WantedRecord(
          eventID: id, eventName: tape.text(tape.member(0, "event_name")) ?? "",
          eventTime: tape.text(tape.member(0, "event_time")), reference: reference,
          findingIDs: Array(Set(findingIDs)).sorted()))
    }
    if let fault { caveats.append("the observations were not read to their end: \(fault)") }
    records = found.values.joined().sorted { ($0.reference, $0.eventID) < ($1.reference, $1.eventID) }
    for id in wanted.keys.sorted() where found[id] == nil {
      let names = Set(wanted[id] ?? []).sorted().joined(separator: ", ")
      caveats.append("event \(id) of finding \(names) is not among the observations")
    }
  }

  private static func forEachObservation(
    in file: LogFile, _ body: (JSONTape) throws -> Void
  ) throws -> InputFault? {
    let window: ByteWindow
    do throws(InputFault) {
      window = ByteWindow(producer: try FileProducer(path: file.path), capacity: 1 << 20)
    } catch {
      throw CommandError(
        .noSuchInput, "\(file.path): \(error)", mend: "name what normalize-observations wrote")
    }
    let tape = JSONTape()
    try RecordWalker(window: window, tape: tape).forEachItem { item, _ in
      if case .value = item { try body(tape) }
    }
    return window.fault
  }
}

extension RecordReference {
  fileprivate init?(_ tape: JSONTape, _ node: JSONTape.Index?) {
    guard let node, let file = tape.text(tape.member(node, "file")),
      let index = tape.scalarText(tape.member(node, "index")).flatMap(Int.init)
    else { return nil }
    self.init(file: file, index: index, sha256: tape.text(tape.member(node, "sha256")) ?? "")
  }
}
