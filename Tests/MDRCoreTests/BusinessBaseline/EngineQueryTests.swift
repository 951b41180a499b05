import Foundation
import Testing

@testable import MDRCore

@Suite struct EngineQueryTests {
  @Test(arguments: SQLEngine.allCases)
  func `a statement groups by every column and names the table and the cut-off`(engine: SQLEngine) throws {
    let table = engine == .athena ? "logs.\"it's here\"" : "it's here"
    let text = try EngineQuery(engine, table: table, cutOff: Timestamp(parsing: "2026-04-01")).text
    for column in GroupColumn.all { #expect(text.contains(" AS \(column.name)"), "\(column.name)") }
    for measure in ["n", "first_time", "last_time", "hours", "sessions"] {
      #expect(text.contains(" AS \(measure)"), "\(measure)")
    }
    #expect(text.contains("event_time < '2026-04-01T00:00:00Z'"))
    #expect(text.contains("delivery = 1"))
    #expect(text.contains("iam.amazonaws.com:createaccesskey"))
    if engine == .athena {
      #expect(text.contains("FROM logs.\"it's here\""))
    } else {
      #expect(!text.contains("'it's here'"), "a quote in a name stays within its literal")
    }
  }

  @Test(arguments: [
    ("cloudtrail_logs", "cloudtrail_logs"), ("logs.trail", "logs.trail"),
    ("AwsDataCatalog.logs.t2", "AwsDataCatalog.logs.t2"),
    ("logs.2026-trail", "logs.\"2026-trail\""), (#""order"."a b;--""#, #""order"."a b;--""#),
    ("_t", "\"_t\""),
  ])
  func `Athena's table is a name, quoted where it has to be`(name: String, written: String) throws {
    #expect(try SQLEngine.athena.table(named: name) == written)
  }

  @Test(arguments: [
    "", "a b", "logs; DROP TABLE x", "(SELECT * FROM x)", "a..b", ".a", "a.", "a.b.c.d", "\"a", "a\"b",
    "\"a\"b\"",
    "\"\"", "a--b\nc", "t\u{7}", "é", "a/*b*/", "\"a\nb\"",
  ])
  func `what is no table's name is refused, with the mend`(name: String) {
    #expect {
      try SQLEngine.athena.table(named: name)
    } throws: { error in
      let error = error as? CommandError
      return error?.code == .usage && error?.mend.contains("database.table") == true
    }
    #expect(throws: CommandError.self) { try SQLEngine.duckdb.table(named: "a\nb") }
  }

  @Test func `secrets are masked, and what overrides and lanes read is not`() throws {
    let text = try EngineQuery(.duckdb, table: nil, cutOff: nil).text
    let mask = try #require(text.split(separator: "\n").first { $0.contains("sessionToken") })
    let masked = try #require(
      mask.components(separatedBy: #"("(?:"#).dropFirst().first?
        .components(separatedBy: ")").first
    ).split(separator: "|").map(String.init)
    #expect(Set(masked).isSuperset(of: ["sessionToken", "secretAccessKey", "requestId"]))
    let logic = Content.names(below: OverrideTable.folder).map { Content.text($0) }.joined()
    for member in masked { #expect(!logic.contains(".\(member) "), "an override reads \(member)") }
    #expect(Set(masked).isDisjoint(with: ["policyDocument", "userName", "bucketName", "cidrIp"]))
  }

  private static let cells = [
    "event_source": "iam.amazonaws.com", "event_name": "CreateAccessKey", "aws_region": "us-east-1",
    "event_type": "AwsApiCall", "read_only": "false", "recipient_account": "111111111111",
    "source_ip": "198.51.100.7", "user_agent": "aws-cli/2", "ui_type": "AssumedRole",
    "ui_arn": "arn:aws:sts::111111111111:assumed-role/bastion/i-0abc", "ui_account": "111111111111",
    "issuer_arn": "arn:aws:iam::111111111111:role/bastion", "issuer_type": "Role",
    "request": #"{"userName":"pipeline"}"#, "resources": "arn:aws:iam::111111111111:user/pipeline",
    "n": "3", "first_time": "2026-01-01T05:10:00Z", "last_time": "2026-01-02T06:00:00Z",
    "hours": "2026-01-02T06 2026-01-01T05", "sessions": "2026-01-01T05:00:00Z@2026-01-01 @2026-01-02",
  ]

  @Test func `a group is a record with its times`() throws {
    let group = try EngineGroup(Self.cells)
    #expect(group.count == 3)
    #expect(group.hours.map(\.day) == [20_455, 20_454])
    #expect(group.sessions.map(\.start) == ["2026-01-01T05:00:00Z", nil])
    let normalizer = Normalizer(rules: try NormalizationRules(), keepsDetails: false)
    let observation = group.withRecord { tape in
      normalizer.observation(tape, 0, file: "", index: 0, sha256: "")
    }
    #expect(observation.actor == "role:bastion")
    #expect(observation.event == "iam.amazonaws.com:CreateAccessKey")
    #expect(observation.targets["user"] == ["pipeline"])
    #expect(observation.resources.contains("arn:aws:iam::111111111111:user/pipeline"))
    #expect(observation.overrides.map(\.overrideClass) == [.identity])
  }

  @Test func `cut members read like the document they were cut from`() throws {
    var cells = Self.cells
    cells["request"] = #""userName":"pipeline","userName":"second""#
    let normalizer = Normalizer(rules: try NormalizationRules(), keepsDetails: false)
    let observation = try EngineGroup(cells).withRecord { tape in
      normalizer.observation(tape, 0, file: "", index: 0, sha256: "")
    }
    #expect(observation.targets["user"] == ["pipeline", "second"])
  }

  @Test(arguments: [
    ("n", "none"), ("n", "-1"), ("first_time", "soon"), ("hours", "noon"), ("hours", ""), ("sessions", "x"),
    ("sessions", "x@noday"), ("request", #""userName":"#), ("request", #"{"a""#),
  ])
  func `damage is named`(column: String, value: String) {
    var cells = Self.cells
    cells[column] = value
    #expect(throws: EngineGroup.Damage.self) { try EngineGroup(cells) }
  }

  @Test func `the three forms of a result read alike`() throws {
    let path = NSTemporaryDirectory() + "engine-result-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var cells = Self.cells
    cells["user_agent"] = "a, \"quoted\"\tagent\nof \\ two lines"
    let columns = cells.keys.sorted()
    func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
    func tabbed(_ text: String) -> String {
      text.replacing("\\", with: "\\\\").replacing("\t", with: "\\t").replacing("\n", with: "\\n")
    }
    let values = columns.map { cells[$0] ?? "" }
    let forms = [
      "groups.jsonl": JSONValue.object(cells.mapValues { .string($0) }).compactText + "\n",
      "groups.csv": columns.joined(separator: ",") + "\r\n" + values.map(quoted).joined(separator: ",")
        + "\r\n",
      "groups.tsv": columns.joined(separator: "\t") + "\n" + values.map(tabbed).joined(separator: "\t"),
    ]
    for (name, text) in forms {
      try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
      var rows: [[String: String]] = []
      try EngineResultReader(path: path + "/" + name).forEachRow { row, _ in rows.append(row) }
      #expect(rows == [cells], "\(name)")
    }
    var count = 0
    try EngineResultReader(path: path).forEachRow { _, _ in count += 1 }
    #expect(count == 3, "a folder of parts")
  }

  @Test func `a result that was cut is refused, in the midst of a row or of its last cell`() throws {
    let path = NSTemporaryDirectory() + "engine-result-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let whole = "n,event_name,request\n1,CreateRole,\"{\"\"roleName\"\":\"\"app\"\"}\"\n"
    for (cut, problem) in [
      (0, nil), (1, nil), (2, " ends within a quoted cell"), (13, " ends within a quoted cell"),
      (27, ", row 2, has 2 cells for 3 columns"), (37, ", row 2, has 1 cell for 3 columns"),
    ] as [(Int, String?)] {
      let file = path + "/groups.csv"
      try String(whole.dropLast(cut)).write(toFile: file, atomically: true, encoding: .utf8)
      var found: String?
      do { try EngineResultReader(path: file).forEachRow { _, _ in } } catch let error as CommandError {
        #expect(error.code == .noUsableInput)
        found = error.problem
      }
      #expect(found == problem.map { "groups.csv" + $0 }, "\(cut)")
    }
  }
}
