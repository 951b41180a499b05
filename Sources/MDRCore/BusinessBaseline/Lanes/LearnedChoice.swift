/// Names and learned templates of a lane, of which the most frequent are listed.
struct LearnedChoice {
  private struct Candidate: BitwiseCopyable {
    var count: Int
    /// The name's number; `none` for a template.
    var number: NameNumber
    /// How many of the lane's names read like this.
    var names: Int
    /// Where a template's bytes lie.
    var start = 0
    var end = 0
  }

  private var candidates: [Candidate] = []
  /// The bytes of all templates.
  private var templates: [UInt8] = []
  /// Names that could read like a template.
  private var likely: [Int] = []

  mutating func removeAll() {
    candidates.removeAll(keepingCapacity: true)
    templates.removeAll(keepingCapacity: true)
    likely.removeAll(keepingCapacity: true)
  }

  /// Adds a name as it is.
  mutating func add(name number: NameNumber, _ count: Int, text: UnsafeBufferPointer<UInt8>) {
    if text.contains(UInt8(ascii: "{")) { likely.append(candidates.count) }
    candidates.append(Candidate(count: count, number: number, names: 1))
  }

  /// Begins a template, whose bytes `append` gives.
  mutating func beginTemplate() {
    candidates.append(Candidate(count: 0, number: .none, names: 0, start: templates.count))
  }

  @inline(__always)
  mutating func append(_ bytes: some Sequence<UInt8>) { templates += bytes }

  /// Ends a template with its observations, and how many of the lane's names read like it.
  mutating func endTemplate(_ count: Int, names: Int) {
    candidates[candidates.count - 1].count = count
    candidates[candidates.count - 1].names = names
    candidates[candidates.count - 1].end = templates.count
  }

  /// Adds the most frequent, ties by name, of as many names as a lane has.
  mutating func add(
    limit: Int, of known: Int, names: NamesView, _ hash: KeyedHash, to builder: inout LaneChunk.Builder
  ) -> (listed: Int, omitted: LaneRarities.Omitted) {
    if !templates.isEmpty, !likely.isEmpty { joinNamesToTemplates(names.bytes, hash) }
    return templates.withUnsafeBufferPointer { templates in
      func text(_ candidate: Candidate) -> UnsafeBufferPointer<UInt8> {
        candidate.number == .none
          ? UnsafeBufferPointer(rebasing: templates[candidate.start..<candidate.end])
          : names.bytes[candidate.number]
      }
      func precedes(_ one: Candidate, _ other: Candidate) -> Bool {
        one.number != .none && other.number != .none
          ? names.rank(one.number) < names.rank(other.number) : text(one).textPrecedes(text(other))
      }
      candidates.sort { $0.count != $1.count ? $0.count > $1.count : precedes($0, $1) }
      let omitted = candidates.dropFirst(limit).reduce(0) { $0 + $1.count }
      candidates.removeLast(max(0, candidates.count - limit))
      candidates.sort(by: precedes)
      var last: NameNumber?
      var listed: [CountList.Entry] = []
      for candidate in candidates {
        let name =
          candidate.number == .none ? Self.number(of: text(candidate), names, &builder) : candidate.number
        // Texts beyond ASCII can differ in bytes and be the same.
        if name == last {
          listed[listed.count - 1].count += candidate.count
        } else {
          listed.append((name, candidate.count))
        }
        last = name
      }
      builder.words.append(entries: listed)
      return (
        listed.count,
        .init(
          values: known - candidates.reduce(0) { $0 + $1.names },
          observations: omitted)
      )
    }
  }

  /// The number of a template; a name of another lane can read like it.
  private static func number(
    of text: UnsafeBufferPointer<UInt8>, _ names: NamesView, _ builder: inout LaneChunk.Builder
  ) -> NameNumber {
    let text = String(decoding: text, as: UTF8.self)
    return names.number(of: text) ?? builder.number(ofOwn: text)
  }

  /// A log can hold a name that reads like a template: both are one.
  private mutating func joinNamesToTemplates(_ view: NameBytes.View, _ hash: KeyedHash) {
    var positions: [KeyedDigest: Int] = [:]
    templates.withUnsafeBufferPointer { templates in
      for (position, candidate) in candidates.enumerated() where candidate.number == .none {
        let text = UnsafeBufferPointer(rebasing: templates[candidate.start..<candidate.end])
        positions[hash.digest(text)] = position
      }
    }
    for position in likely {
      guard let template = positions[hash.digest(view[candidates[position].number])] else { continue }
      candidates[template].count += candidates[position].count
      candidates[template].names += 1
      candidates[position].names = 0
    }
    candidates.removeAll { $0.names == 0 && $0.number != .none }
  }
}
