import Foundation

/// The reviewed table that says what an actor is to the business, by the words of its name.
package struct ArchetypeRules: Sendable {
  /// The actors of a kind whose names fit one of the patterns.
  struct Row: Sendable {
    var kind: String
    var patterns: [(words: [String], isWhole: Bool)]
    var archetype: Archetype
    var reason: String

    /// The patterns as one expression on a name's words, each between blanks.
    var wordsPattern: RawRegex {
      let alternatives = patterns.map { pattern in
        let words = " " + pattern.words.joined(separator: " ") + " "
        return pattern.isWhole ? "^" + words + "$" : words
      }
      return RawRegex("(" + alternatives.joined(separator: "|") + ")")
    }
  }

  let rows: [Row]
  /// By a pattern's first word, where it stands, in the table's order.
  private let places: [String: [(row: Int, pattern: Int)]]

  package init() { self.init(rows: Content.table("normalize-observations/references/archetypes.tsv")) }

  /// The reviewed table behind a customer's own, a file of the same columns.
  package init(file: String) throws(CommandError) {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw CommandError(.noSuchInput, "\(file) can't be read", mend: "check the path")
    }
    let own = Content.rows(of: String(decoding: data, as: UTF8.self))
    let kinds: Set = ["role", "sso", "slr", "user", "any"]
    for (number, row) in own.enumerated() {
      func refuse(_ what: String, mend: String) -> CommandError {
        CommandError(.usage, "\(file), row \(number + 1): \(what)", mend: mend)
      }
      guard let pattern = row["pattern"], !pattern.isEmpty, let kind = row["kind"],
        let archetype = row["archetype"]
      else {
        throw refuse(
          "kind, pattern or archetype is missing",
          mend: "part the columns by tabs, under the header kind, pattern, archetype, reason")
      }
      guard kinds.contains(kind) else {
        throw refuse("no kind \(kind)", mend: "write one of \(kinds.sorted().joined(separator: ", "))")
      }
      guard Archetype(rawValue: archetype) != nil else {
        throw refuse(
          "no archetype \(archetype)",
          mend: "write one of \(Archetype.allCases.map(\.rawValue).joined(separator: ", "))")
      }
    }
    let marked = own.map { row in
      var row = row
      row["reason"] =
        "the customer's table: \(row["reason"].flatMap { $0.isEmpty ? nil : $0 } ?? "no reason given")"
      return row
    }
    self.init(rows: marked + Content.table("normalize-observations/references/archetypes.tsv"))
  }

  init(rows: [[String: String]]) {
    let rows: [Row] = rows.compactMap { row in
      guard let archetype = row["archetype"].flatMap(Archetype.init(rawValue:)) else { return nil }
      let patterns = (row["pattern"] ?? "").split(separator: "|").map { pattern in
        (words: Self.words(String(pattern)), isWhole: pattern.hasPrefix("="))
      }
      return Row(
        kind: row["kind"] ?? "", patterns: patterns, archetype: archetype, reason: row["reason"] ?? "")
    }
    var places: [String: [(row: Int, pattern: Int)]] = [:]
    for (number, row) in rows.enumerated() {
      for (position, pattern) in row.patterns.enumerated() {
        if let first = pattern.words.first { places[first, default: []].append((number, position)) }
      }
    }
    (self.rows, self.places) = (rows, places)
  }

  /// The archetype of an actor key such as `role:teamcity-build-server`, with the reason.
  func archetype(ofActor actor: String) -> (Archetype, String)? {
    let parts = actor.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1).map(Substring.init)
    guard parts.count == 2 else { return nil }
    let words = Self.words(ofKey: String(parts[1]))
    var found: (row: Int, pattern: Int)?
    for (position, word) in words.enumerated() {
      for place in places[word] ?? [] where place < found ?? (.max, .max) {
        let row = rows[place.row]
        guard row.kind == parts[0] || row.kind == "any",
          Self.matches(row.patterns[place.pattern], words, at: position)
        else { continue }
        found = place
      }
    }
    return found.map { place in
      let row = rows[place.row]
      let words = row.patterns[place.pattern].words.joined(separator: " ")
      return (row.archetype, "\(row.reason): name has \u{201C}\(words)\u{201D}")
    }
  }

  /// Whether a name's words from a position on are the pattern's.
  private static func matches(
    _ pattern: (words: [String], isWhole: Bool), _ words: [String], at position: Int
  ) -> Bool {
    pattern.isWhole ? words == pattern.words : words[position...].starts(with: pattern.words)
  }

  /// The words of a name in an actor's key, where `0` stands for what was generated: `{account}` is no word of a name.
  static func words(ofKey name: String) -> [String] {
    guard name.utf8.contains(UInt8(ascii: "{")) else { return words(name) }
    let parts = name.split(separator: "{", omittingEmptySubsequences: false)
    let shown = parts.dropFirst().reduce(String(parts[0])) { shown, part in
      let end = part.firstIndex(of: "}").map(part.index(after:))
      return shown + (end.map { "0" + part[$0...] } ?? "{" + part)
    }
    return words(shown)
  }

  /// The lower-case words of a name: parted by punctuation, and where case changes.
  static func words(_ name: String) -> [String] {
    let bytes = Array(name.utf8)
    guard bytes.contains(where: { $0 >= 0x80 }) else { return words(ofASCII: bytes) }
    var words: [String] = []
    var current = ""
    var previous: Character?
    let characters = Array(name)
    for (index, character) in characters.enumerated() {
      guard character.isLetter || character.isNumber else {
        if !current.isEmpty { words.append(current) }
        current = ""
        previous = nil
        continue
      }
      let next = index + 1 < characters.count ? characters[index + 1] : nil
      let startsWord = character.isUppercase && previous.map { !$0.isUppercase } == true
      let endsAcronym = character.isUppercase && previous?.isUppercase == true && next?.isLowercase == true
      if startsWord || endsAcronym {
        words.append(current)
        current = ""
      }
      current += character.lowercased()
      previous = character
    }
    if !current.isEmpty { words.append(current) }
    return words
  }

  /// The same for a name without letters beyond ASCII, as most are: character by character costs many times more.
  private static func words(ofASCII bytes: [UInt8]) -> [String] {
    func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
    func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
    var small = bytes
    var words: [String] = []
    var start = 0
    func end(at place: Int) {
      if place > start { words.append(String(decoding: small[start..<place], as: UTF8.self)) }
    }
    for (index, byte) in bytes.enumerated() {
      guard isUpper(byte) || isLower(byte) || byte &- 0x30 < 10 else {
        end(at: index)
        start = index + 1
        continue
      }
      guard isUpper(byte) else { continue }
      small[index] = byte | 0x20
      guard index > start else { continue }
      let followsUpper = isUpper(bytes[index - 1])
      let precedesLower = index + 1 < bytes.count && isLower(bytes[index + 1])
      if !followsUpper || precedesLower {
        end(at: index)
        start = index
      }
    }
    end(at: bytes.count)
    return words
  }
}
