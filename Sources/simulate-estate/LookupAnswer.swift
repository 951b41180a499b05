import Foundation
import MDRCore

/// One page of LookupEvents: management events of one account and region, newest first, fifty a page.
struct LookupAnswer {
  private struct Match {
    let time: Timestamp
    let id: String
    let entry: JSONValue
  }

  let page: JSONValue

  init(folder: String, account: String, call: AWSCall) throws {
    let query = try LookupQuery(call)
    var matches: [Match] = []
    for file in try Self.files(of: account, below: folder, query: query) {
      _ = try RawRecordReader().forEachEntry(in: file) { entry, _, _ in
        guard case .record(let tape, let node, _, _) = entry, query.matches(tape, node),
          let time = tape.text(tape.member(node, "eventTime")).flatMap(Timestamp.init(parsing:))
        else { return }
        let id = tape.text(tape.member(node, "eventID")) ?? ""
        matches.append(Match(time: time, id: id, entry: Self.entry(tape, node, id: id, time: time)))
      }
    }
    matches.sort { ($1.time, $1.id) < ($0.time, $0.id) }
    let start = try query.start()
    let shown = matches.dropFirst(start).prefix(query.size)
    var page: JSONValue = ["Events": .array(shown.map(\.entry))]
    if start + shown.count < matches.count {
      page["NextToken"] = .string(query.token(at: start + shown.count))
    }
    self.page = page
  }

  /// The deliveries that can hold an answer: `<account>/CloudTrail/<region>/<year>/<month>/<day>/<file>`.
  private static func files(
    of account: String, below folder: String, query: LookupQuery
  ) throws -> [LogFile] {
    guard let root = try DeliveryFolders(below: folder).paths[account] else { return [] }
    let region = root + "/" + query.region
    guard FileManager.default.fileExists(atPath: region) else { return [] }
    return try LogFileDiscovery.files(in: [region]).filter { file in
      query.mayHold(deliveriesOf: file.name.split(separator: "/").prefix(3).joined(separator: "-"))
    }
  }

  private static func entry(_ tape: JSONTape, _ node: JSONTape.Index, id: String, time: Timestamp)
    -> JSONValue
  {
    let issuer = tape.member(node, "userIdentity", "sessionContext", "sessionIssuer", "userName")
    let arn = tape.text(tape.member(node, "userIdentity", "arn"))
    let name =
      tape.text(tape.member(node, "userIdentity", "userName"))
      ?? arn?.split(separator: "/").last.map(String.init) ?? tape.text(issuer)
    var entry: JSONValue = [
      "EventId": .string(id), "EventName": JSONValue(tape.text(tape.member(node, "eventName"))),
      "ReadOnly": tape.flag(tape.member(node, "readOnly")) == true ? "true" : "false",
      // The CLI prints the offset, not the letter.
      "EventTime": .string(time.iso8601.dropLast() + "+00:00"),
      "EventSource": JSONValue(tape.text(tape.member(node, "eventSource"))),
      "Resources": .array(resources(tape, node)),
      "CloudTrailEvent": .string(String(decoding: tape.slice(node), as: UTF8.self)),
    ]
    if let name { entry["Username"] = .string(name) }
    if let key = tape.text(tape.member(node, "userIdentity", "accessKeyId")) {
      entry["AccessKeyId"] = .string(key)
    }
    return entry
  }

  private static func resources(_ tape: JSONTape, _ node: JSONTape.Index) -> [JSONValue] {
    guard let list = tape.member(node, "resources") else { return [] }
    var resources: [JSONValue] = []
    tape.forEachChild(list) { child in
      var resource: JSONValue = [:]
      if let type = tape.text(tape.member(child, "type")) { resource["ResourceType"] = .string(type) }
      if let arn = tape.text(tape.member(child, "ARN")) { resource["ResourceName"] = .string(arn) }
      resources.append(resource)
    }
    return resources
  }
}

/// The options of a lookup.
private struct LookupQuery {
  let region: String
  let size: Int
  private let attribute: (key: String, value: String)?
  private let since: Timestamp
  private let until: Timestamp
  private let nextToken: String?
  private static let tokenPrefix = "answer-aws-page-"

  init(_ call: AWSCall) throws {
    guard let region = call.options["--region"] else {
      throw CommandError.usage("--region is missing", mend: "name a region")
    }
    self.region = region
    size = min(50, max(1, call.options["--max-results"].flatMap(Int.init) ?? 50))
    since = call.options["--start-time"].flatMap(Timestamp.init(parsing:)) ?? Timestamp(seconds: 0)
    until = call.options["--end-time"].flatMap(Timestamp.init(parsing:)) ?? Timestamp(seconds: Int(Int32.max))
    nextToken = call.options["--next-token"]
    var pair: [String: String] = [:]
    for part in (call.options["--lookup-attributes"] ?? "").split(separator: ",") {
      let words = part.split(separator: "=", maxSplits: 1).map(String.init)
      if words.count == 2 { pair[words[0]] = words[1] }
    }
    attribute = pair["AttributeKey"].flatMap { key in pair["AttributeValue"].map { (key, $0) } }
  }

  func start() throws -> Int {
    guard let nextToken else { return 0 }
    guard nextToken.hasPrefix(Self.tokenPrefix), let start = Int(nextToken.dropFirst(Self.tokenPrefix.count))
    else {
      throw AWSCall.refusal("InvalidNextTokenException", operation: "LookupEvents")
    }
    return start
  }

  func token(at start: Int) -> String { Self.tokenPrefix + String(start) }

  /// Deliveries come up to a day late, into the folder of the day they come.
  func mayHold(deliveriesOf date: String) -> Bool {
    date >= since.date && date <= until.adding(86_400).date
  }

  func matches(_ tape: JSONTape, _ node: JSONTape.Index) -> Bool {
    guard tape.flag(tape.member(node, "managementEvent")) != false,
      let time = tape.text(tape.member(node, "eventTime")).flatMap(Timestamp.init(parsing:)), time >= since,
      time <= until
    else { return false }
    guard let attribute else { return true }
    let key: StaticString? =
      switch attribute.key {
      case "EventName": "eventName"
      case "EventId": "eventID"
      case "EventSource": "eventSource"
      default: nil
      }
    return key.map { tape.text(tape.member(node, $0)) == attribute.value } ?? false
  }
}
