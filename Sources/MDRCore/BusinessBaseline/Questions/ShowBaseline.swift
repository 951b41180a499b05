/// `business-baseline show`: whether something was ever seen, where, and how often.
package enum ShowBaseline {
  /// The option `--baseline DIR` of the commands that work on a finished baseline.
  static let baseline = Option<String?>.optional(
    "--baseline", "DIR", help: "a folder written by business-baseline")
  static let lanes = Option<Int>.number(
    "--lanes", in: 1...1_000, default: 10, help: "how many lanes to list of each kind")

  /// One option for each dimension of a lane.
  static let dimensions: [(dimension: Dimension, option: Option<String?>)] = [
    (.account, .optional("--account", "ACCOUNT", help: "an account's id, or its name in the inventory")),
    (.actor, .optional("--actor", "ACTOR", help: "an actor such as role:deploy, with or without its kind")),
    (.event, .optional("--event", "EVENT", help: "an event such as iam:CreateRole, or just CreateRole")),
    (.source, .optional("--source", "SOURCE", help: "a source such as ip:198.51.100.7 or corp:office")),
    (.region, .optional("--region", "REGION", help: "a region, or global")),
  ]

  /// The command, for the executable.
  package static let command = Command(
    "show", "answers whether, from where and how often something was seen; * and ? match anything",
    options: [baseline.declaration] + dimensions.map(\.option.declaration) + [lanes.declaration]
  ) { arguments, _ in
    let baseline = try Baseline.load(arguments.required(Self.baseline))
    var texts: [Dimension: String] = [:]
    for (dimension, option) in dimensions { texts[dimension] = try arguments(option) }
    let question = try LaneQuestion(texts, of: baseline)
    let answer = question.answer(from: baseline, limit: try arguments(lanes))
    let page = question.document(answer, baseline: baseline).rendered
    return CommandOutcome(
      summary: [String(page.dropLast())], json: question.json(answer), caveats: baseline.caveats)
  }
}
