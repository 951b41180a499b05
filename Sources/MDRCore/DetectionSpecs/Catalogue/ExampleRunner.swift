/// Runs a detection on its own examples, through the same normalisation as logs.
struct ExampleRunner {
  /// An example that the detection answers otherwise than it says.
  struct Failure: Equatable, Sendable {
    var detection: String
    var file: String
    var line: Int
    var reason: String

    var description: String { "\(file):\(line): \(reason)" }
  }

  private let normalizer: Normalizer

  init() throws { normalizer = Normalizer(rules: try NormalizationRules()) }

  /// The failures of one detection, in the file's order.
  func failures(of detection: Detection) -> [Failure] {
    detection.examples.compactMap { example in
      failure(of: example, detection).map {
        Failure(detection: detection.id, file: detection.file, line: example.line, reason: $0)
      }
    }
  }

  private func failure(of example: DetectionExample, _ detection: Detection) -> String? {
    let observations = example.records.compactMap(observation)
    guard let first = observations.first, observations.count == example.records.count else {
      return "the example is no JSON object"
    }
    let answer =
      detection.correlation == nil
      ? reasons(of: first, example, detection) : reasons(of: observations, example, detection)
    guard (answer != nil) != example.shouldMatch else { return nil }
    return answer.map { "the near-miss matches, because \($0.joined(separator: "; "))" }
      ?? "the example doesn't match"
  }

  /// Why an event matches by itself; `nil` where it doesn't.
  private func reasons(of observation: Observation, _ example: DetectionExample, _ detection: Detection)
    -> [String]?
  {
    let judgement = LogicEvaluator(context(of: observation, example)).judge(detection.logic)
    return judgement.matches(withoutBaseline: detection.matchesWithoutBaseline) ? judgement.reasons : nil
  }

  /// Why events match together; `nil` where they don't.
  private func reasons(of observations: [Observation], _ example: DetectionExample, _ detection: Detection)
    -> [String]?
  {
    var correlator = Correlator([detection])
    for observation in observations { correlator.add(observation, context(of: observation, example)) }
    return correlator.matches().first(where: \.isComplete)?.reasons
  }

  private func context(of observation: Observation, _ example: DetectionExample) -> EvaluationContext {
    EvaluationContext(EventFacts(observation), lists: example.lists, baseline: example.baseline)
  }

  /// The record as an observation; `nil` where it is no JSON object.
  func observation(_ record: String) -> Observation? {
    let bytes = Array(record.utf8)
    let padded = bytes + [UInt8](repeating: 0, count: 8)
    return padded.withUnsafeBufferPointer { buffer in
      let tape = JSONTape()
      guard let base = buffer.baseAddress, case .value = tape.parse(base, from: 0, count: bytes.count),
        tape.kind(0) == .object
      else { return nil }
      return normalizer.observation(tape, 0, file: "", index: 0, sha256: "")
    }
  }
}
