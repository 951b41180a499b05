extension Block {
  /// The lines of the block's Markdown; none where it is empty.
  var lineCount: Int {
    var output: [UInt8] = []
    append(to: &output)
    return output.isEmpty ? 0 : output.count { $0 == 0x0A } + 1
  }

  /// Appends the block's Markdown, without a line break at its end.
  func append(to output: inout [UInt8]) {
    switch self {
    case .heading(let level, let text):
      output += repeatElement(UInt8(ascii: "#"), count: min(max(level, 1), 6))
      output.append(UInt8(ascii: " "))
      text.append(to: &output, in: .line)
    case .paragraph(let text):
      text.append(to: &output, in: .line)
    case .list(let items):
      var isFirst = true
      for item in items {
        Self.append(item.text, after: isFirst ? "- " : "\n- ", to: &output)
        isFirst = false
        for child in item.children { Self.append(child, after: "\n  - ", to: &output) }
      }
    case .orderedList(let texts):
      for (index, text) in texts.enumerated() {
        Self.append(text, after: "\(index > 0 ? "\n" : "")\(index + 1). ", to: &output)
      }
    case .table(let table):
      table.append(to: &output)
    case .code(let text, let language):
      output += Self.fenced(text, language: language).joined(separator: "\n").utf8
    case .quote(let blocks):
      let lines = Document(blocks).rendered.dropLast().split(
        separator: "\n", omittingEmptySubsequences: false)
      output += lines.map { $0.isEmpty ? ">" : "> " + $0 }.joined(separator: "\n").utf8
    }
  }

  private static func append(_ text: Inline, after opening: String, to output: inout [UInt8]) {
    output += opening.utf8
    text.append(to: &output, in: .line)
  }

  private static func fenced(_ text: String, language: CodeLanguage) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { VisibleText(String($0), limit: 8_192).string }
    let fence = String(repeating: "`", count: max(3, (lines.map { $0.longestRun(of: "`") }.max() ?? 0) + 1))
    return [fence + language.rawValue] + lines + [fence]
  }
}

extension Table {
  fileprivate func append(to output: inout [UInt8]) {
    append(header.map(\.title), to: &output)
    output += "\n| ".utf8
    output += header.map(\.alignment.rule).joined(separator: " | ").utf8
    output += " |".utf8
    for row in rows {
      output.append(0x0A)
      append(row, to: &output)
    }
  }

  private func append(_ cells: [Inline], to output: inout [UInt8]) {
    output += "| ".utf8
    var isFirst = true
    for cell in cells {
      if !isFirst { output += " | ".utf8 }
      isFirst = false
      cell.append(to: &output, in: .cell)
    }
    output += " |".utf8
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
