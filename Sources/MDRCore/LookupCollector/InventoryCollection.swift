/// What an inventory asked, and what became of each call.
package struct InventoryCollection: Sendable {
  /// The schema of `inventory.json`, by which its reader tells it from AWS's answers.
  package static let schema = "mdr-rainer/inventory/1"

  /// How a call ended.
  enum Status: String, Sendable {
    case ok
    /// AWS says that the service is not enabled, which is an answer.
    case notEnabled = "not_enabled"
    case denied
    case regionUnavailable = "region_unavailable"
    case failed
    /// Not made: the call limit was reached.
    case capped
  }

  struct Call: Sendable {
    var service: String
    var operation: String
    var account: String
    var region: String
    /// The trail, bucket or account that it asks about.
    var subject: String?
    var status: Status
    var errorCode: String?
    /// Where the answer lies, from the folder on.
    var path: String?

    var json: JSONValue {
      [
        "service": .string(service), "operation": .string(operation), "account_id": .string(account),
        "region": .string(region), "status": .string(status.rawValue), "error_code": JSONValue(errorCode),
        "path": JSONValue(path), "subject": JSONValue(subject),
      ]
    }
  }

  var accounts: [CollectedAccount] = []
  var regions: [String]
  var calls: [Call] = []

  /// What is missing, gathered by what was asked and why it has no answer.
  var caveats: [String] {
    struct Gap: Hashable {
      var call: String
      var status: Status
      var code: String?
    }
    var order: [Gap] = []
    var places: [Gap: [String]] = [:]
    for call in calls where call.status != .ok && call.status != .notEnabled {
      let gap = Gap(call: "\(call.service) \(call.operation)", status: call.status, code: call.errorCode)
      if places[gap] == nil { order.append(gap) }
      places[gap, default: []].append("\(call.account) \(call.region)")
    }
    return order.map { gap in
      let places = places[gap] ?? []
      let named = places.prefix(3).joined(separator: ", ")
      let more = places.count > 3 ? " and \(places.count - 3) more places" : ""
      let word = gap.status.rawValue.split(separator: "_").joined(separator: " ")
      return "\(gap.call): \(word)\(gap.code.map { " (\($0))" } ?? "") in \(named)\(more)"
    }
  }

  var json: JSONValue {
    [
      "schema": .string(Self.schema), "regions": JSONValue(regions),
      "accounts": .array(
        accounts.map { ["account_id": .string($0.id), "role_arn": JSONValue($0.roleARN)] }),
      "calls": .array(calls.map(\.json)), "totals": totals, "caveats": JSONValue(caveats),
    ]
  }

  var totals: JSONValue {
    [
      "calls": .number(calls.count { $0.status != .capped }),
      "answers": .number(calls.count { $0.path != nil }),
      "not_enabled": .number(calls.count { $0.status == .notEnabled }),
    ]
  }

  /// What was asked, what is missing, and how another person asks the same.
  var notes: Document {
    var document = Document([
      .heading(1, "Inventory"),
      .paragraph(
        """
        \(calls.count { $0.path != nil }.of("answer")) to \(calls.count.of("call")) in \(accounts.count.of("account")) and \
        \(regions.count.of("region")). Each answer is as the AWS CLI printed it, below `answers/`; each call has its line in \
        `ledger.jsonl`. All calls read; none changes anything.
        """),
      .heading(2, "Caveats"),
      caveats.isEmpty ? .paragraph("None: every call was answered.") : .list(caveats.map(Inline.text)),
      .heading(2, "Calls"),
    ])
    let rows = InventoryCall.all.map { call -> [Inline] in
      let made = calls.filter { $0.service == call.service && $0.operation == call.operation }
      func count(_ statuses: Status...) -> Inline { "\(made.count { statuses.contains($0.status) })" }
      return [
        .code(
          "aws \(call.arguments(region: "REGION", subject: call.scope.rawValue.uppercased()).joined(separator: " "))"
        ),
        .code(call.action), count(.ok), count(.notEnabled), count(.denied),
        count(.failed, .regionUnavailable, .capped),
      ]
    }
    document.append(
      .table(
        Table(
          [
            "Call", "Permission", Column("Answered", .trailing), Column("Not enabled", .trailing),
            Column("Denied", .trailing), Column("Failed", .trailing),
          ], rows: rows)))
    return document
  }
}
