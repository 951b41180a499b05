/// `raw-evidence-pack`: the exact bytes behind findings.
package enum EvidencePackCommand {
  private static let observations = Option<String?>.optional(
    "--observations", "PATH", help: "folder written by normalize-observations, or its observations.jsonl")
  private static let findings = Option<String?>.optional(
    "--findings", "PATH", help: "folder written by business-triage, or its findings.jsonl")
  private static let finding = Option<[String]>.list(
    "--finding", "ID", help: "pack this finding; all without it")
  private static let logs = Option<[String]>.list(
    "--logs", "PATH", help: "where the raw logs lie now, if not where they were when normalised")
  private static let limit = Option<Int>.number(
    "--max-records", in: 1...1_000_000, default: 5_000, help: "records of one finding that are packed")
  private static let output = Option<String?>.optional("--output", "DIR", help: "folder of the pack")

  /// The tool.
  package static let tool = Tool(
    "raw-evidence-pack", "the exact raw bytes behind findings, hashed, with reproduction notes",
    commands: [
      Command(
        "build", "extracts the records of findings, byte by byte as delivered",
        options: [
          observations.declaration, findings.declaration, finding.declaration, logs.declaration,
          limit.declaration,
          output.declaration,
        ]
      ) { arguments, _ in
        try EvidencePack.build(
          EvidencePack.Request(
            observations: arguments.required(observations), findings: arguments.required(findings),
            findingIDs: arguments(finding), logs: arguments(logs), limit: arguments(limit)),
          output: arguments.required(output))
      },
      Command(
        "verify", "compares a pack with its own lists; 65 names every file that is missing, altered or added",
        operands: "DIR", options: []
      ) { arguments, _ in
        guard let folder = arguments.operands.first, arguments.operands.count == 1 else {
          throw CommandError.usage("verify takes one folder", mend: "write raw-evidence-pack verify DIR")
        }
        return try EvidencePack.verify(folder)
      },
    ]
  )
}
