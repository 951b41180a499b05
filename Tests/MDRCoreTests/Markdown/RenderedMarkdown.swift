/// What a reader of rendered Markdown sees as structure, found line by line as CommonMark and GitHub tables do.
struct RenderedMarkdown {
  var headings: [String] = []
  var bullets = 0
  var rows: [[String]] = []
  var fences = 0
  var paragraphs = 0
  /// Lines that are none of these: HTML, underlines, quotes.
  var others: [String] = []

  init(_ text: String) {
    var fence: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init) {
      if let open = fence {
        if line == open {
          fence = nil
        }
        continue
      }
      if line.hasPrefix("```") {
        fences += 1
        fence = String(line.prefix { $0 == "`" })
      } else if line.hasPrefix("#") {
        headings.append(line)
      } else if line.drop(while: { $0 == " " }).hasPrefix("- ") {
        bullets += 1
      } else if line.hasPrefix("| ") {
        rows.append(Self.cells(of: line))
      } else if let first = line.unicodeScalars.first, "<>=~+*-:".unicodeScalars.contains(first) {
        others.append(line)
      } else {
        paragraphs += 1
      }
    }
    if let fence { others.append("unclosed \(fence)") }
  }

  /// Splits at pipes that no escape covers, the way that disagrees most: a backslash pairs with what follows.
  static func cells(of line: String) -> [String] {
    var cells: [String] = []
    var cell = ""
    var escaped = false
    for scalar in line.unicodeScalars {
      if escaped {
        cell.unicodeScalars.append(scalar)
        escaped = false
      } else if scalar == "|" {
        cells.append(cell)
        cell = ""
      } else {
        escaped = scalar == "\\"
        cell.unicodeScalars.append(scalar)
      }
    }
    cells.append(cell)
    return cells.dropFirst().dropLast().map { $0.trimmed }
  }

  /// The text outside code spans: a run of backticks opens one that ends at the next run of the same length.
  static func outsideCode(_ line: String) -> String {
    let scalars = Array(line.unicodeScalars)
    var output = ""
    var index = 0
    while index < scalars.count {
      if scalars[index] == "\\", index + 1 < scalars.count {
        output.unicodeScalars.append(contentsOf: scalars[index...index + 1])
        index += 2
        continue
      }
      guard scalars[index] == "`" else {
        output.unicodeScalars.append(scalars[index])
        index += 1
        continue
      }
      let width = scalars[index...].prefix { $0 == "`" }.count
      var end = index + width
      while end < scalars.count {
        let run = scalars[end...].prefix { $0 == "`" }.count
        if run == width { break }
        end += max(run, 1)
      }
      output += "<code>"
      index = end + width
    }
    return output
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
