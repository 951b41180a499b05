/// Makes event names stable: no API dates, one spelling for aliases.
struct EventNaming: Sendable {
  private let aliases: [String: String]

  /// The aliases one by one, in order: the service, its other name for an event, and the stable one.
  var aliasRows: [(source: String, alias: String, name: String)] {
    aliases.sorted { $0.key < $1.key }.compactMap { key, name in
      guard let colon = key.lastIndex(of: ":") else { return nil }
      return (String(key[..<colon]), String(key[key.index(after: colon)...]), name)
    }
  }

  /// Services without regions, whose events are all logged in one.
  static let globalServices: Set = [
    "iam.amazonaws.com", "organizations.amazonaws.com", "cloudfront.amazonaws.com", "route53.amazonaws.com",
    "route53domains.amazonaws.com", "account.amazonaws.com", "support.amazonaws.com",
    "trustedadvisor.amazonaws.com",
    "health.amazonaws.com", "billing.amazonaws.com", "ce.amazonaws.com", "budgets.amazonaws.com",
    "globalaccelerator.amazonaws.com", "shield.amazonaws.com", "waf.amazonaws.com",
  ]

  init() {
    aliases = Dictionary(
      Content.table("normalize-observations/references/event-aliases.tsv").compactMap { row in
        guard let alias = row["alias"], let name = row["name"] else { return nil }
        return (alias, name)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The service's name without China's `.cn`, so that tables and detections know it.
  static func source(_ raw: String) -> String {
    raw.hasSuffix(".amazonaws.com.cn") ? String(raw.dropLast(3)) : raw
  }

  /// The stable name of an event.
  func name(_ raw: String, eventSource: String) -> String {
    let dated = Self.withoutDate(raw)
    return aliases[eventSource + ":" + dated] ?? dated
  }

  /// `UpdateFunctionCode20150331v2` and `CreateDistribution2020_05_31` without their API dates.
  static func withoutDate(_ name: String) -> String {
    let bytes = Array(name.utf8)
    func isDigits(_ range: Range<Int>) -> Bool { range.allSatisfy { (0x30...0x39).contains(bytes[$0]) } }
    var end = bytes.count
    if let version = name.lastIndex(of: "v"), name[name.index(after: version)...].allSatisfy(\.isNumber),
      name.index(after: version) < name.endIndex
    {
      end = name.utf8.distance(from: name.startIndex, to: version)
    }
    for stop in end == bytes.count ? [end] : [end, bytes.count] {
      for width in [10, 8] where stop > width {
        let start = stop - width
        guard bytes[start] == 0x32, bytes[start + 1] == 0x30 else { continue }
        let isDate =
          width == 8
          ? isDigits(start..<stop)
          : bytes[start + 4] == 0x5F && bytes[start + 7] == 0x5F && isDigits(start..<start + 4)
            && isDigits(start + 5..<start + 7) && isDigits(start + 8..<stop)
        if isDate { return String(decoding: bytes[..<start], as: UTF8.self) }
      }
    }
    return name
  }

  /// The lane's region: `global` for services that have none, and for calls to a service's one global endpoint.
  static func region(_ awsRegion: String, eventSource: String, atGlobalEndpoint: Bool = false) -> String {
    atGlobalEndpoint || globalServices.contains(eventSource) ? "global" : awsRegion
  }

  /// The service whose events say which endpoint was called: its global one, of the same name, is logged in
  /// `us-east-1`, wherever it was served.
  static let endpointService = "sts.amazonaws.com"

  /// Whether an event's additional data name the service's global endpoint; `nil` where they name none.
  static func isGlobalEndpoint(_ tape: JSONTape, additional: JSONTape.Index) -> Bool? {
    var found: Bool?
    var node = additional + 1
    while node < tape.after(additional) {
      if tape.isKey(node, "endpointType"), let type = tape.text(node) {
        if type == "global" { return true }
        found = false
      }
      node += 1
    }
    return found
  }

  /// Whether the host that the client asked for is the global endpoint: older records say no more.
  static func isGlobalEndpoint(_ tape: JSONTape, connection: JSONTape.Index) -> Bool {
    tape.text(tape.member(connection, "clientProvidedHostHeader")) == endpointService
  }

  static let readVerbs = [
    "Get", "List", "Describe", "Head", "Lookup", "Search", "BatchGet", "Select", "Query", "Scan", "Check",
    "View",
    "Simulate", "Estimate", "Preview", "Filter", "Discover", "Test", "Validate", "Download", "Detect",
    "Decrypt",
  ]

  /// Whether an event only reads, by its verb; for logs without `readOnly`.
  static func isRead(_ name: String) -> Bool { readVerbs.contains(where: name.hasPrefix) }
}
