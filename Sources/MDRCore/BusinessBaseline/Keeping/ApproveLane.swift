import Foundation

/// `business-baseline approve`: a person's signature under exact tuples, in a file that people review.
package enum ApproveLane {
  static let dimensions: [(dimension: Dimension, option: Option<String?>)] = [
    (.account, .optional("--account", "ACCOUNT", help: "the lane's account id")),
    (.actor, .optional("--actor", "ACTOR", help: "the lane's actor, such as role:deploy")),
    (
      .event,
      .optional("--event", "EVENT", help: "the lane's event, such as iam.amazonaws.com:CreateAccessKey")
    ),
    (.source, .optional("--source", "SOURCE", help: "the lane's source, such as owned:bastion")),
    (.region, .optional("--region", "REGION", help: "the lane's region, or global")),
  ]
  static let owner = Option<String?>.optional("--owner", "WHO", help: "who answers for the lane")
  static let ticket = Option<String?>.optional("--ticket", "ID", help: "the change or case that says so")
  static let reason = Option<String?>.optional("--reason", "TEXT", help: "what the operation is for")
  static let expires = Option<Timestamp?>.time("--expires", help: "when the signature ends")
  static let finding = Option<String?>.optional(
    "--from-finding", "ID", help: "sign the tuples of a finding instead of one named here")
  static let findings = Option<String?>.optional(
    "--findings", "PATH", help: "the findings.jsonl with the finding, or its folder")
  static let approvals = Option<String?>.optional(
    "--approvals", "FILE", help: "the file to add to; the baseline's own unless given")

  /// The command, for the executable.
  package static let command = Command(
    "approve", "signs one exact lane, or a closed finding's tuples, with owner, ticket, reason and expiry",
    options: [ShowBaseline.baseline.declaration] + dimensions.map(\.option.declaration) + [
      owner.declaration, ticket.declaration, reason.declaration, expires.declaration, finding.declaration,
      findings.declaration, approvals.declaration, BaselineContext.inventoryOption.declaration,
    ], run: run)

  private static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let baseline = try arguments(ShowBaseline.baseline)
    let own = baseline.map { $0 + "/" + BaselineContext.approvalsName }
    guard let path = try arguments(approvals) ?? own else {
      throw CommandError.usage("nowhere to sign", mend: "give --baseline DIR or --approvals FILE")
    }
    guard let expires = try arguments(expires) else {
      throw CommandError.usage("--expires is missing", mend: "add --expires TIME: every signature ends")
    }
    let approval = Approval(
      owner: try arguments.required(owner), ticket: try arguments.required(ticket),
      reason: try arguments.required(reason), expires: expires)
    let keys = try tuples(arguments)
    let entries = keys.map { RecordedApproval(key: $0, approval: approval) }
    // Read back by the rules of the file, so that nothing is written that no build would take.
    let checked = try ApprovalFile.approvals(
      in: Array(entries.map { $0.json.compactText + "\n" }.joined().utf8), named: "the command line")
    var all = FileManager.default.fileExists(atPath: path) ? try ApprovalFile.load(path) : []
    let added = checked.filter { !all.contains($0) }
    all += added
    try ArtifactFolder.writeFile(path, all.map { $0.json.compactText + "\n" }.joined())
    var caveats: [String] = []
    var counts = "they count from the next business-baseline build or update on"
    if let baseline {
      let made = try refreshed(baseline, arguments, console)
      if made != nil { counts = "\(baseline) has them" }
      let loaded = try made ?? Baseline.load(baseline)
      let known = Set(loaded.lanes.map(\.key))
      for entry in added where !known.contains(entry.key) {
        caveats.append("no lane of \(baseline) has the tuple \(entry.key.words): the signature waits for one")
      }
      let moment = loaded.window.cutOff ?? loaded.window.end
      if expires <= moment {
        caveats.append(
          "the signature expires before the baseline's end, \(moment.iso8601): it does not count")
      }
    }
    return CommandOutcome(
      summary: [
        path,
        "\(added.count.of("signature")) added, \(checked.count - added.count) there before, \(all.count) in all",
        counts,
      ],
      json: [
        "approvals": .string(path), "added": .array(added.map(\.json)), "entries": .number(all.count),
      ], caveats: caveats)
  }

  /// The baseline made anew with what was signed, where its own file was and it keeps what that takes.
  private static func refreshed(
    _ path: String, _ arguments: Arguments, _ console: Console
  ) throws -> Baseline? {
    guard try arguments(approvals) == nil, let state = try BaselineState.load(path) else { return nil }
    let context = try BaselineContext(arguments, baseline: path)
    guard state.inventory == nil || context.inventoryDigest != nil else { return nil }
    return try BaselineRefresh(
      path: path, inputs: [], cutOff: Baseline.cutOff(of: path), windowDays: state.windowDays, state: state,
      context: context, jobs: 1
    ).run(console).baseline
  }

  private static func tuples(_ arguments: Arguments) throws -> [LaneKey] {
    var texts: [Dimension: String] = [:]
    for (dimension, option) in dimensions { texts[dimension] = try arguments(option) }
    if let id = try arguments(finding) {
      guard texts.isEmpty else {
        throw CommandError.usage(
          "a finding has its own tuples", mend: "give --from-finding or a tuple's five parts, not both")
      }
      return try FindingTuples.of(id, in: arguments.required(findings))
    }
    for (dimension, option) in dimensions where texts[dimension] == nil {
      throw CommandError.usage(
        "\(option.name) is missing", mend: "a signature is under one exact tuple: give all five parts")
    }
    return [
      LaneKey(
        account: texts[.account] ?? "", actor: texts[.actor] ?? "", event: texts[.event] ?? "",
        source: texts[.source] ?? "", region: texts[.region] ?? "")
    ]
  }
}
