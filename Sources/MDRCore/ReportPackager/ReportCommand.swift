/// `report-packager`: one report of a case, verified claim by claim.
package enum ReportCommand {
  private static let casePath = Option<String?>.optional(
    "--case", "DIR", help: "folder of the case, with a folder for each step")
  private static let output = Option<String?>.optional("--output", "DIR", help: "where the report goes")
  private static let limit = Option<Int>.number(
    "--max-findings", in: 0...10_000, default: 50, help: "findings shown in full; the table has the others")
  private static let isAnonymous = Option<Bool>.flag(
    "--anonymise",
    help:
      "puts stand-ins for accounts, people, roles, addresses, domains and resources, so that it can be shared"
  )
  private static let customers = Option<[String]>.list(
    "--customer", "WORD", help: "with --anonymise: a word that the customer is known by")

  /// The tool.
  package static let tool = Tool(
    "report-packager", "one report of all steps of a case, verified claim by claim",
    commands: [
      Command(
        "build", "writes report.md, and report.json with the claims it makes",
        options: [
          casePath.declaration, output.declaration, limit.declaration, isAnonymous.declaration,
          customers.declaration,
        ]
      ) { arguments, _ in
        try Report.build(
          case: arguments.required(casePath), output: arguments.required(output), limit: arguments(limit),
          anonymity: try anonymity(arguments))
      },
      Command(
        "verify", "compares a report with its case; 65 names the claims that the case does not bear out",
        operands: "DIR", options: [casePath.declaration, customers.declaration]
      ) { arguments, _ in
        guard let folder = arguments.operands.first, arguments.operands.count == 1 else {
          throw CommandError.usage("verify takes one folder", mend: "write report-packager verify DIR")
        }
        return try Report.verify(folder, case: arguments(casePath), customers: arguments(customers))
      },
    ])

  private static func anonymity(_ arguments: Arguments) throws(CommandError) -> Anonymity? {
    let words = try arguments(customers)
    guard try arguments(isAnonymous) else {
      guard words.isEmpty else {
        throw .usage("--customer says nothing by itself", mend: "give --anonymise with it, or leave it out")
      }
      return nil
    }
    if let phrase = words.first(where: { $0.contains(" ") || $0.isEmpty }) {
      throw .usage(
        "--customer takes one word, not \"\(phrase)\"", mend: "give each telling word by itself")
    }
    return Anonymity(customers: words)
  }
}
