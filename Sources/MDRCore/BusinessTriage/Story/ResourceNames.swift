/// The names that one resource goes by: a parameter names a role, another call's record has its ARN.
struct ResourceNames {
  /// Types of ARNs whose resources parameters name by another word.
  private static let words = ["db": "db_instance", "key": "kms_key"]
  /// What Secrets Manager appends to a secret's name in its ARN: a hyphen and six characters.
  private static let suffixOfSecret = 7

  /// The resource as told, and the name without account and region where it was told by its ARN.
  static func all(of resource: String) -> [String] { [resource] + (short(resource).map { [$0] } ?? []) }

  /// Such as `role/api` for `arn:aws:iam::111122223333:role/service/api`; `nil` for what is no ARN.
  static func short(_ resource: String) -> String? {
    let parts = resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn" else { return nil }
    let (service, rest) = (parts[2], parts[5])
    if service == "s3" { return rest.split(separator: "/").first.map { "bucket/" + $0 } }
    guard let end = rest.firstIndex(where: { $0 == "/" || $0 == ":" }) else { return nil }
    let type = String(rest[..<end])
    var name = rest[rest.index(after: end)...]
    // Users and roles have paths that no parameter repeats, and functions versions.
    if service == "iam" { name = name.split(separator: "/").last ?? name }
    if service == "lambda" { name = name.split(separator: ":").first ?? name }
    if service == "secretsmanager", name.dropLast(Self.suffixOfSecret - 1).last == "-" {
      name = name.dropLast(Self.suffixOfSecret)
    }
    return name.isEmpty ? nil : (words[type] ?? type) + "/" + name
  }
}
