import Foundation

extension Report {
  static let documentName = "report.md"
  static let claimsName = "report.json"
  private static let schema = "mdr-rainer/report/1"

  /// Writes the report and the list of its claims.
  static func build(case path: String, output: String, limit: Int, anonymity: Anonymity? = nil) throws
    -> CommandOutcome
  {
    let report = Report(try CaseFolder(path), limit: limit)
    let draft = report.draft(anonymity)
    let text = draft.document.rendered
    let folder = try ArtifactSet(output, of: "report")
    try folder.write(documentName, text)
    try folder.write(
      claimsName,
      report.json(
        draft, text: text, casePath: relativePath(to: path, from: output), isAnonymous: anonymity != nil
      ).prettyText)
    try folder.commit()
    let caveats = report.caveats.map { "\($0.steps.joined(separator: ", ")): \($0.text)" }
    return CommandOutcome(
      summary: [
        "\(output)/\(documentName)",
        "\(report.findings.count.of("finding")), \(draft.claims.count.of("claim")), \(report.folder.inputs.count.of("input artifact"))",
      ],
      json: [
        "report": .string("\(output)/\(documentName)"), "findings": .number(report.findings.count),
        "claims": .number(draft.claims.count), "report_sha256": .string(SHA256Digest.hex(text)),
      ],
      caveats: caveats.count > 20
        ? caveats.prefix(20) + ["\(caveats.count - 20) more; see the report"] : caveats)
  }

  /// The report with stand-ins, where they are asked for.
  private func draft(_ anonymity: Anonymity?) -> ReportDraft {
    guard let anonymity else { return draft }
    var anonymiser = Anonymiser(folder, findings: findings, customers: anonymity.customers)
    return draft.anonymised(by: &anonymiser)
  }

  private func json(_ draft: ReportDraft, text: String, casePath: String, isAnonymous: Bool) -> JSONValue {
    [
      "schema": .string(Self.schema), "max_findings": .number(limit), "anonymised": .bool(isAnonymous),
      // The way to the case may go through folders that name the customer.
      "case": .string(isAnonymous ? "" : casePath),
      "report_sha256": .string(SHA256Digest.hex(text)),
      "inputs": .object(folder.inputs.mapValues { .string($0) }),
      "claims": .array(
        draft.claims.map { claim, line in
          [
            "id": .string(claim.id), "value": claim.value, "source": .string(claim.source),
            "line": .number(line),
          ]
        }),
    ]
  }

  /// Compares a report with its case, claim by claim and line by line.
  static func verify(_ path: String, case other: String?, customers: [String] = []) throws -> CommandOutcome {
    guard let stored = FileManager.default.contents(atPath: path + "/" + claimsName),
      let text = FileManager.default.contents(atPath: path + "/" + documentName)
    else {
      throw CommandError(
        .noSuchInput, "\(path) has no \(documentName) or no \(claimsName)",
        mend: "name a folder that build wrote")
    }
    let statement: ReportStatement
    do {
      statement = try ReportStatement(JSONValue(parsing: Array(stored)))
    } catch {
      throw CommandError(
        .noUsableInput, "\(claimsName) is damaged (\(error))", mend: "build the report again")
    }
    if statement.isAnonymous, other == nil {
      throw CommandError.usage(
        "an anonymised report doesn't say where its case is",
        mend: "name it with --case, and the words given to build with --customer")
    }
    let report = Report(try CaseFolder(other ?? path + "/" + statement.casePath), limit: statement.limit)
    let draft = report.draft(statement.isAnonymous ? Anonymity(customers: customers) : nil)
    let differences =
      statement.differences(from: report.folder.inputs) + statement.differences(from: draft.claims)
      + lineDifferences(
        String(decoding: text, as: UTF8.self), expected: draft.document.rendered, claims: draft.claims)
    let shown = 30
    return CommandOutcome(
      summary: [
        "\(path)/\(documentName): \(statement.claims.count.of("claim")), "
          + (differences.isEmpty
            ? "all borne out by the case" : "\(differences.count) differences from the case")
      ],
      json: ["report": .string("\(path)/\(documentName)"), "claims": .number(statement.claims.count)],
      caveats: differences.prefix(shown)
        + (differences.count > shown ? ["\(differences.count - shown) more differences"] : []),
      failure: differences.isEmpty ? nil : .noUsableInput)
  }

  /// Lines of the report that the case would not give, each with the claim it belongs to.
  private static func lineDifferences(
    _ text: String, expected: String, claims: [(claim: Claim, line: Int)]
  ) -> [String] {
    guard !text.utf8.elementsEqual(expected.utf8) else { return [] }
    let found = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    let wanted = expected.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    // After an added or removed line all later ones differ; the first and the last that do say enough.
    let start =
      zip(found, wanted).enumerated().first { !$1.0.elementsEqual($1.1) }?.offset
      ?? min(found.count, wanted.count)
    let tail =
      zip(found.reversed(), wanted.reversed()).enumerated().first { !$1.0.elementsEqual($1.1) }?.offset ?? 0
    let end = max(start, wanted.count - tail - 1)
    // A line without a claim of its own belongs to the claim above it.
    let above = claims.last { $0.line <= start + 1 }?.line
    let first = claims.firstIndex { $0.line == above } ?? 0
    let names = claims.dropFirst(first).prefix { $0.line <= end + 1 }.map(\.claim.id)
    let place = start == end ? "line \(start + 1)" : "lines \(start + 1) to \(end + 1)"
    let about = names.isEmpty ? "" : " (claim \(names.prefix(5).joined(separator: ", ")))"
    return ["\(place) of the report: not what the case gives\(about)"]
  }

  /// The way from one folder to another, so that a case and its report can be moved together.
  static func relativePath(to target: String, from base: String) -> String {
    let goal = URL(fileURLWithPath: target).standardizedFileURL.resolvingSymlinksInPath().pathComponents
    let start = URL(fileURLWithPath: base).standardizedFileURL.resolvingSymlinksInPath().pathComponents
    let shared = zip(goal, start).prefix { $0 == $1 }.count
    let steps = Array(repeating: "..", count: start.count - shared) + goal.dropFirst(shared)
    return steps.isEmpty ? "." : steps.joined(separator: "/")
  }
}

/// What a report.json states.
struct ReportStatement: Sendable {
  let casePath: String
  let limit: Int
  let isAnonymous: Bool
  let inputs: [String: String]
  let claims: [Claim]

  init(_ value: JSONValue) throws(JSONFields.Fault) {
    let fields = try JSONFields(value)
    casePath = try fields.text("case")
    limit = try fields.number("max_findings")
    isAnonymous = value["anonymised"]?.bool ?? false
    inputs = (value["inputs"]?.members ?? [:]).compactMapValues(\.string)
    claims = try fields.objects("claims").map { claim throws(JSONFields.Fault) in
      Claim(try claim.text("id"), claim.value["value"] ?? .null, from: try claim.text("source"))
    }
  }

  /// Input artifacts that are not those the report was made from.
  func differences(from found: [String: String]) -> [String] {
    Set(inputs.keys).union(found.keys).sorted().compactMap { name in
      switch (inputs[name], found[name]) {
      case (.some, nil): "input \(name) is missing from the case"
      case (nil, .some): "input \(name) was added to the case"
      case (let one, let other): one == other ? nil : "input \(name) was altered"
      }
    }
  }

  /// Claims that the case does not bear out, or that the report should make and doesn't.
  func differences(from computed: [(claim: Claim, line: Int)]) -> [String] {
    let stated = Dictionary(claims.map { ($0.id, $0.value) }, uniquingKeysWith: { first, _ in first })
    let borne = Dictionary(
      computed.map { ($0.claim.id, $0.claim.value) }, uniquingKeysWith: { first, _ in first })
    return Set(stated.keys).union(borne.keys).sorted().compactMap { id in
      switch (stated[id], borne[id]) {
      case (.some, nil): "claim \(id) has nothing in the case to rest on"
      case (nil, .some): "claim \(id) was removed from the report"
      case (let one, let other):
        one == other
          ? nil
          : "claim \(id): the report states \((one ?? .null).compactText), the case \((other ?? .null).compactText)"
      }
    }
  }
}
