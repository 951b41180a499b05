/// The reviewed table of business families and risks.
struct FamilyTable: Sendable {
  private struct Row: Sendable {
    var events: [NamePattern]
    var access: String
    var family: BusinessFamily
    var risk: BusinessRisk
  }

  private let rows: [String: [Row]]

  init() {
    var rows: [String: [Row]] = [:]
    for line in Content.table("normalize-observations/references/business-families.tsv") {
      guard let family = line["family"].flatMap(BusinessFamily.init(rawValue:)),
        let risk = line["risk"].flatMap(BusinessRisk.init(rawValue:))
      else { continue }
      let row = Row(
        events: Self.parts(line["event"]).map(NamePattern.init),
        access: line["access"] ?? "any",
        family: family, risk: risk)
      for service in Self.parts(line["service"]) { rows[service, default: []].append(row) }
    }
    self.rows = rows
  }

  /// What a cell lists.
  private static func parts(_ cell: String?) -> [String] {
    (cell ?? "").utf8.split(separator: UInt8(ascii: "|")).map { String(Substring($0)) }
  }

  /// The family and risk of an event by this kind of actor.
  func classification(
    eventSource: String, eventName: String, isReadOnly: Bool, archetype: Archetype
  ) -> (BusinessFamily, BusinessRisk) {
    let service = eventSource.hasSuffix(".amazonaws.com") ? String(eventSource.dropLast(14)) : eventSource
    let access = isReadOnly ? "read" : "write"
    var eventName = eventName
    let row = eventName.withUTF8 { name in
      rows[service]?.first { row in
        (row.access == "any" || row.access == access) && row.events.contains { $0.matches(name) }
      }
    }
    let family = row?.family ?? .other
    let risk = row?.risk ?? .operationalChange
    let isDeployment = archetype == .deploymentAutomation || archetype == .buildServer
    if isDeployment, !isReadOnly,
      [.identityAndPrivilege, .computeAndNetwork, .other, .applicationService].contains(family)
    {
      return (.deployment, risk)
    }
    return (family, risk)
  }
}
