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

  static func rows(of text: String) -> [[String: String]] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: true).filter { !$0.hasPrefix("#") }[
      ...]
    guard let header = lines.popFirst()?.split(separator: "\t", omittingEmptySubsequences: false) else {
      return []
    }
    return lines.map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      return Dictionary(
        zip(header, cells).map { (String($0), String($1)) }, uniquingKeysWith: { first, _ in first })
    }
  }
}
