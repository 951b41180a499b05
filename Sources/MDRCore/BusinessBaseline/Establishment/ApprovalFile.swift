import Foundation

/// A file of approvals: JSON lines or one JSON array, each entry an exact tuple with the signature under it.
package enum ApprovalFile {
  /// Reads a file; an entry that is no exact, signed tuple stops the command rather than being passed over.
  package static func load(_ path: String) throws(CommandError) -> [RecordedApproval] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandError(.noSuchInput, "\(path) can't be read", mend: "check the path given to --approvals")
    }
    return try approvals(in: Array(data), named: path)
  }

  static func approvals(in bytes: [UInt8], named name: String) throws(CommandError) -> [RecordedApproval] {
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    var entries: [JSONValue] = []
    if first == UInt8(ascii: "[") {
      guard let list = try? JSONValue(parsing: bytes) else {
        throw refusal(name, "is no JSON", "mend the file")
      }
      entries = list.elements
    } else {
      for (index, line) in bytes.split(separator: 0x0A).enumerated()
      where line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) {
        guard let entry = try? JSONValue(parsing: Array(line)) else {
          throw refusal(name, "line \(index + 1) is no JSON", "write one object on each line")
        }
        entries.append(entry)
      }
    }
    var approvals: [RecordedApproval] = []
    for (index, entry) in entries.enumerated() {
      approvals.append(try approval(entry, place: "\(name), entry \(index + 1)"))
    }
    return approvals
  }

  private static func approval(_ entry: JSONValue, place: String) throws(CommandError) -> RecordedApproval {
    func text(_ member: String) throws(CommandError) -> String {
      guard let text = entry[member]?.string, text.contains(where: { !$0.isWhitespace }) else {
        throw refusal(
          place, "has no \(member)",
          "give account, actor, event, source, region, owner, ticket, reason and expires")
      }
      return text
    }
    func exact(_ member: String) throws(CommandError) -> String {
      let value = try text(member)
      guard !value.contains(where: { "*?".contains($0) }), value.lowercased() != "any" else {
        throw refusal(
          place, "has the wildcard \(value) for \(member)",
          "sign one exact tuple for each entry; copy it from lanes.jsonl")
      }
      return value
    }
    let event = try exact("event")
    guard event.contains(":") else {
      throw refusal(
        place, "has the event \(event) without its service", "write it as iam.amazonaws.com:CreateAccessKey")
    }
    guard let expires = Timestamp(parsing: try text("expires")) else {
      throw refusal(place, "has an expires that is no time", "write it as 2026-01-31")
    }
    return RecordedApproval(
      key: LaneKey(
        account: try exact("account"), actor: try exact("actor"), event: event, source: try exact("source"),
        region: try exact("region")),
      approval: Approval(
        owner: try text("owner"), ticket: try text("ticket"), reason: try text("reason"), expires: expires))
  }

  private static func refusal(_ place: String, _ problem: String, _ mend: String) -> CommandError {
    CommandError(.noUsableInput, "\(place) \(problem)", mend: mend)
  }
}
