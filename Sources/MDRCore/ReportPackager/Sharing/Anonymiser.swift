/// The wish that a report names nobody, with the words that the customer is known by.
struct Anonymity: Sendable {
  var customers: [String] = []
}

/// Replaces what names a customer by stand-ins, the same one wherever it stands: accounts, people, roles, addresses, domains,
/// resources and the words that the customer is known by.
///
/// A report's words come in three kinds. What the source code says stays. A value set apart as code is replaced unless
/// `PublicWords` has it. Running text is searched for the values of the findings and for whatever looks like an identifier.
struct Anonymiser {
  private let publicWords: PublicWords
  /// Values of the case, as they stand in running text.
  private let known: Set<String>
  /// Those of several words, the longest first.
  private let phrases: [String]
  /// What the customer is called, in lower case.
  private let customers: [String]
  private var standIns: [String: String] = [:]
  private var counts: [String: Int] = [:]

  init(_ folder: CaseFolder, findings: [Finding], customers: [String]) {
    publicWords = PublicWords(findings, artifacts: folder.inputs.keys)
    self.customers = customers.filter { !$0.isEmpty }.map { $0.lowercased() }
    let accounts = (folder.headers[.businessBaseline]?["accounts"]?.elements ?? []).flatMap {
      [$0["account_name"]?.string, $0["account_purpose"]?.string]
    }
    let values = Set(
      findings.flatMap(\.namingValues) + accounts.compactMap { $0 }
    ).filter { $0.utf8.count > 2 }
    let named = values.filter { [publicWords] in !publicWords.contains($0) }
    known = named
    phrases = named.filter { $0.contains(" ") }.sorted { ($1.count, $0) < ($0.count, $1) }
    // In the order of the findings, so that the first finding's account is the first account.
    for finding in findings {
      let account = standIn(for: finding.accountID, "account")
      if let name = finding.accountName { standIns[name] = account }
      if let purpose = finding.accountPurpose { standIns[purpose] = account + "-purpose" }
      if let person = finding.person { _ = standIn(for: person, "person") }
      let name = finding.actor.split(separator: ":", maxSplits: 1).last.map(String.init) ?? finding.actor
      if !publicWords.contains(finding.actor), !name.contains("@"), !name.contains(":") {
        _ = standIn(for: name, finding.archetype.rawValue.replacing("_", with: "-"))
      }
      // People name others freely when they write about their work, so none of it is kept.
      guard let record = folder.closures?.latest(finding.findingID) else { continue }
      _ = standIn(for: record.by, "person")
      for words in [record.why] + record.answers.flatMap({ [$0.answer, $0.from] }) {
        _ = standIn(for: words, "words")
      }
    }
  }

  /// The document with stand-ins.
  mutating func document(_ document: Document) -> Document {
    Document(document.blocks.map { block($0) })
  }

  /// A claim's value with stand-ins.
  mutating func value(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(word(text))
    case .array(let elements): .array(elements.map { self.value($0) })
    case .object(let members): .object(members.mapValues { self.value($0) })
    default: value
    }
  }

  /// A claim's name with stand-ins.
  mutating func claimName(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), !name.hasPrefix("input.") else { return name }
    let last = String(name[name.index(after: dot)...])
    let isNaming = name.hasPrefix("detection.") || last.isAccountID
    return isNaming ? name[...dot] + word(last) : name
  }

  private mutating func block(_ block: Block) -> Block {
    switch block {
    case .heading(let level, let text): .heading(level, inline(text))
    case .paragraph(let text): .paragraph(inline(text))
    case .list(let items):
      .list(
        items: items.map { ListItem(inline($0.text), children: $0.children.map { inline($0) }) })
    case .orderedList(let texts): .orderedList(texts.map { inline($0) })
    case .table(let table): .table(Table(table.header, rows: table.rows.map { $0.map { inline($0) } }))
    case .code(let text, let language): .code(running(text), language: language)
    case .quote(let blocks): .quote(blocks.map { self.block($0) })
    }
  }

  private mutating func inline(_ inline: Inline) -> Inline {
    Inline(
      segments: inline.segments.map { segment in
        switch segment {
        case .literal: segment
        case .text(let text): .text(running(text))
        case .code(let text): .code(word(text))
        }
      })
  }

  /// Running text, token by token.
  private mutating func running(_ text: String) -> String {
    if let standIn = standIns[text] { return standIn }
    var text = text
    for phrase in phrases where text.contains(phrase) {
      text = text.replacing(phrase, with: standIn(for: phrase, "name"))
    }
    var output = ""
    for token in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !output.isEmpty || token.startIndex != text.startIndex { output += " " }
      let start = token.prefix { "([\"'“".contains($0) }
      let core = token.dropFirst(start.count)
      let end = core.reversed().prefix { ".,;:)]\"'”?!".contains($0) }.count
      output += start + tokenStandIn(String(core.dropLast(end))) + core.suffix(end)
    }
    return output
  }

  private mutating func tokenStandIn(_ token: String) -> String {
    if publicWords.contains(token) || token.utf8.count < 3 { return token }
    if known.contains(token) || token.looksNaming { return word(token) }
    let lowercased = token.lowercased()
    if customers.contains(where: lowercased.contains) { return standIn(for: token, "name") }
    return token.replacingAccounts { standIn(for: $0, "account") }
  }

  /// A value that stands by itself.
  private mutating func word(_ word: String) -> String {
    if publicWords.contains(word) { return word }
    if let standIn = standIns[word] { return standIn }
    if word.isAccountID { return standIn(for: word, "account") }
    if word.hasPrefix("arn:") { return arn(word) }
    if let block = AddressBlock(word) { return standIn(for: word, block.isSingle ? "address" : "network") }
    if word.isAccessKey { return standIn(for: word, "key") }
    if let colon = word.firstIndex(of: ":"), colon != word.startIndex {
      let kind = String(word[..<colon])
      let rest = String(word[word.index(after: colon)...])
      if kind.isSourceKind { return "\(kind):\(standIn(for: rest, "network"))" }
      if kind.isActorKind { return "\(kind):\(parts(rest, ":"))" }
    }
    if word.contains("@") { return standIn(for: word, "person") }
    if word.isFileName { return standIn(for: word, "file") }
    if let slash = word.firstIndex(of: "/"), publicWords.contains(String(word[..<slash])) {
      return word[...slash] + self.word(String(word[word.index(after: slash)...]))
    }
    return standIn(for: word, word.isDomain ? "domain" : "name")
  }

  /// The parts of a name, each by itself.
  private mutating func parts(_ name: String, _ separator: Character) -> String {
    if let standIn = standIns[name] { return standIn }
    return name.split(separator: separator, omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : word(String($0)) }.joined(separator: String(separator))
  }

  /// An ARN with its service and region as they are.
  private mutating func arn(_ arn: String) -> String {
    var parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6 else { return standIn(for: arn, "name") }
    if parts[4] != "", parts[4] != "aws" { parts[4] = word(parts[4]) }
    let separator: Character = parts[5].contains("/") ? "/" : ":"
    let resource = parts[5].split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    let kinds: Set = [
      "role", "assumed-role", "user", "trail", "key", "snapshot", "function", "saml-provider",
    ]
    parts[5] = resource.enumerated().map { index, part in
      index == 0 && resource.count > 1 && kinds.contains(part) ? part : part.isEmpty ? "" : word(part)
    }.joined(separator: String(separator))
    return parts.joined(separator: ":")
  }

  private mutating func standIn(for value: String, _ kind: String) -> String {
    if let standIn = standIns[value] { return standIn }
    counts[kind, default: 0] += 1
    let standIn = "\(kind)-\(counts[kind] ?? 0)"
    standIns[value] = standIn
    return standIn
  }
}
