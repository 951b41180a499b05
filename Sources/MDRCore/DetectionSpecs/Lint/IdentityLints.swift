/// Two files with the same id: whatever refers to it could mean either.
struct DuplicateIDLint: DetectionLint {
  static let name = "duplicate-id"
  static let recommendation = "give each detection an id of its own; findings refer to it"

  func weaknesses(of detection: Detection, among all: [Detection]) -> [String] {
    all.filter { $0.id == detection.id && $0.file != detection.file }.map { "\($0.file) has the id too" }
  }
}

/// A file that is not named after its detection.
struct FileNameLint: DetectionLint {
  static let name = "file-name"
  static let recommendation =
    "name the file after the id, in the folder of its family, so that it can be found"

  func weaknesses(of detection: Detection, among all: [Detection]) -> [String] {
    let name = detection.file.split(separator: "/").last.map(String.init) ?? ""
    return name == detection.id + ".md" ? [] : ["\(name) holds \(detection.id)"]
  }
}

/// An ATT&CK technique that v19 revoked, or a v18 id that is not its predecessor.
struct RevokedTechniqueLint: DetectionLint {
  static let name = "revoked-technique"
  static let recommendation = "use the v19 id, and keep the v18 id beside it"

  private let successors = Dictionary(
    Content.table("detection-specs/references/attack-v18-to-v19.tsv").map {
      ($0["v18"] ?? "", $0["v19"] ?? "")
    },
    uniquingKeysWith: { first, _ in first })

  func weaknesses(of detection: Detection, among all: [Detection]) -> [String] {
    detection.attack.compactMap { reference in
      if let successor = successors[reference.id] {
        return "\(reference.id) was revoked in favour of \(successor)"
      }
      let expected = successors[reference.v18] ?? reference.v18
      guard expected != reference.id, successors.values.contains(reference.id) else { return nil }
      return "\(reference.v18) is no predecessor of \(reference.id)"
    }
  }
}

/// Fewer than two events that match, or fewer than two near misses.
struct ExampleCountLint: DetectionLint {
  static let name = "few-examples"
  static let recommendation =
    "add events that it must match and benign twins that it must not: two of each at least"

  func weaknesses(of detection: Detection, among all: [Detection]) -> [String] {
    let matching = detection.examples.count(where: \.shouldMatch)
    let nearMisses = detection.examples.count - matching
    return matching >= 2 && nearMisses >= 2 ? [] : ["\(matching) matching, \(nearMisses) near-miss"]
  }
}
