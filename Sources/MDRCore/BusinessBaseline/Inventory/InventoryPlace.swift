/// The account, region and bucket that a file of AWS CLI output speaks of, where its path says so: most answers don't.
struct InventoryPlace: Equatable, Sendable {
  var account: String?
  var region: String?
  /// The call about a bucket that the file answers.
  var bucketCall: BucketCall?

  /// A call of the S3 API about one bucket: its answers don't say of which.
  struct BucketCall: Equatable, Sendable {
    var operation: String
    var bucket: String

    /// Reads a file's name such as `s3api-get-bucket-versioning-org-logs.json`.
    init?(file: Substring) {
      guard file.hasPrefix("s3api-"), file.hasSuffix(".json") else { return nil }
      let name = file.dropFirst("s3api-".count).dropLast(".json".count)
      guard let operation = LogBucket.operations.first(where: { name.hasPrefix($0 + "-") }) else {
        return nil
      }
      self.operation = operation
      bucket = String(name.dropFirst(operation.count + 1))
    }
  }

  init(account: String? = nil, region: String? = nil) {
    self.account = account
    self.region = region
  }

  /// Reads a path such as `111122223333/eu-west-1/ec2-describe-addresses.json`, or one whose file name ends in the same.
  init(path: String) {
    bucketCall = path.split(separator: "/").last.flatMap(BucketCall.init)
    let words = path.split { $0 == "/" || $0 == "_" || $0 == "." }.map(String.init)
    for word in words {
      if word.isAccountID { account = word }
      if word.isRegion { region = word }
      let parts = word.split(separator: "-").map(String.init)
      for (index, part) in parts.enumerated() where parts.count > 1 {
        if part.isAccountID { account = part }
        let tail = parts[index...].joined(separator: "-")
        if tail.isRegion { region = tail }
      }
    }
  }

  /// The account and region of an ARN, or else of the file.
  func place(ofARN parts: [Substring]) -> InventoryPlace {
    guard parts.count >= 6 else { return self }
    return InventoryPlace(
      account: parts[4].isEmpty ? account : String(parts[4]),
      region: parts[3].isEmpty ? region : String(parts[3]))
  }
}

extension String {
  /// Such as `eu-west-1` or `us-gov-east-1`.
  var isRegion: Bool {
    let parts = split(separator: "-")
    guard (3...4).contains(parts.count), parts[0].utf8.count == 2, let last = parts.last,
      last.utf8.count == 1,
      last.utf8.allSatisfy({ (0x31...0x39).contains($0) })
    else { return false }
    return parts.dropLast().allSatisfy { $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } }
  }
}
