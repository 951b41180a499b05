import Foundation

/// A tuple that people declared bad: what was seen of it counts for nothing.
package struct Retraction: Equatable, Sendable {
  package var account: String
  package var actor: String
  package var event: String
  /// `nil` for any source, and any region.
  package var source: String?
  package var region: String?
  package var reason: String
  /// Who retracted it, where they say so.
  package var owner: String?

  package init(
    account: String, actor: String, event: String, source: String? = nil, region: String? = nil,
    reason: String, owner: String? = nil
  ) {
    self.account = account
    self.actor = actor
    self.event = event
    self.source = source
    self.region = region
    self.reason = reason
    self.owner = owner
  }

  /// Whether a lane is what was declared bad.
  package func covers(_ key: LaneKey) -> Bool {
    key.account == account && key.actor == actor && key.event == event
      && source.map { $0 == key.source } ?? true
      && region.map { $0 == key.region } ?? true
  }

  /// One line of `retractions.jsonl`, without its line break.
  package var json: JSONValue {
    var value: JSONValue = [
      "account": .string(account), "actor": .string(actor), "event": .string(event),
      "reason": .string(reason),
    ]
    if let source { value["source"] = .string(source) }
    if let region { value["region"] = .string(region) }
    if let owner { value["by"] = .string(owner) }
    return value
  }

  init(json: JSONValue) throws(JSONFields.Fault) {
    let fields = try JSONFields(json)
    self.init(
      account: try fields.text("account"), actor: try fields.text("actor"), event: try fields.text("event"),
      source: try fields.optionalText("source"), region: try fields.optionalText("region"),
      reason: try fields.text("reason"), owner: try fields.optionalText("by"))
  }
}

/// The retractions of a baseline, looked up by account and actor.
package struct Retractions: Equatable, Sendable {
  /// The file in the baseline's folder, which people review and may edit.
  package static let fileName = "retractions.jsonl"

  package private(set) var entries: [Retraction] = []
  private var byActor: [String: [Int]] = [:]

  package init(_ entries: [Retraction] = []) { for entry in entries { insert(entry) } }

  /// Adds an entry once.
  package mutating func insert(_ entry: Retraction) {
    guard !entries.contains(entry) else { return }
    byActor[entry.account + "\n" + entry.actor, default: []].append(entries.count)
    entries.append(entry)
  }

  /// Whether a lane was declared bad.
  package func cover(_ key: LaneKey) -> Bool {
    guard !entries.isEmpty, let candidates = byActor[key.account + "\n" + key.actor] else { return false }
    return candidates.contains { entries[$0].covers(key) }
  }

  /// Reads a file with one retraction on each line; a line that isn't one stops the command rather than being passed
  /// over.
  package static func load(_ path: String) throws(CommandError) -> Retractions {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandError(.noSuchInput, "\(path) can't be read", mend: "check the path given to --retractions")
    }
    var retractions = Retractions()
    for (index, line) in data.split(separator: 0x0A).enumerated() {
      do {
        retractions.insert(try Retraction(json: JSONValue(parsing: Array(line))))
      } catch {
        throw CommandError(
          .noUsableInput, "\(path), line \(index + 1), is no retraction: \(error)",
          mend: "give account, actor, event and reason, and source and region where they matter")
      }
    }
    return retractions
  }

  /// The file's text.
  package var text: String { entries.map { $0.json.compactText + "\n" }.joined() }
}
