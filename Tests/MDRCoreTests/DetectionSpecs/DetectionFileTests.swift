import Testing

@testable import MDRCore

@Suite struct DetectionFileTests {
  private static let file = """
    ---
    id: key-disabled
    title: Key disabled
    severity: high
    status: reviewed
    owner: detection-engineering
    business_family: encryption_and_kms
    business_risk: data_loss_or_outage
    attack:
      - T1489 | Service Stop | impact | v18 T1489
    log_source: cloudtrail-management
    without_baseline: match
    ---

    ### Detection: Key disabled

    Severity: High

    Trigger:
    - Event name is `DisableKey`, which goes
      over two lines.

    False positives:
    - tactical: a test.

    Response:
    - snapshot: save the policy.

    Logic:

    ```logic
    event_source = "kms.amazonaws.com"
    and event_name = "DisableKey"
    ```

    Examples:

    By a person.

    ```json matching baseline.count=2 organisation=1,2
    {"eventName": "DisableKey"}
    ```
    """

  private func fault(_ find: String, _ replacement: String) -> DetectionFileError? {
    do throws(DetectionFileError) {
      _ = try DetectionParser.parse(Self.file.replacing(find, with: replacement), file: "f.md")
      return nil
    } catch {
      return error
    }
  }

  @Test func `a severity for deployment lies below the severity, and not below medium`() throws {
    let line: (String) -> String = { "severity: high\nseverity_by_deployment: \($0)" }
    #expect(fault("severity: high", line("medium")) == nil)
    for wrong in ["critical", "high", "low", "grave"] {
      #expect(fault("severity: high", line(wrong))?.mend == "use one of medium", "\(wrong)")
    }
  }

  @Test func `a file reads as it is laid out`() throws {
    let detection = try DetectionParser.parse(Self.file, file: "kms/f.md")
    #expect(detection.family == "kms")
    #expect(
      detection.attack == [AttackReference(id: "T1489", name: "Service Stop", tactic: "impact", v18: "T1489")]
    )
    #expect(detection.prose.trigger == ["Event name is `DisableKey`, which goes over two lines."])
    let example = try #require(detection.examples.first)
    #expect(example.title == "By a person.")
    #expect(example.baseline == BaselineFacts(count: 2))
    #expect(example.lists.organisation == ["1", "2"])
  }

  @Test(arguments: [
    ("severity: high", "severity: huge", 4, "huge is no severity"),
    ("owner: detection-engineering", "owner:", 6, "owner is missing"),
    ("status: reviewed", "stats: reviewed", 5, "stats is no key of a detection"),
    ("status: reviewed", "status reviewed", 5, "status reviewed is no key and value"),
    ("title: Key disabled", "id: other", 3, "id is given twice"),
    (
      "T1489 | Service Stop", "T148 | Service Stop", 10,
      "T148 | Service Stop | impact | v18 T1489 is no ATT&CK reference"
    ),
    ("- tactical: a test.", "- a test.", 24, "a test. doesn't say what kind it is"),
    ("and event_name", "and event_nme", 33, "event_nme is no field of an observation and no path (column 5)"),
    ("```logic", "```sql", 31, "a block that is neither logic nor json"),
    ("json matching", "json maybe", 40, "an example that says nothing"),
    ("baseline.count=2", "baseline.count=x", 40, "x is no number"),
  ])
  func `a mistake names its line and its mend`(find: String, replacement: String, line: Int, reason: String)
    throws
  {
    let found = fault(find, replacement)
    let fault = try #require(found)
    #expect(fault.line == line)
    #expect(fault.reason == reason)
    #expect(!fault.mend.isEmpty)
  }

  @Test func `lints find what the file leaves out`() throws {
    let detection = try DetectionParser.parse(Self.file, file: "kms/f.md")
    let lints = Set(detection.lintFindings(among: [detection]).map(\.lint))
    #expect(lints == ["file-name", "prose-differs", "empty-section", "few-examples"])
  }

  @Test func `lints find logic that is expensive, forgeable or revoked`() throws {
    let text = Self.file.replacing("event_source = \"kms.amazonaws.com\"\nand ", with: "")
      .replacing("T1489 | Service Stop | impact | v18 T1489", with: "T1562.008 | Logs | x | v18 T1562.008")
    let broken = try DetectionParser.parse(text, file: "kms/key-disabled.md")
    let lints = broken.lintFindings(among: [broken]).map(\.lint)
    #expect(lints.contains("event-without-source"))
    #expect(lints.contains("revoked-technique"))
    let agent = text.replacing("event_name = \"DisableKey\"", with: "user_agent contains \"tool\"")
    let forged = try DetectionParser.parse(agent, file: "kms/key-disabled.md")
    #expect(forged.lintFindings(among: [forged]).map(\.lint).contains("user-agent"))
    #expect(forged.lintFindings(among: [forged]).map(\.lint).contains("unindexed-logic"))
  }

  @Test func `a list of records replaces members from one to the next, and repeats the last`() throws {
    let block = """
      ```json matching repeat=3 every=5 vary=requestParameters.key
      [{"eventID": "aaaa-0000", "eventTime": "2026-01-01T00:00:00Z", "eventName": "One", "awsRegion": "eu-west-1"},
       {"eventName": "Two", "requestParameters": {"key": "k"}}]
      ```
      """
    let text = Self.file.replacing(
      "```json matching baseline.count=2 organisation=1,2\n{\"eventName\": \"DisableKey\"}\n```", with: block)
    let example = try #require(try DetectionParser.parse(text, file: "f.md").examples.first)
    let records = try example.records.map { try JSONValue(parsing: $0) }
    #expect(records.map { $0["eventName"]?.string } == ["One", "Two", "Two", "Two"])
    #expect(records.map { $0["awsRegion"]?.string } == Array(repeating: "eu-west-1", count: 4))
    #expect(records.map { $0["requestParameters"]?["key"]?.string } == [nil, "k", "k-1", "k-2"])
    #expect(records.last?["eventTime"]?.string == "2026-01-01T00:00:10Z")
    #expect(Set(records.compactMap { $0["eventID"]?.string }).count == 4)
    #expect(
      fault("json matching baseline.count=2", "json matching repeat=none")?.reason
        == "none is no number from 1 to 10000")
  }
}
