/// A read-only call that an inventory is made of, from the reviewed table.
struct InventoryCall: Sendable {
  /// How often it is made.
  enum Scope: String {
    case organization, account, region, trail
  }

  let service: String
  let operation: String
  let arguments: [String]
  let scope: Scope
  /// The error code that says that the service is not enabled.
  let absent: String?
  let action: String

  static let all: [InventoryCall] = Content.table("lookup-collector/references/inventory-calls.tsv")
    .compactMap { row in
      guard let service = row["service"], let operation = row["operation"],
        let scope = row["scope"].flatMap(Scope.init(rawValue:)), let action = row["action"]
      else { return nil }
      return InventoryCall(
        service: service, operation: operation,
        arguments: (row["arguments"] ?? "").split(separator: " ").map(String.init), scope: scope,
        absent: row["absent"].flatMap { $0.isEmpty ? nil : $0 }, action: action)
    }

  /// The call as the AWS CLI takes it, without profile; the CLI reads all pages of an answer itself.
  func arguments(region: String, trail: String?) -> [String] {
    [service, operation] + arguments.map { $0 == "{trail}" ? trail ?? "" : $0 }
      + ["--region", region, "--output", "json"]
  }
}
