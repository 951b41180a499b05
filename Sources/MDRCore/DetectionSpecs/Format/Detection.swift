/// One reviewed detection: what it looks for, why it matters, what closes it, and examples that prove it.
package struct Detection: Equatable, Sendable {
  package var id: String
  package var title: String
  package var severity: Severity
  /// How bad it is where deployment automation did it, which does such things from reviewed code; `nil` for no difference.
  package var severityByDeployment: Severity?
  package var status: String
  /// A role, such as `detection-engineering`.
  package var owner: String
  package var businessFamily: BusinessFamily
  package var businessRisk: BusinessRisk
  package var overrideClass: OverrideClass?
  package var attack: [AttackReference]
  package var logSource: String
  package var references: [String]
  /// Whether a question to the baseline that can't be answered counts as a match.
  package var matchesWithoutBaseline: Bool
  package var prose: DetectionProse
  /// What one event has to be: to match, or to count where several are taken together.
  package var logic: Expression
  /// What several events have to be together; `nil` where each event matches by itself.
  package var correlation: Correlation?
  /// The logic as written.
  package var logicText: String
  package var examples: [DetectionExample]
  /// The file, from the detections folder on; its first part is the family.
  package var file: String
  /// The whole file.
  package var text: String

  /// The detection family: the folder that the file lies in.
  package var family: String { file.split(separator: "/").dropLast().last.map(String.init) ?? "" }
}

/// A technique of ATT&CK as a detection names it, with the id it had in v18.
package struct AttackReference: Equatable, Sendable {
  package var id: String
  package var name: String
  package var tactic: String
  package var v18: String

  /// The technique, with a confidence.
  package func technique(confidence: String) -> AttackTechnique {
    AttackTechnique(id: id, name: name, tactic: tactic, confidence: confidence)
  }
}

/// The sections that people read, as the post lays them out.
package struct DetectionProse: Equatable, Sendable {
  /// Why a match may be harmless: a passing circumstance, or a way of working that stays.
  package struct FalsePositive: Equatable, Sendable {
    package var kind: String
    package var text: String
  }

  /// A step that is recommended to people and never done by the tools.
  package struct ResponseStep: Equatable, Sendable {
    package var step: String
    package var text: String
  }

  package var title = ""
  package var severity = ""
  package var businessFamily = ""
  package var trigger: [String] = []
  package var evidence: [String] = []
  package var closure: [String] = []
  package var guidance = ""
  package var falsePositives: [FalsePositive] = []
  package var gaps: [String] = []
  package var response: [ResponseStep] = []
}

/// CloudTrail records with what the detection has to say to them.
package struct DetectionExample: Equatable, Sendable {
  package var title: String
  package var shouldMatch: Bool
  /// The record, or the first of several.
  package var record: String
  /// Every record, as JSON text.
  package var records: [String]
  package var baseline: BaselineFacts?
  package var lists: EvaluationLists
  /// The line its fence opens in.
  package var line: Int
}

/// A mistake in a detection file: where it is, what is wrong, and how to mend it.
package struct DetectionFileError: Error, Equatable, CustomStringConvertible, Sendable {
  package var file: String
  package var line: Int
  package var reason: String
  package var mend: String

  package var description: String { "\(file):\(line): \(reason): \(mend)" }
}
