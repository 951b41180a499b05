/// The sentences that say how much of the next day a baseline should recognise.
struct MaturityWording: Sendable {
  let maturity: Maturity

  /// Such as `96.8%`, the share of the next day's lanes that should be known; a dash where no day was seen.
  var recognised: Inline {
    guard maturity.incidences > 0 else { return "–" }
    return Self.percent(1_000 - maturity.expectedUnseen)
  }

  /// The prediction, and what became of the same one on the days that were held out.
  var sentence: Inline {
    guard maturity.incidences > 0 else { return "Nothing was seen that a next day could be told from." }
    var sentence: Inline = "Of the lanes that one more day shows, \(recognised) should be known already"
    let check = maturity.check
    if check.incidences > 0 {
      sentence =
        sentence + """
          ; checked on the last \(check.days.of("day")): \(Self.percent(check.predictedShare)) were predicted to \
          be new, \(Self.percent(check.observedShare)) were (\(check.unseen) of \(check.incidences))
          """
    }
    let changed: Inline =
      maturity.hasChanged
      ? " The last week brought more that is new than the weeks before explain: something has changed here."
      : ""
    return sentence + "." + changed
  }

  private static func percent(_ perMille: Int) -> Inline {
    Inline(stringLiteral: Share(perMille: perMille).percent)
  }
}
