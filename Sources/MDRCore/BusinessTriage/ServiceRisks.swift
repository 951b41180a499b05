/// The reviewed table of events whose business risk depends on the service that makes them on somebody's behalf.
struct ServiceRisks: Sendable {
  private struct Row: Sendable {
    var service: String
    var event: String
    var through: Set<String>
    var risk: BusinessRisk
  }

  private let rows: [Row]

  init() {
    rows = Content.table("business-triage/references/risks-by-service.tsv").compactMap { row in
      let event = (row["event"] ?? "").split(separator: ":", maxSplits: 1)
      guard event.count == 2, let risk = row["risk"].flatMap(BusinessRisk.init(rawValue:)) else { return nil }
      return Row(
        service: event[0] + ".amazonaws.com", event: String(event[1]),
        through: Set((row["through"] ?? "").split(separator: "|").map { $0 + ".amazonaws.com" }), risk: risk)
    }
  }

  /// The risk of an observation that the table knows.
  func risk(of observation: Observation) -> BusinessRisk? {
    guard let service = observation.identity.invokedBy else { return nil }
    return rows.first {
      $0.service == observation.eventSource && $0.event == observation.eventName
        && $0.through.contains(service)
    }?.risk
  }
}
