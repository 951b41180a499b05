/// The reviewed table of request and response members that say what an event acted on.
struct TargetTable: Sendable {
  struct Entry: Sendable {
    var target: String
    var isResource: Bool

    /// The resource that a value names, if it names one.
    func resource(_ value: String) -> String? {
      guard isResource else { return nil }
      return value.hasPrefix("arn:") ? value : "\(target)/\(value)"
    }
  }

  /// At most this many values are kept for a target, and this many bytes of each.
  static let valueLimit = 20
  static let lengthLimit = 512
  static let resourceLimit = 1_024
  /// What CloudTrail writes for a value that it hides.
  static let hidden: StaticString = "HIDDEN_DUE_TO_SECURITY_REASONS"
  /// What the table says of a member that is no target in one particular service.
  private static let nothing = "none"

  private let general: [String: Entry]
  private let byService: [String: [String: Entry]]
  private let serviceNumbers: [String: Int]

  /// The members that the table names, for any service.
  var memberNames: Set<String> {
    byService.values.reduce(into: Set(general.keys)) { $0.formUnion($1.keys) }
  }

  /// What members can name, such as `bucket`, sorted.
  var targetNames: [String] {
    let entries = byService.values.reduce(into: Array(general.values)) { $0 += $1.values }
    return Set(entries.map(\.target)).sorted()
  }

  /// A number above 0 for a service that has members of its own, else 0.
  func serviceNumber(_ eventSource: String) -> Int { serviceNumbers[eventSource] ?? 0 }

  /// The service with a number; for 0 a name that no service has.
  func eventSource(ofService number: Int) -> String {
    serviceNumbers.first { $0.value == number }?.key ?? ""
  }

  /// What a member says of an event of a service.
  func entry(_ member: String, eventSource: String) -> Entry? {
    let entry = byService[eventSource]?[member] ?? general[member]
    return entry?.target == Self.nothing ? nil : entry
  }

  init() {
    var general: [String: Entry] = [:]
    var byService: [String: [String: Entry]] = [:]
    for row in Content.table("normalize-observations/references/targets.tsv") {
      guard let member = row["member"], let target = row["target"] else { continue }
      let entry = Entry(target: target, isResource: row["as"] == "resource")
      let service = row["service"] ?? ""
      if service.isEmpty {
        general[member] = entry
      } else {
        byService[service + ".amazonaws.com", default: [:]][member] = entry
      }
    }
    self.general = general
    self.byService = byService
    serviceNumbers = Dictionary(
      byService.keys.sorted().enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
  }

  /// What was found: values by target, and the resources among them.
  struct Found {
    var targets: [String: [String]] = [:]
    var resources: Set<String> = []
  }

  /// What a member's key means in events of any service.
  struct Meaning {
    var entry: Entry?
    /// Nothing below it is a target.
    var hides: Bool
  }

  /// What the member keys of this thread's records mean.
  typealias Memo = SliceCache<Meaning>

  /// Collects targets from a document of an event.
  func collect(
    _ tape: JSONTape, _ node: JSONTape.Index, eventSource: String, memo: Memo, into found: inout Found
  ) {
    let special = byService[eventSource]
    let end = tape.after(node)
    var current = node + 1
    // The tape lists every node of the subtree in turn, so that nesting needs no recursion; an element of an
    // array has no key of its own and stands under its array's.
    var entry: Entry?
    while current < end {
      let key = tape.keySlice(current)
      if !key.isEmpty {
        let meaning = memo.value(for: key) {
          let name = tape.key(current)
          return Meaning(entry: general[name], hides: SecretMembers.hiddenContainers.contains(name))
        }
        entry = special?[tape.key(current)] ?? meaning.entry
        if meaning.hides, tape.kind(current).rawValue >= JSONTape.Kind.array.rawValue {
          entry = nil
          current = tape.after(current)
          continue
        }
      }
      if let entry, entry.target != Self.nothing, let text = tape.scalarText(current) {
        add(text, to: entry, into: &found)
      }
      current += 1
    }
  }

  /// A resource's name as an event lists it.
  static func resource(_ name: String) -> String {
    // Counting letters costs more than all the rest, and there are never more of them than bytes.
    SecretScrubber.scrubbed(name.utf8.count > resourceLimit ? String(name.prefix(resourceLimit)) : name)
  }

  /// The value that a text stands for, unless it says nothing.
  static func value(_ text: String) -> String? {
    var text = text
    guard !text.isEmpty, !text.withUTF8({ $0.isText(hidden) }) else { return nil }
    // A member that says what was acted on can hold anything, a key as text too.
    guard !text.withUTF8(SecretScrubber.betraysSecret) else { return SecretScrubber.substitute(for: text) }
    return text.utf8.count > lengthLimit ? String(text.prefix(lengthLimit)) : text
  }

  private func add(_ text: String, to entry: Entry, into found: inout Found) {
    guard let value = Self.value(text) else { return }
    var values = found.targets[entry.target] ?? []
    guard values.count < Self.valueLimit, !values.contains(value) else { return }
    values.append(value)
    found.targets[entry.target] = values
    if let resource = entry.resource(value) { found.resources.insert(resource) }
  }
}
