/// A read-only call that an inventory is made of, from the reviewed table.
struct InventoryCall: Sendable {
  /// How often it is made.
  enum Scope: String {
    case organization, account, region
    /// Of a trail at its home, of a bucket that a trail delivers to, of an account that runs services for others.
    case trail, bucket, administrator
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
  ///
  /// `subject` is what the placeholder of the call's scope stands for.
  func arguments(region: String, subject: String?) -> [String] {
    [service, operation] + arguments.map { $0 == "{\(scope.rawValue)}" ? subject ?? "" : $0 }
      + ["--region", region, "--output", "json"]
  }
}
