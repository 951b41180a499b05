/// Something a report says that the case has to bear out.
struct Claim: Equatable, Sendable {
  /// Such as `findings.position.abnormal_high_risk`.
  let id: String
  let value: JSONValue
  /// The artifact that it rests on.
  let source: String

  init(_ id: String, _ value: JSONValue, from source: String) {
    self.id = id
    self.value = value
    self.source = source
  }

  init(_ id: String, _ number: Int, from source: String) { self.init(id, .number(number), from: source) }
}

/// A report in the making: its blocks, and which of them makes which claim.
struct ReportDraft: Sendable {
  private struct Place {
    var claim: Claim
    var block: Int
    /// The row, where the block is a table.
    var row: Int?
  }

  /// A row of a table, with what it claims.
  struct Row: Sendable {
    let cells: [Inline]
    let claims: [Claim]
  }

  private(set) var document = Document()
  private var places: [Place] = []

  mutating func append(_ block: Block, claims: [Claim] = []) {
    places += claims.map { Place(claim: $0, block: document.blocks.count, row: nil) }
    document.append(block)
  }

  mutating func append(_ blocks: [Block]) { document += blocks }

  /// Adds a table whose rows make claims.
  mutating func append(_ header: [Column], rows: [Row]) {
    for (index, row) in rows.enumerated() {
      places += row.claims.map { Place(claim: $0, block: document.blocks.count, row: index) }
    }
    document.append(.table(Table(header, rows: rows.map(\.cells))))
  }

  /// The same with stand-ins for what names the customer, in blocks and claims.
  func anonymised(by anonymiser: inout Anonymiser) -> ReportDraft {
    var draft = self
    draft.document = anonymiser.document(document)
    draft.places = places.map { place in
      var place = place
      place.claim = Claim(
        anonymiser.claimName(place.claim.id), anonymiser.value(place.claim.value), from: place.claim.source)
      return place
    }
    return draft
  }

  /// The claims in the order of the report, each with the line that makes it, counted from 1.
  var claims: [(claim: Claim, line: Int)] {
    var starts: [Int] = []
    var line = 1
    for block in document.blocks {
      starts.append(line)
      let count = block.lineCount
      // A block without lines leaves no empty line either.
      if count > 0 { line += count + 1 }
    }
    // Above a table's first row are its header and rule.
    return places.map { ($0.claim, starts[$0.block] + ($0.row.map { $0 + 2 } ?? 0)) }
  }
}
