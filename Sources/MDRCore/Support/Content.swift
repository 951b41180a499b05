/// The reviewed content that the tools are built with: taxonomies, override classes, detections.
package enum Content {
  /// The text of a content file, named from the skills folder on, such as
  /// `normalize-observations/references/business-families.tsv`.
  ///
  /// A missing name is a mistake of the build, which `scripts/embed-content` mends.
  package static func text(_ name: String) -> String {
    guard let text = embedded[name] else {
      fatalError("\(name) is not embedded: run scripts/embed-content and build again")
    }
    return text
  }

  /// The names of all content files below a folder, sorted.
  package static func names(below folder: String) -> [String] {
    embedded.keys.filter { $0.hasPrefix(folder + "/") }.sorted()
  }

  /// The rows of a tab-separated content file, keyed by its header; `#` lines and blank lines are passed over.
  package static func table(_ name: String) -> [[String: String]] { rows(of: text(name)) }

  /// What a content file of numbers says; one that lacks a number is a mistake of the build, too.
  static func thresholds<Thresholds>(_ name: String, _ read: (JSONValue) -> Thresholds?) -> Thresholds {
    guard let values = try? JSONValue(parsing: text(name)), let thresholds = read(values) else {
      fatalError("\(name) lacks a threshold")
    }
    return thresholds
  }

  static func rows(of text: String) -> [[String: String]] {
    func cells(_ line: Substring.UTF8View) -> [String] {
      line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
        String(Substring($0))
      }
    }
    var lines = text[...].utf8.split(separator: UInt8(ascii: "\n")).map { line in
      // Editors on Windows end lines with two characters.
      line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }.filter { !$0.isEmpty && $0.first != UInt8(ascii: "#") }[...]
    guard let header = lines.popFirst().map(cells) else { return [] }
    return lines.map { line in
      Dictionary(zip(header, cells(line)), uniquingKeysWith: { first, _ in first })
    }
  }
}
