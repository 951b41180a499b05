/// Templates learned from a lane's own names, where it has more of them than it lists.
///
/// Reviewed rules know ids and numbers. What varies here besides, such as the customer in `tenant-acme-bucket`, only
/// the names side by side show: parts that differ from name to name, in names that are otherwise built alike. Names
/// that stand alone or out, and those kept whole, stay as they are; a name stands out where it makes up as much as one
/// of as many equal parts as are listed.
///
/// One learner serves many lanes, and keeps its room from each to the next. Texts are compared by keyed digests of
/// their bytes.
struct TemplateLearner {
  /// Names that are built alike, at least, before anything is learned from them.
  static let leastNames = 8

  private static let placeholder = Array("{name}".utf8)

  let patterns: ResourcePattern
  private let hash = KeyedHash()
  private var choice = LearnedChoice()
  private var parted: [PartedName] = []
  /// Where the parts of each name end, in the name.
  private var ends: [Int] = []
  private var separators: [UInt8] = []
  /// Of names built alike, the digests of each one's parts; then of one part, those of all names.
  private var parts: [UInt64] = []
  private var values: [UInt64] = []
  private var varying: [Bool] = []
  private var members: [Member] = []

  /// A name in parts.
  private struct PartedName: BitwiseCopyable {
    /// Which separators it has, in order.
    var shape: KeyedDigest
    var number: NameNumber
    var count: Int
    /// Where its ends begin among those of all.
    var firstEnd: Int
  }

  /// One of the names built alike, by the template that it gives.
  private struct Member: BitwiseCopyable {
    var template: KeyedDigest
    /// Its position among the names in parts.
    var position: Int
  }

  init(patterns: ResourcePattern) { self.patterns = patterns }

  /// Adds the most frequent of names and learned templates, ties by name.
  ///
  /// Names behind a learned template count as not listed: nobody can tell from it which of them was there.
  mutating func add(
    _ known: [CountList.Entry], limit: Int, names: NamesView, to builder: inout LaneChunk.Builder
  ) -> (listed: Int, omitted: LaneRarities.Omitted) {
    let view = names.bytes
    let total = known.reduce(0) { $0 + $1.count }
    clear()
    for entry in known {
      let name = view[entry.value]
      if entry.count * limit >= total || patterns.keepsWhole(name) {
        choice.add(name: entry.value, entry.count, text: name)
      } else {
        part(name, of: entry)
      }
    }
    parted.sort {
      $0.shape.low != $1.shape.low ? $0.shape.low < $1.shape.low : $0.shape.high < $1.shape.high
    }
    var start = 0
    while start < parted.count {
      var end = start + 1
      while end < parted.count, parted[end].shape == parted[start].shape { end += 1 }
      learn(from: start..<end, view)
      start = end
    }
    return choice.add(limit: limit, of: known.count, names: names, hash, to: &builder)
  }

  private mutating func clear() {
    choice.removeAll()
    parted.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private static func isSeparator(_ byte: UInt8) -> Bool {
    // - . / : _
    byte &- 0x2D <= 2 || byte == 0x3A || byte == 0x5F
  }

  private mutating func part(_ name: UnsafeBufferPointer<UInt8>, of entry: CountList.Entry) {
    let firstEnd = ends.count
    separators.removeAll(keepingCapacity: true)
    for place in name.indices where Self.isSeparator(name[place]) {
      separators.append(name[place])
      ends.append(place)
    }
    ends.append(name.count)
    parted.append(
      PartedName(
        shape: separators.withUnsafeBufferPointer { hash.digest($0) }, number: entry.value,
        count: entry.count, firstEnd: firstEnd))
  }

  /// Calls `body` with each part of a name.
  @inline(__always)
  private func forEachPart(
    of name: UnsafeBufferPointer<UInt8>, _ parted: PartedName, width: Int,
    _ body: (Int, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var start = 0
    for part in 0..<width {
      let end = ends[parted.firstEnd + part]
      body(part, UnsafeBufferPointer(rebasing: name[start..<end]))
      start = end + 1
    }
  }

  /// Takes in names built alike: their templates where a part varies, else themselves.
  private mutating func learn(from group: Range<Int>, _ view: NameBytes.View) {
    guard group.count >= Self.leastNames, findVaryingParts(of: group, view) else {
      for name in parted[group] { choice.add(name: name.number, name.count, text: view[name.number]) }
      return
    }
    members.removeAll(keepingCapacity: true)
    let width = varying.count
    for (index, position) in group.enumerated() {
      var template = KeyedDigest.none
      for part in 0..<width where !varying[part] {
        template = hash.digest(parts[index * width + part], 0, after: template)
      }
      members.append(Member(template: template, position: position))
    }
    members.sort {
      $0.template.low != $1.template.low
        ? $0.template.low < $1.template.low : $0.template.high < $1.template.high
    }
    var start = 0
    while start < members.count {
      var end = start
      var count = 0
      var reading = 0
      while end < members.count, members[end].template == members[start].template {
        let name = parted[members[end].position]
        count += name.count
        if readsLikeTemplate(name, view) { reading += 1 }
        end += 1
      }
      add(parted[members[start].position], count, names: reading, view)
      start = end
    }
  }

  /// Which parts take many values in names built alike: as many as half of the names, and never fewer than asked for.
  private mutating func findVaryingParts(of group: Range<Int>, _ view: NameBytes.View) -> Bool {
    // All have the same separators, and those of the last name end at its end.
    let first = parted[group.lowerBound]
    var width = 1
    while ends[first.firstEnd + width - 1] < view[first.number].count { width += 1 }
    var digests: [UInt64] = []
    swap(&digests, &parts)
    digests.removeAll(keepingCapacity: true)
    for position in group {
      let name = parted[position]
      forEachPart(of: view[name.number], name, width: width) { digests.append(hash.digest($1).low) }
    }
    swap(&digests, &parts)
    varying.removeAll(keepingCapacity: true)
    for part in 0..<width {
      values.removeAll(keepingCapacity: true)
      for index in 0..<group.count { values.append(parts[index * width + part]) }
      values.sortShort { $0 < $1 }
      var distinct = 1
      for index in values.indices.dropFirst() where values[index] != values[index - 1] { distinct += 1 }
      varying.append(distinct >= Self.leastNames && distinct * 2 >= group.count)
    }
    return varying.contains(true)
  }

  /// Whether a log holds the template as a name.
  private func readsLikeTemplate(_ name: PartedName, _ view: NameBytes.View) -> Bool {
    var does = true
    forEachPart(of: view[name.number], name, width: varying.count) { part, text in
      if varying[part], !text.elementsEqual(Self.placeholder) { does = false }
    }
    return does
  }

  private mutating func add(_ name: PartedName, _ count: Int, names: Int, _ view: NameBytes.View) {
    choice.beginTemplate()
    let bytes = view[name.number]
    var start = 0
    for part in varying.indices {
      let end = ends[name.firstEnd + part]
      if varying[part] {
        choice.append(Self.placeholder)
      } else {
        choice.append(UnsafeBufferPointer(rebasing: bytes[start..<end]))
      }
      if end < bytes.count { choice.append(CollectionOfOne(bytes[end])) }
      start = end + 1
    }
    choice.endTemplate(count, names: names)
  }
}
