import Foundation

/// What to collect: which events, where, when, and with whose credentials.
package struct CollectionRequest: Sendable {
  package var accounts: [CollectedAccount]
  package var regions: [String]
  package var events: [String]
  package var since: Timestamp
  package var until: Timestamp
  package var profile: String?
  /// The moment that LookupEvents' ninety days are counted back from.
  package var asOf: Timestamp
  /// That moment is now, so events of the last minutes may still be on their way.
  package var isLive: Bool
  /// No more calls than this in the whole run; 0 means no limit.
  package var maxCalls: Int
  package var callsPerSecond: Int
  package var writesTimes: Bool

  package init(
    accounts: [CollectedAccount], regions: [String], events: [String], since: Timestamp, until: Timestamp,
    profile: String?, asOf: Timestamp, isLive: Bool, maxCalls: Int, callsPerSecond: Int, writesTimes: Bool
  ) throws(CommandError) {
    guard since < until else {
      throw .usage(
        "--since \(since.iso8601) is not before --until", mend: "give a window that begins before it ends")
    }
    self.accounts = accounts
    self.regions = try Self.names(regions, option: "--regions", example: "us-east-1,eu-west-1")
    self.events = try Self.names(events, option: "--events", example: "CreateAccessKey,StopLogging")
    self.since = since
    self.until = until
    self.profile = profile
    self.asOf = asOf
    self.isLive = isLive
    self.maxCalls = maxCalls
    self.callsPerSecond = callsPerSecond
    self.writesTimes = writesTimes
  }

  /// Splits comma lists, keeps each name once and sorts them; a name becomes part of a path and of a call.
  static func names(
    _ lists: [String], option: String, example: String
  ) throws(CommandError) -> [String] {
    let names = Set(
      lists.flatMap { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } })
    for name in names {
      guard name.isPlainName else {
        throw .usage("\(option) \(name) is no name", mend: "write \(option) \(example)")
      }
    }
    guard !names.isEmpty else { throw .usage("\(option) is missing", mend: "add \(option) \(example)") }
    return names.sorted()
  }
}

/// An account to collect from, and the role to assume there; without one the profile's own credentials serve.
package struct CollectedAccount: Hashable, Sendable {
  package var id: String
  package var roleARN: String?

  /// Reads a file of accounts: `account id, role ARN` on each line; `#` starts a comment.
  package static func read(file: String) throws(CommandError) -> [CollectedAccount] {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw CommandError(
        .noSuchInput, "\(file) can't be read",
        mend: "name a file with an account id and a role ARN on each line")
    }
    var accounts: [CollectedAccount] = []
    let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"")) }
      if line.hasPrefix("#") || cells == [""] || cells[0] == "account_id" { continue }
      let id = cells[0]
      let role = cells.count > 1 && !cells[1].isEmpty ? cells[1] : nil
      guard id.isAccountID, role?.isRole(of: id) ?? true else {
        throw CommandError(
          .noUsableInput, "line \(index + 1) of \(file) is no account",
          mend: "write it as 111122223333,arn:aws:iam::111122223333:role/NAME")
      }
      if !accounts.contains(where: { $0.id == id }) {
        accounts.append(CollectedAccount(id: id, roleARN: role))
      }
    }
    guard !accounts.isEmpty else {
      throw CommandError(
        .noUsableInput, "\(file) names no account", mend: "write an account id and a role ARN on each line")
    }
    return accounts.sorted { $0.id < $1.id }
  }
}

extension String {
  /// Twelve digits.
  var isAccountID: Bool { utf8.count == 12 && utf8.allSatisfy { (0x30...0x39).contains($0) } }

  /// Letters, digits and hyphens, not starting like an option.
  fileprivate var isPlainName: Bool {
    !isEmpty && !hasPrefix("-")
      && utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }

  fileprivate func isRole(of account: String) -> Bool {
    let parts = split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    return parts.count == 6 && parts[0] == "arn" && parts[1].hasPrefix("aws") && parts[2] == "iam"
      && parts[4] == account && parts[5].hasPrefix("role/") && !utf8.contains { $0 <= 0x20 }
  }
}
