/// A service whose absence means that something is not seen.
package enum SecurityService: String, Sendable, CaseIterable {
  case cloudTrail = "CloudTrail"
  case config = "Config"
  case guardDuty = "GuardDuty"
  case securityHub = "Security Hub"
  case macie = "Macie"
  case accessAnalyzer = "Access Analyzer"
}

/// What an inventory says of a security service in one region, from what says least to what says most.
package enum SecurityState: Int, Sendable, Comparable {
  /// It doesn't exist.
  case off
  /// It exists, and nothing says whether it works.
  case exists
  /// It exists and doesn't work.
  case stopped
  case on

  package static func < (one: SecurityState, other: SecurityState) -> Bool { one.rawValue < other.rawValue }

  /// The word for people.
  package var title: String {
    switch self {
    case .off: "off"
    case .exists: "exists"
    case .stopped: "stopped"
    case .on: "on"
    }
  }
}

/// The security services of one account, by region.
package struct SecurityCoverage: Equatable, Sendable {
  package private(set) var states: [SecurityService: [String: SecurityState]] = [:]

  /// Notes a state; of two statements about one place the one that says more counts, whatever their order.
  mutating func note(_ service: SecurityService, _ state: SecurityState, region: String) {
    let known = states[service]?[region]
    states[service, default: [:]][region] = known.map { max($0, state) } ?? state
  }

  /// What is known of a service in a region; a service that is on everywhere is on here.
  package func state(of service: SecurityService, in region: String) -> SecurityState? {
    [states[service]?[region], states[service]?[Self.everywhere]].compactMap { $0 }.max()
  }

  /// A trail of all regions is known from its home region alone.
  static let everywhere = "*"
}

extension Inventory {
  /// Takes in the status of a security service; `false` when the document is something else.
  mutating func addSecurity(_ document: JSONValue, at place: InventoryPlace) -> Bool {
    if case .array(let detectors) = document["DetectorIds"] {
      note(.guardDuty, detectors.isEmpty ? .off : .on, at: place)
    } else if let hub = document["HubArn"]?.string {
      note(.securityHub, .on, at: place.place(ofARN: ResourceKinds.parts(of: hub)))
    } else if case .array(let trails) = document["trailList"] {
      if trails.isEmpty { note(.cloudTrail, .off, at: place) }
      for trail in trails { addTrail(trail, at: place) }
    } else if let isLogging = document["IsLogging"]?.bool {
      note(.cloudTrail, isLogging ? .on : .stopped, at: place)
    } else if case .array(let recorders) = document["ConfigurationRecorders"] {
      note(.config, recorders.isEmpty ? .off : .exists, at: place)
    } else if case .array(let recorders) = document["ConfigurationRecordersStatus"] {
      let isRecording = recorders.contains { $0["recording"]?.bool == true }
      note(.config, recorders.isEmpty ? .off : isRecording ? .on : .stopped, at: place)
    } else if case .array(let analyzers) = document["analyzers"] {
      let isActive = analyzers.contains { $0["status"]?.string == "ACTIVE" }
      note(.accessAnalyzer, analyzers.isEmpty ? .off : isActive ? .on : .stopped, at: place)
    } else if document["findingPublishingFrequency"] != nil, let status = document["status"]?.string {
      note(.macie, status == "ENABLED" ? .on : .stopped, at: place)
    } else {
      return false
    }
    return true
  }

  /// A trail of an organisation or of all regions records here without having its home here.
  private mutating func addTrail(_ trail: JSONValue, at place: InventoryPlace) {
    if let known = AuditTrail(trail) { trails[known.arn] = known }
    let isEverywhere = trail["IsMultiRegionTrail"]?.bool == true
    note(
      .cloudTrail, .exists,
      at: InventoryPlace(
        account: place.account, region: isEverywhere ? SecurityCoverage.everywhere : place.region))
  }

  mutating func note(_ service: SecurityService, _ state: SecurityState, at place: InventoryPlace) {
    guard let account = place.account, let region = place.region else { return }
    security[account, default: SecurityCoverage()].note(service, state, region: region)
  }
}
