extension DetectionParser {
  /// What stands below the front matter.
  struct Body {
    var prose = DetectionProse()
    var logic: (text: String, line: Int) = ("", 0)
    var examples: [DetectionExample] = []
  }

  private static let sections = [
    "Severity", "Business family", "Trigger", "Required evidence", "Allowed closure", "Analyst guidance",
    "False positives", "Known gaps", "Response", "Logic", "Examples",
  ]

  mutating func body() throws(DetectionFileError) -> Body {
    var body = Body()
    var section = ""
    var hasLogic = false
    // The paragraph above an example is its title.
    var caption: [String] = []
    var captionHasEnded = false
    while next < lines.count {
      let line = lines[next]
      let number = next + 1
      next += 1
      if line.hasPrefix("```") {
        let fence = try fencedText(opening: number)
        let words = line.dropFirst(3).split(separator: " ").map(String.init)
        switch words.first {
        case "logic" where hasLogic:
          throw error(number, "a second logic block", "keep one and join them with or")
        case "logic":
          hasLogic = true
          body.logic = (fence, number)
        case "json":
          body.examples.append(try example(fence, words.dropFirst(), caption.joined(separator: " "), number))
        default:
          throw error(number, "a block that is neither logic nor json", "write ```logic or ```json matching")
        }
        caption = []
      } else if line.hasPrefix("### Detection: ") {
        body.prose.title = line.dropFirst("### Detection: ".count).trimmed
      } else if let label = Self.sections.first(where: { line.hasPrefix($0 + ":") }) {
        section = label
        let rest = line.dropFirst(label.count + 1).trimmed
        if !rest.isEmpty { try add(rest, to: &body.prose, section: section, line: number) }
      } else if !line.allSatisfy(\.isWhitespace) {
        if section == "Examples" || section == "Logic" {
          if captionHasEnded { caption = [] }
          captionHasEnded = false
          caption.append(line.trimmed)
        } else {
          try add(String(line), to: &body.prose, section: section, line: number)
        }
      } else {
        captionHasEnded = true
      }
    }
    guard hasLogic else { throw error(lines.count, "no logic", "add a block that starts with ```logic") }
    return body
  }

  private mutating func fencedText(opening: Int) throws(DetectionFileError) -> String {
    guard let end = lines[next...].firstIndex(of: "```") else {
      throw error(opening, "a block that doesn't end", "close it with a line of ```")
    }
    let text = lines[next..<end].joined(separator: "\n")
    next = end + 1
    return text
  }

  private func add(
    _ line: String, to prose: inout DetectionProse, section: String, line number: Int
  ) throws(DetectionFileError) {
    switch section {
    case "Severity":
      prose.severity = line.trimmed
      return
    case "Business family":
      prose.businessFamily = line.trimmed
      return
    case "Analyst guidance":
      prose.guidance += (prose.guidance.isEmpty ? "" : " ") + line.trimmed
      return
    case "": throw error(number, "text before the first section", "start with ### Detection: and Severity:")
    default: break
    }
    guard line.hasPrefix("- ") else {
      guard line.hasPrefix("  ") else {
        throw error(number, "\(section) is a list", "start the line with - or indent it by two blanks")
      }
      extend(&prose, section: section, with: " " + line.trimmed)
      return
    }
    try append(line.dropFirst(2).trimmed, to: &prose, section: section, line: number)
  }

  private func append(
    _ item: String, to prose: inout DetectionProse, section: String, line number: Int
  ) throws(DetectionFileError) {
    switch section {
    case "Trigger": prose.trigger.append(item)
    case "Required evidence": prose.evidence.append(item)
    case "Allowed closure": prose.closure.append(item)
    case "Known gaps": prose.gaps.append(item)
    case "False positives":
      let (kind, text) = try labelled(item, ["tactical", "strategic"], number)
      prose.falsePositives.append(.init(kind: kind, text: text))
    default:
      let (step, text) = try labelled(item, ResponseOrderLint.steps, number)
      prose.response.append(.init(step: step, text: text))
    }
  }

  private func labelled(
    _ item: String, _ labels: [String], _ line: Int
  ) throws(DetectionFileError) -> (String, String) {
    guard let label = labels.first(where: { item.hasPrefix($0 + ":") }) else {
      throw error(
        line, "\(item) doesn't say what kind it is",
        "start it with \(labels.map { $0 + ":" }.joined(separator: ", "))")
    }
    return (label, item.dropFirst(label.count + 1).trimmed)
  }

  private func extend(_ prose: inout DetectionProse, section: String, with text: String) {
    func extend(_ items: inout [String]) { if !items.isEmpty { items[items.count - 1] += text } }
    switch section {
    case "Trigger": extend(&prose.trigger)
    case "Required evidence": extend(&prose.evidence)
    case "Allowed closure": extend(&prose.closure)
    case "Known gaps": extend(&prose.gaps)
    case "False positives":
      if !prose.falsePositives.isEmpty { prose.falsePositives[prose.falsePositives.count - 1].text += text }
    default: if !prose.response.isEmpty { prose.response[prose.response.count - 1].text += text }
    }
  }
}
