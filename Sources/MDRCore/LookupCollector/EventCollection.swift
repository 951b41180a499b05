/// What a collection covered: each query's answer, and whether it is whole.
struct EventCollection: Sendable {
  /// How an answer ended.
  enum Status: String, Sendable {
    /// All pages were read.
    case complete
    /// The call limit was reached before the last page, or before the first.
    case capped
    /// Not permitted.
    case denied
    /// The region is not enabled for the account, or does not exist.
    case regionUnavailable = "region_unavailable"
    case failed
  }

  /// One event name in one account and region.
  struct Query: Equatable, Sendable {
    var account: String
    var region: String
    var event: String
    var status: Status
    var pages = 0
    var events = 0
    var errorCode: String?

    /// Where the events lie, from the collection's folder on.
    var path: String { "events/\(account)/\(region)/\(event).jsonl" }
  }

  var request: CollectionRequest
  var accounts: [CollectedAccount] = []
  /// The region that answered for identities.
  var identityRegion = ""
  var queries: [Query] = []
  var calls = 0

  var eventCount: Int { queries.reduce(0) { $0 + $1.events } }

  /// Whether any query was answered, even if with no events.
  var isUsable: Bool { queries.contains { $0.status == .complete || $0.pages > 0 } }

  /// What a reader of later steps must know, account by account and region by region.
  var caveats: [String] {
    var caveats: [String] = []
    for (key, queries) in groups where key.status != .complete {
      let events = queries.map(\.event)
      let named =
        events.count > 1 && events.count == request.events.count
        ? "all \(events.count) event names" : events.joined(separator: ", ")
      let code = key.errorCode.map { " (\($0))" } ?? ""
      let place = "account \(key.account), region \(key.region)"
      switch key.status {
      case .complete: break
      case .capped: caveats.append("\(place): capped by --max-calls for \(named)")
      case .denied: caveats.append("\(place): denied\(code) for \(named)")
      case .regionUnavailable:
        let isUnreached = key.errorCode == "EndpointConnectionError"
        caveats.append(
          "\(place): the region \(isUnreached ? "does not exist or can't be reached" : "is not available")\(code)"
        )
      case .failed:
        let ranOut = key.errorCode.map { CallFailure(code: $0).kind == .credentials } ?? false
        let mend = ranOut ? "; sign in again and collect these into another --output" : ""
        caveats.append("\(place): failed\(code) for \(named)\(mend)")
      }
    }
    let reach = request.asOf.adding(-90 * 86_400)
    if request.since < reach {
      caveats.append("LookupEvents reaches back 90 days: nothing before \(reach.date) could be asked for")
    }
    if request.isLive, request.asOf.adding(-15 * 60) < request.until {
      caveats.append(
        "the window ends less than 15 minutes before the collection: its last events may not be in yet")
    }
    return caveats
  }

  private struct GroupKey: Hashable {
    var account: String
    var region: String
    var status: Status
    var errorCode: String?
  }

  /// Queries that ended alike, in the order they were asked.
  private var groups: [(GroupKey, [Query])] {
    var order: [GroupKey] = []
    var groups: [GroupKey: [Query]] = [:]
    for query in queries {
      let key = GroupKey(
        account: query.account, region: query.region, status: query.status, errorCode: query.errorCode)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(query)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }

  var json: JSONValue {
    var value: JSONValue = [
      "schema": "mdr-rainer/collection/1",
      "since": .string(request.since.iso8601), "until": .string(request.until.iso8601),
      "regions": JSONValue(request.regions), "event_names": JSONValue(request.events),
      "accounts": .array(
        accounts.map { ["account_id": .string($0.id), "role_arn": JSONValue($0.roleARN)] }),
      "queries": .array(
        queries.map { query in
          [
            "account_id": .string(query.account), "region": .string(query.region),
            "event_name": .string(query.event), "status": .string(query.status.rawValue),
            "pages": .number(query.pages), "events": .number(query.events),
            "error_code": JSONValue(query.errorCode),
            "path": query.events > 0 ? .string(query.path) : .null,
          ]
        }),
      "totals": totals,
      "caveats": JSONValue(caveats),
    ]
    if request.maxCalls > 0 { value["max_calls"] = .number(request.maxCalls) }
    return value
  }

  var totals: JSONValue {
    [
      "calls": .number(calls), "events": .number(eventCount), "queries": .number(queries.count),
      "complete": .number(queries.count { $0.status == .complete }),
    ]
  }
}
