/// What one thread makes of observations.
struct ObservationJudge<Element: Sendable> {
  typealias Entry = ObservationReader.Batch<Element>.Entry

  /// Makes something of an observation, given the line that it was read from, if it was.
  let judge: (Observation, ObservationLine?) -> Element
  /// What is made of a line whose like was judged before; `nil` where it has to become an observation.
  let recall: (ObservationLine) -> Entry?

  init(
    judge: @escaping (Observation, ObservationLine?) -> Element, recall: @escaping (ObservationLine) -> Entry?
  ) {
    self.judge = judge
    self.recall = recall
  }

  /// A judge that remembers nothing of lines.
  init(_ judge: @escaping (Observation) -> Element) {
    self.init(judge: { observation, _ in judge(observation) }, recall: { _ in nil })
  }
}
