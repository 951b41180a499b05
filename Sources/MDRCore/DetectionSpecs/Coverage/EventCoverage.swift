/// Which of the event names that rule sets in the field name are answered by a detection.
struct EventCoverage {
  /// One event name of the reference.
  struct Row: Equatable {
    var event: String
    var services: String
    /// Detections that name it, the gravest first.
    var detections: [String]
    var severity: Severity?
    /// Whether some detection judges the event by itself, not only together with others.
    var isAnsweredAlone: Bool
  }

  let rows: [Row]

  /// Asks the detections for every name of the reference; an event's date, as Lambda's, is no part of its name.
  init(_ detections: [Detection]) {
    var named: [String: [Detection]] = [:]
    for detection in detections {
      guard case .only(let names) = detection.logic.gate.names else { continue }
      for name in names { named[name, default: []].append(detection) }
    }
    rows = Content.table("detection-specs/references/event-coverage.tsv").map { row in
      let event = row["event"] ?? ""
      let found =
        (named[event] ?? []) + (Self.undated(event) == event ? [] : named[Self.undated(event)] ?? [])
      let ranked = found.sorted { ($1.severity, $0.id) < ($0.severity, $1.id) }
      return Row(
        event: event, services: row["services"] ?? "", detections: ranked.map(\.id),
        severity: ranked.first?.severity, isAnsweredAlone: ranked.contains { $0.correlation == nil })
    }
  }

  var answered: Int { rows.count { !$0.detections.isEmpty } }

  /// The name without an API date and version at its end.
  static func undated(_ name: String) -> String {
    var rest = Substring(name)
    if let last = rest.last, last.isNumber, let mark = rest.dropLast().last, mark == "v" {
      rest = rest.dropLast(2)
    }
    let digits = rest.reversed().prefix(while: \.isNumber).count
    return digits == 8 ? String(rest.dropLast(8)) : name
  }
}
