/// A CloudTrail trail, by the settings that the inventory of its owner shows.
package struct AuditTrail: Equatable, Sendable {
  package var arn: String
  /// The account that the trail belongs to, by its ARN.
  package var account: String
  /// The bucket that its files are delivered to.
  package var bucket: String?
  /// Where in the bucket they lie, such as `org/AWSLogs/`.
  package var folder: String
  /// Whether it records all accounts of the organisation.
  package var isOrganizations: Bool
  package var isOfAllRegions: Bool
  /// Whether digests show that a file was changed or taken away.
  package var validatesFiles: Bool
  /// The account of the key that its files are encrypted with; `nil` where none of the customer's own is named.
  package var keyAccount: String?

  /// Reads an element of `describe-trails`.
  init?(_ json: JSONValue) {
    guard let arn = json["TrailARN"]?.string else { return nil }
    let parts = ResourceKinds.parts(of: arn)
    guard parts.count >= 6, !parts[4].isEmpty else { return nil }
    self.arn = arn
    account = String(parts[4])
    bucket = json["S3BucketName"]?.string
    folder = (json["S3KeyPrefix"]?.string.map { $0 + "/" } ?? "") + "AWSLogs/"
    isOrganizations = json["IsOrganizationTrail"]?.bool == true
    isOfAllRegions = json["IsMultiRegionTrail"]?.bool == true
    validatesFiles = json["LogFileValidationEnabled"]?.bool == true
    let key = ResourceKinds.parts(of: json["KmsKeyId"]?.string ?? "")
    keyAccount = key.count >= 6 && !key[4].isEmpty ? String(key[4]) : nil
  }
}
