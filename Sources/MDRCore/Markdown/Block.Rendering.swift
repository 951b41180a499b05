extension Block {
  /// The block's Markdown, line by line.
  var lines: [String] {
    switch self {
    case .heading(let level, let text):
      [String(repeating: "#", count: min(max(level, 1), 6)) + " " + text.rendered(in: .line)]
    case .paragraph(let text):
      [text.rendered(in: .line)]
    case .list(let items):
      items.flatMap { item in
        ["- " + item.text.rendered(in: .line)] + item.children.map { "  - " + $0.rendered(in: .line) }
      }
    case .orderedList(let texts):
      texts.enumerated().map { "\($0 + 1). " + $1.rendered(in: .line) }
    case .table(let table):
      table.lines
    case .code(let text, let language):
      Self.fenced(text, language: language)
    case .quote(let blocks):
      Document(blocks).rendered.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? ">" : "> " + $0 }
    }
  }

  private static func fenced(_ text: String, language: CodeLanguage) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { VisibleText(String($0), limit: 8_192).string }
    let fence = String(repeating: "`", count: max(3, (lines.map { $0.longestRun(of: "`") }.max() ?? 0) + 1))
    return [fence + language.rawValue] + lines + [fence]
  }
}

extension Table {
  fileprivate var lines: [String] {
    [row(header.map(\.title)), "| " + header.map(\.alignment.rule).joined(separator: " | ") + " |"]
      + rows.map(row)
  }

  private func row(_ cells: [Inline]) -> String {
    "| " + cells.map { $0.rendered(in: .cell) }.joined(separator: " | ") + " |"
  }
}

extension Column.Alignment {
  fileprivate var rule: String {
    switch self {
    case .leading: "---"
    case .trailing: "---:"
    }
  }
}
