/// A Markdown document made of typed blocks, so that no text can start a block of its own.
package struct Document: Sendable, Equatable {
  package var blocks: [Block]

  package init(_ blocks: [Block] = []) { self.blocks = blocks }

  /// The Markdown text: blocks separated by an empty line, one line break at the end.
  package var rendered: String { String(decoding: bytes(), as: UTF8.self) }

  /// Blocks that a thread renders at once.
  private static let stretch = 64

  /// The same in UTF-8, rendered on `jobs` threads.
  func bytes(jobs: Int = 1) -> [UInt8] {
    let count = blocks.count
    let blocks = blocks
    let parts = ConcurrentMap(jobs: jobs).map((count + Self.stretch - 1) / Self.stretch) { number in
      Self.bytes(of: blocks[number * Self.stretch..<min(count, (number + 1) * Self.stretch)])
    }
    var output: [UInt8] = []
    for part in parts where !part.isEmpty {
      if !output.isEmpty { output += [0x0A, 0x0A] }
      output += part
    }
    output.append(0x0A)
    return output
  }

  /// Blocks separated by an empty line; those without text are left out.
  private static func bytes(of blocks: ArraySlice<Block>) -> [UInt8] {
    var output: [UInt8] = []
    for block in blocks {
      let start = output.count
      if start > 0 { output += [0x0A, 0x0A] }
      let begin = output.count
      block.append(to: &output)
      if output.count == begin { output.removeLast(begin - start) }
    }
    return output
  }

  /// Adds a block at the end.
  package mutating func append(_ block: Block) { blocks.append(block) }

  package static func += (document: inout Document, blocks: [Block]) { document.blocks += blocks }
}

/// One block of a document.
package enum Block: Sendable, Equatable {
  case heading(Int, Inline)
  case paragraph(Inline)
  case list(items: [ListItem])
  case orderedList([Inline])
  case table(Table)
  /// Lines shown as they are, in a fence that they can't close; `language` names the highlighting.
  case code(String, language: CodeLanguage)
  case quote([Block])

  /// A bullet for each text.
  package static func list(_ texts: [Inline]) -> Block { .list(items: texts.map { ListItem($0) }) }

  /// A table with a row for each field, the form the posts give an observation in.
  package static func fields(_ rows: [(name: Inline, value: Inline)]) -> Block {
    .table(Table([Column("Field"), Column("Value")], rows: rows.map { [$0.name, $0.value] }))
  }
}

/// The languages that code blocks are written in.
package enum CodeLanguage: String, Sendable {
  case plain = ""
  case shell = "sh"
  case json
}

/// One bullet, with further ones below it.
package struct ListItem: Sendable, Equatable {
  package var text: Inline
  package var children: [Inline]

  package init(_ text: Inline, children: [Inline] = []) {
    self.text = text
    self.children = children
  }
}

/// A column of a table.
package struct Column: Sendable, Equatable {
  /// Which side the cells keep to; numbers stand right.
  package enum Alignment: Sendable { case leading, trailing }

  package var title: Inline
  package var alignment: Alignment

  package init(_ title: Inline, _ alignment: Alignment = .leading) {
    self.title = title
    self.alignment = alignment
  }
}

/// A table whose rows all have as many cells as its header.
package struct Table: Sendable, Equatable {
  package var header: [Column]
  package var rows: [[Inline]]

  package init(_ header: [Column], rows: [[Inline]]) {
    self.header = header
    self.rows = rows.map { row in
      guard row.count != header.count else { return row }
      return Array((row + Array(repeating: "", count: max(0, header.count - row.count))).prefix(header.count))
    }
  }
}
