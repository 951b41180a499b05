/// The reviewed kinds of resources, and the workload that each is a sign of.
struct ResourceKinds: Sendable {
  struct Kind: Sendable {
    let name: String
    let workload: String
    /// Service and the beginning of the resource part, such as `rds` and `db:`.
    let service: String
    let prefix: String
    let document: String
    let identifier: String
    let configType: String
  }

  let kinds: [Kind]
  private let workloads: [String: String]

  init() {
    kinds = Content.table("business-baseline/references/resource-kinds.tsv").compactMap { row in
      guard let name = row["kind"], let arn = row["arn"], let workload = row["workload"] else { return nil }
      let parts = arn.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return Kind(
        name: name, workload: workload, service: parts[0], prefix: parts.count > 1 ? parts[1] : "",
        document: row["document"] ?? "", identifier: row["identifier"] ?? "",
        configType: row["config_type"] ?? "")
    }
    workloads = Dictionary(
      Content.table("business-baseline/references/workload-signs.tsv").compactMap { row in
        row["event_source"].flatMap { source in row["workload"].map { (source, $0) } }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The kind of an ARN split at its colons, and the resource's own name.
  func kind(ofARN parts: [Substring]) -> (kind: Kind, name: String)? {
    guard parts.count == 6 else { return nil }
    let resource = parts[5]
    guard let kind = kinds.first(where: { $0.service == parts[2] && resource.hasPrefix($0.prefix) }) else {
      return nil
    }
    return (kind, String(resource.dropFirst(kind.prefix.count)))
  }

  /// The workload that a kind of resource is a sign of.
  func workload(ofKind name: String) -> String? { kinds.first { $0.name == name }?.workload }

  /// The workload that calls to a service are a sign of.
  func workload(ofEventSource source: String) -> String? { workloads[source] }

  /// Splits an ARN at its first five colons.
  static func parts(of arn: String) -> [Substring] {
    arn.hasPrefix("arn:") ? arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false) : []
  }
}
