/// AWS's own accounts that write logs into customers' buckets, as the reviewed table lists them.
struct LogDelivery {
  /// What AWS documents that such an account has to be allowed, in small letters.
  static let actions: Set = ["s3:putobject", "s3:getbucketacl", "s3:getbucketpolicy"]

  static let reviewed = LogDelivery(
    rows: Content.table("detection-specs/references/log-delivery-accounts.tsv"))

  /// What may stand behind each account's id in an ARN.
  private let principals: [String: Set<String>]

  init(rows: [[String: String]]) {
    var principals: [String: Set<String>] = [:]
    for row in rows {
      guard let account = row["account"], let principal = row["principal"] else { continue }
      principals[account, default: []].insert(principal)
    }
    self.principals = principals
  }

  /// Whether a policy's principal is one of the accounts, as an ARN or, for a whole account, by its bare id.
  func holds(_ principal: String) -> Bool {
    if let known = principals[principal] { return known.contains(Self.wholeAccount) }
    guard let account = ActorNaming.account(of: principal), let known = principals[account],
      let resource = ActorNaming.resource(of: principal)
    else { return false }
    return known.contains(String(resource))
  }

  private static let wholeAccount = "root"

  /// The same as a regular expression for exports.
  var pattern: String {
    let arn = "arn:[^:]*:[^:]*:[^:]*:"
    let kinds = Set(principals.values.joined()).sorted().map { principal in
      let accounts = principals.filter { $0.value.contains(principal) }.keys.sorted().joined(separator: "|")
      return principal == Self.wholeAccount
        ? "(\(arn))?(\(accounts))(:\(principal))?" : "\(arn)(\(accounts)):\(principal)"
    }
    return "^(\(kinds.joined(separator: "|")))$"
  }
}
