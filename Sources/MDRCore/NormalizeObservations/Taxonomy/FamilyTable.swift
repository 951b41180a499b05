/// The reviewed table of business families and risks.
struct FamilyTable: Sendable {
  private struct Row: Sendable {
    var events: [String]
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
        events: (line["event"] ?? "").split(separator: "|").map(String.init), access: line["access"] ?? "any",
        family: family, risk: risk)
      for service in (line["service"] ?? "").split(separator: "|") {
        rows[String(service), default: []].append(row)
      }
    }
    self.rows = rows
  }

  /// The family and risk of an event by this kind of actor.
  func classification(
    eventSource: String, eventName: String, isReadOnly: Bool, archetype: Archetype
  ) -> (BusinessFamily, BusinessRisk) {
    let service = eventSource.hasSuffix(".amazonaws.com") ? String(eventSource.dropLast(14)) : eventSource
    let access = isReadOnly ? "read" : "write"
    let row = rows[service]?.first { row in
      (row.access == "any" || row.access == access) && row.events.contains { Self.matches(eventName, $0) }
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

  /// Whether a name fits a pattern in which `*` stands for any letters.
  static func matches(_ name: String, _ pattern: String) -> Bool {
    guard pattern.contains("*") else { return name == pattern }
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    var rest = name[...]
    for (index, part) in parts.enumerated() where !part.isEmpty {
      if index == 0 {
        guard rest.hasPrefix(part) else { return false }
        rest = rest.dropFirst(part.count)
      } else if index == parts.count - 1 {
        return rest.hasSuffix(part)
      } else {
        guard let range = rest.firstRange(of: part) else { return false }
        rest = rest[range.upperBound...]
      }
    }
    return parts.last?.isEmpty == true || rest.isEmpty
  }
}
