/// A bucket that trails deliver to, by what the inventory of its account shows of it.
package struct LogBucket: Equatable, Sendable {
  /// What the default retention of Object Lock says.
  enum Lock: Equatable, Sendable {
    case off
    /// On, without a default retention: only objects that are locked one by one are.
    case withoutRetention
    /// In compliance mode nobody can cut it short, in governance mode those who are allowed to.
    case retention(isCompliance: Bool, days: Int)
  }

  /// Whether versions are kept, and need a second factor to be deleted.
  struct Versions: Equatable, Sendable {
    var areKept: Bool
    var needSecondFactor: Bool
  }

  /// A lifecycle rule that deletes.
  struct Expiration: Equatable, Sendable {
    /// What the keys that it deletes begin with; empty for all.
    var prefix: String
    /// After how many days; 0 for a date.
    var days: Int
  }

  let name: String
  /// `nil` where nobody asked, as with what follows.
  var lock: Lock?
  var versions: Versions?
  var expirations: [Expiration]?

  init(name: String) { self.name = name }

  /// Whether a name can be a bucket's, and so can stand in a command and in a file's name.
  ///
  /// Source: Amazon S3 User Guide, "General purpose bucket naming rules", with the wider rule of older buckets.
  static func isName(_ name: String) -> Bool {
    func isPlain(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    guard (3...255).contains(name.utf8.count), let first = name.utf8.first, isPlain(first) else {
      return false
    }
    return name.utf8.allSatisfy { isPlain($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
  }

  /// The calls of the S3 API that tell of it, as the AWS CLI names them.
  static let operations = [
    "get-bucket-versioning", "get-object-lock-configuration", "get-bucket-lifecycle-configuration",
  ]

  /// Reads the answer of one of its calls: what the AWS CLI printed, or `nil` where AWS says that there is none.
  mutating func add(_ answer: JSONValue?, of operation: String) {
    switch operation {
    case "get-bucket-versioning":
      versions = Versions(
        areKept: answer?["Status"]?.string == "Enabled",
        needSecondFactor: answer?["MFADelete"]?.string == "Enabled")
    case "get-object-lock-configuration":
      lock = Lock(answer?["ObjectLockConfiguration"])
    case "get-bucket-lifecycle-configuration":
      expirations = (answer?["Rules"]?.elements ?? []).compactMap(Expiration.init)
    default: break
    }
  }

  /// Whether logs are kept for thirteen months, as far as rules of the bucket delete them.
  func retention(of trails: [AuditTrail]) -> (holds: Bool, told: String)? {
    guard let expirations else { return nil }
    let folders = trails.filter { $0.bucket == name }.map(\.folder)
    let days = expirations.filter { rule in
      folders.contains { $0.hasPrefix(rule.prefix) || rule.prefix.hasPrefix($0) }
    }.map(\.days).min()
    guard let days else { return (true, "no rule deletes logs") }
    return (
      days >= Self.thirteenMonths, days == 0 ? "deleted on a set date" : "deleted after \(days.of("day"))"
    )
  }

  private static let thirteenMonths = 395
}

extension LogBucket.Lock {
  init(_ json: JSONValue?) {
    let retention = json?["Rule"]?["DefaultRetention"]
    if json?["ObjectLockEnabled"]?.string != "Enabled" {
      self = .off
    } else if let mode = retention?["Mode"]?.string {
      self = .retention(
        isCompliance: mode == "COMPLIANCE",
        // S3 takes a hundred years at most.
        days: retention?["Days"]?.int ?? min(max(retention?["Years"]?.int ?? 0, 0), 100) * 365)
    } else {
      self = .withoutRetention
    }
  }

  var told: (holds: Bool, told: String) {
    switch self {
    case .off: (false, "off")
    case .withoutRetention: (false, "on, without a default retention")
    case .retention(let isCompliance, let days):
      (isCompliance, "\(isCompliance ? "compliance" : "governance") mode, \(days.of("day"))")
    }
  }
}

extension LogBucket.Versions {
  var told: (holds: Bool, told: String) {
    switch (areKept, needSecondFactor) {
    case (false, _): (false, "versions are not kept")
    case (true, false): (false, "versions are kept, and need no second factor")
    case (true, true): (true, "both")
    }
  }
}

extension LogBucket.Expiration {
  /// A rule of a lifecycle configuration; `nil` where it is off or deletes nothing that stands.
  fileprivate init?(_ rule: JSONValue) {
    let expiration = rule["Expiration"]
    guard rule["Status"]?.string == "Enabled", expiration?["Days"] != nil || expiration?["Date"] != nil
    else { return nil }
    prefix = (rule["Filter"]?["And"]?["Prefix"] ?? rule["Filter"]?["Prefix"] ?? rule["Prefix"])?.string ?? ""
    days = expiration?["Days"]?.int ?? 0
  }
}

extension Inventory {
  /// Takes in what the S3 API answers about a bucket; `false` when the file is no such answer.
  mutating func addLogBucket(_ document: JSONValue, at place: InventoryPlace) -> Bool {
    guard let call = place.bucketCall else { return false }
    addLogBucket(document, call.bucket, of: call.operation)
    return true
  }

  /// Takes in what is known of a bucket; `nil` where AWS says that there is no such setting.
  mutating func addLogBucket(_ document: JSONValue?, _ name: String, of operation: String) {
    logBuckets[name, default: LogBucket(name: name)].add(document, of: operation)
  }
}
