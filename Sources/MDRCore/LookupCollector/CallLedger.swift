import Foundation

/// One line for each call made, written as it ends.
struct CallLedger {
  private let file: AppendedFile
  private let writesTimes: Bool

  init(_ path: String, writesTimes: Bool) throws(CommandError) {
    file = try AppendedFile(path)
    self.writesTimes = writesTimes
  }

  /// A call of LookupEvents for one page.
  func lookup(
    _ query: EventCollection.Query, request: CollectionRequest, page: Int,
    answer: Result<LookupPage, CallFailure>
  ) throws(CommandError) {
    var line: JSONValue = [
      "operation": "LookupEvents", "account_id": .string(query.account), "region": .string(query.region),
      "event_name": .string(query.event), "since": .string(request.since.iso8601),
      "until": .string(request.until.iso8601), "page": .number(page),
    ]
    switch answer {
    case .success(let page):
      line["status"] = "ok"
      line["returned"] = .number(page.entries.count)
      line["next_token"] = .bool(page.nextToken != nil)
    case .failure(let failure):
      line["status"] = .string(Self.status(of: failure))
      line["returned"] = 0
      line["error_code"] = .string(failure.code)
      line["next_token"] = false
    }
    try append(line)
  }

  /// A call that finds out or changes whose credentials are used.
  func identity(_ operation: String, account: String?, role: String?, failure: CallFailure?)
    throws(CommandError)
  {
    var line: JSONValue = [
      "operation": .string(operation), "status": .string(failure.map(Self.status) ?? "ok"),
      "account_id": JSONValue(account),
    ]
    if let role { line["role_arn"] = .string(role) }
    if let failure { line["error_code"] = .string(failure.code) }
    try append(line)
  }

  /// A call of an inventory.
  func inventory(_ call: InventoryCollection.Call) throws(CommandError) { try append(call.json) }

  private static func status(of failure: CallFailure) -> String {
    failure.kind == .throttled ? "throttled" : failure.kind == .denied ? "denied" : "failed"
  }

  private func append(_ line: JSONValue) throws(CommandError) {
    var line = line
    if writesTimes { line["time"] = .string(Timestamp(seconds: Int(Date().timeIntervalSince1970)).iso8601) }
    try file.append(lines: [Array(line.compactText.utf8)])
  }
}
