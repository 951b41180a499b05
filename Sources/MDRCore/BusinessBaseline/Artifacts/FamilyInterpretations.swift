/// The reviewed sentences for what a family's share says.
struct FamilyInterpretations: Sendable {
  private let rows: [(family: String, share: Int, sentence: String)]

  init() {
    rows = Content.table("business-baseline/references/family-interpretations.tsv").compactMap { row in
      guard let family = row["family"], let share = row["share_from"].flatMap({ Int($0) }),
        let sentence = row["interpretation"]
      else { return nil }
      return (family, share * 10, sentence)
    }
  }

  func sentence(for family: BusinessFamily, share: Share) -> String {
    rows.first { $0.family == family.rawValue && share.perMille >= $0.share }?.sentence ?? ""
  }
}
