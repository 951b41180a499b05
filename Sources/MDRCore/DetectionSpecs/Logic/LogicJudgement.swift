/// The answer of a test, which may be that nobody can know.
package enum Truth: String, Sendable {
  case yes
  case no
  case unknown
}

/// Why an answer could not be given.
package struct UnknownCauses: OptionSet, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// There is no baseline.
  package static let baseline = UnknownCauses(rawValue: 1)
  /// Nobody said which accounts belong to the organisation.
  package static let organisation = UnknownCauses(rawValue: 2)
  /// A document was cut or can't be read.
  package static let document = UnknownCauses(rawValue: 4)

  /// The causes in words.
  package var notes: [String] {
    var notes: [String] = []
    if contains(.baseline) { notes.append("no baseline to compare with") }
    if contains(.organisation) { notes.append("no inventory says which accounts are the organisation's") }
    if contains(.document) { notes.append("a document of the event was cut or can't be read") }
    return notes
  }
}

/// The judged tree: for each part that was looked at, its answer and what decided it.
package struct LogicJudgement: Equatable, Sendable {
  package var expression: Expression
  package var truth: Truth
  /// Empty unless the truth is unknown.
  package var causes: UnknownCauses
  /// The values that decided, where some did; the first few of many.
  private var witnesses: [JSONValue]
  package var children: [LogicJudgement]

  init(
    _ expression: Expression, _ truth: Truth, causes: UnknownCauses = [],
    witnesses: some Collection<JSONValue> = [], children: [LogicJudgement] = []
  ) {
    self.expression = expression
    self.truth = truth
    self.causes = truth == .unknown ? causes : []
    self.witnesses = Array(witnesses.prefix(Self.witnessLimit))
    self.children = children
  }

  /// The judgement of a test's opposite, decided by the same values.
  init(opposite expression: Expression, of judged: LogicJudgement) {
    let truth: Truth = judged.truth == .unknown ? .unknown : (judged.truth == .yes ? .no : .yes)
    self.init(
      expression, truth, causes: judged.causes, witnesses: judged.witnesses, children: [judged])
  }

  private static let witnessLimit = 4

  /// The value that decided, where one did, short enough for a reason.
  package var witness: String? {
    witnesses.isEmpty ? nil : witnesses.map(Self.shown).joined(separator: ", ")
  }

  private static func shown(_ value: JSONValue) -> String {
    let text = value.scalarText ?? value.compactText
    return text.count > 200 ? text.prefix(200) + "…" : text
  }

  /// Whether the event counts as a match, given whether a missing baseline should.
  package func matches(withoutBaseline: Bool = true) -> Bool {
    switch truth {
    case .yes: true
    case .no: false
    case .unknown: withoutBaseline || !causes.contains(.baseline)
    }
  }

  /// What a severity comes to for this judgement, given what it is where deployment automation is the caller.
  ///
  /// An attempt that failed weighs at most medium, and so does what a damaged document leaves open. What nobody can say
  /// without the organisation's accounts weighs one level less: most other accounts are the customer's own.
  package func weighed(
    _ severity: Severity, byDeployment: Severity? = nil, archetype: Archetype = .unknown, outcome: Outcome
  ) -> Severity {
    var weight = archetype == .deploymentAutomation ? byDeployment ?? severity : severity
    if causes.contains(.organisation) { weight = weight.oneLess }
    return outcome != .success || causes.contains(.document) ? min(weight, .medium) : weight
  }

  /// The decisive tests in words, such as `requestParameters.userName is "ci"`.
  package var reasons: [String] {
    guard truth != .no else { return [] }
    if children.isEmpty { return [leafReason] }
    if case .not = expression { return [leafReason] }
    return children.filter { $0.truth != .no }.flatMap(\.reasons)
  }

  private var leafReason: String {
    var text = expression.description
    if let witness { text += " [\(witness)]" }
    if truth == .unknown { text += " (\(causes.notes.joined(separator: ", ")))" }
    return text
  }

  /// The tree for programs.
  package var json: JSONValue {
    var object: [String: JSONValue] = [
      "test": .string(expression.headline), "answer": .string(truth.rawValue),
    ]
    if let witness { object["value"] = .string(witness) }
    if !causes.isEmpty { object["notes"] = JSONValue(causes.notes) }
    if !children.isEmpty { object["parts"] = .array(children.map(\.json)) }
    return .object(object)
  }
}
