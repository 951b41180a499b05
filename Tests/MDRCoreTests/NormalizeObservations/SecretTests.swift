import Testing

@testable import MDRCore

/// Secrets never leave the log, however they are wrapped; what only looks like one stays.
@Suite struct SecretTests {
  private static func details(_ members: String) throws -> String {
    let observed = try CanonicalisationTests.observation(members)
    var output = JSONOutput()
    observed.append(to: &output)
    _ = try JSONValue(parsing: output.text)
    return output.text
  }

  @Test(arguments: [
    #"{"password":"PLANTED"}"#, #"{"masterUserPassword":"PLANTED"}"#,
    #"{"loginProfile":{"password":"PLANTED"}}"#,
    #"{"credentials":{"accessKeyId":"A","secretAccessKey":"PLANTED","sessionToken":"PLANTED"}}"#,
    #"{"userData":"PLANTED"}"#, #"{"userData":{"value":"PLANTED"}}"#, #"{"secretString":"PLANTED"}"#,
    #"{"PASSWORD":"PLANTED"}"#, #"{"pass_word":"x","db-password":"PLANTED"}"#,
    #"{"p\u0061ssword":"PLANTED"}"#,
    #"{"list":[{"secretAccessKey":"PLANTED"}]}"#, #"{"password":{"value":"PLANTED"}}"#,
    #"{"password":["PLANTED"]}"#,
    #"{"password":12345678}"#, #"{"environment":{"variables":{"ANY":"PLANTED"}}}"#,
    #"{"environment":[{"name":"KEY","value":"PLANTED"}]}"#,
    // JSON as text, once and twice.
    #"{"body":"{\"password\":\"PLANTED\"}"}"#, #"{"body":"{\"Password\" : \"PLANTED\"}"}"#,
    #"{"body":"{\"inner\":\"{\\\"secretAccessKey\\\":\\\"PLANTED\\\"}\"}"}"#,
    #"{"body":"{\"userData\":\"PLANTED\"}"}"#, #"{"body":"{\u0022password\u0022:\u0022PLANTED\u0022}"}"#,
    // URL-encoded documents and forms.
    #"{"body":"%7B%22password%22%3A%22PLANTED%22%7D"}"#,
    #"{"body":"%7b%22secretAccessKey%22%3a%22PLANTED%22%7d"}"#,
    #"{"query":"user=a&password=PLANTED"}"#, #"{"query":"user%3Da%26password%3DPLANTED"}"#,
    #"{"url":"https://x.example/?X-Amz-Security-Token=PLANTED"}"#,
    #"{"url":"https://x.example/?X-Amz-Signature=PLANTED"}"#,
    #"{"url":"https://x.example/?access_token=PLANTED"}"#,
    #"{"url":"postgres://user:PLANTED@db.example/orders"}"#,
    // Headers.
    #"{"headers":{"Authorization":"Bearer PLANTED"}}"#, #"{"headers":{"x-amz-security-token":"PLANTED"}}"#,
    #"{"header":"Authorization: Basic PLANTED"}"#, #"{"header":"authorization: bearer PLANTED"}"#,
    #"{"headers":{"Cookie":"PLANTED"}}"#, #"{"headers":{"X-Api-Key":"PLANTED"}}"#,
    // Scripts and keys.
    #"{"commands":["export AWS_SECRET_ACCESS_KEY=PLANTED"]}"#, #"{"commands":["mysql --password=PLANTED"]}"#,
    #"{"commands":["mysqladmin --password PLANTED ping"]}"#, #"{"commands":["x --password PLANTED"]}"#,
    #"{"commands":["rds modify-db-instance --master-user-password PLANTED --apply"]}"#,
    #"{"commands":["secretsmanager create-secret --name a --secret-string PLANTED"]}"#,
    // Words of a command, each an element.
    #"{"command":["mysqladmin","--password","PLANTED","ping"]}"#, #"{"any":["x","--token","PLANTED"]}"#,
    #"{"any":["--master-user-password","PLANTED"]}"#, #"{"any":["-Password","PLANTED"]}"#,
    #"{"any":["--secret",12345678]}"#, #"{"any":["\u002d-password","PLANTED"]}"#,
    #"{"any":["--password=PLANTED"]}"#,
    #"{"any":["pwd=PLANTED"]}"#, #"{"any":["--token=PLANTED"]}"#, #"{"any":["x","--token PLANTED"]}"#,
    #"{"any":["/usr/bin/mysql","-u","root","-pPLANTED"]}"#,
    #"{"any":["mysqldump","-h","db","-pPLANTED","orders"]}"#,
    #"{"commands":["cd /tmp; mysql -uroot -p'PLANTED' < a.sql"]}"#, #"{"commands":["a\nmysql -pPLANTED"]}"#,
    #"{"command":["sh","-c","/bin/mysql -pPLANTED"]}"#, #"{"startCommand":"sshpass -p PLANTED ssh host"}"#,
    #"{"overrides":{"containerOverrides":[{"name":"a","command":["mysql","--password","PLANTED"]}]}}"#,
    #"{"parameters":{"commands":["redis-cli -a PLANTED ping"]}}"#,
    // Commands of several lines, in one text or in several.
    #"{"commands":["mysqldump -h db \\\n  -pPLANTED orders"]}"#,
    #"{"commands":["mysql -u root\\\r\n -pPLANTED"]}"#,
    #"{"commands":["mysqldump -h db \\","  -pPLANTED orders"]}"#,
    #"{"commands":["mysqladmin --password \\","PLANTED ping"]}"#,
    #"{"commands":["\"mysql\" -u root '-pPLANTED'"]}"#, #"{"commands":["mongo -u a -p PLANTED"]}"#,
    #"{"commands":["mysql -p';PLANTED'"]}"#, #"{"commands":["mysql -p\\;PLANTED"]}"#,
    #"{"commands":["curl -s -u admin:PLANTED https://a.example"]}"#,
    #"{"key":"-----BEGIN RSA PRIVATE KEY-----\nPLANTED"}"#,
    // In a policy only what is a secret goes.
    #"{"policy":"{\"Statement\":[{\"Action\":\"iam:ChangePassword\"}],\"password\":\"PLANTED\"}"}"#,
    #"{"policy":"{\"Id\":\"password=PLANTED\",\"Statement\":[]}"}"#,
    // A text that is one token and nothing else, and a name that whoever called has chosen.
    #"{"any":"ghp_PLANTED0123456789012345678901234567"}"#,
    #"{"tagSet":[{"key":"note","value":"glpat-PLANTED0123456789012"}]}"#,
    #"{"any":["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJQTEFOVEVE.PLANTED"]}"#,
    #"{"tags":{"ghp_PLANTED0123456789012345678901234567":"a"}}"#,
    #"{"tags":{"https://user:PLANTED@git.example":"a"}}"#,
    #"{"sql":"ALTER USER reports WITH PASSWORD 'PLANTED'"}"#,
    #"{"sqls":["CREATE USER reports IDENTIFIED BY 'PLANTED'"]}"#,
    // Settings of programs, and headers that a load balancer lets past.
    #"{"defaultArguments":{"--conf":"spark.hadoop.fs.s3a.secret.key=PLANTED"}}"#,
    #"{"spec":"db_password = PLANTED\nmode = a"}"#, #"{"spec":"DJANGO_SECRET_KEY=PLANTED"}"#,
    #"{"conditions":[{"httpHeaderConfig":{"httpHeaderName":"X-Origin-Verify","values":["PLANTED"]}}]}"#,
    // A token within a sentence, behind a bracket, on a line of its own.
    #"{"description":"uses ghp_PLANTED0123456789012345678901234567 until March"}"#,
    #"{"description":"a session (IQoJb3JpZ2luX2VjEPLANTED/+PLANTED01234567890123456789)"}"#,
    #"{"description":"first\nglpat-PLANTED0123456789012"}"#,
    #"{"description":"call it with Bearer PLANTED0123456789012 please"}"#,
    #"{"text":"root pass: PLANTED"}"#, #"{"text":"my root password is: PLANTED"}"#,
    #"{"text":"https://PLANTEDPLANTEDPLANTEDPLANTEDPLANTED@git.example/a"}"#,
    #"{"text":"https%3A%2F%2Fuser%3APLANTED%40git.example%2Fa"}"#,
    #"{"text":"{\"client_secret\":\"PLANTED\"}"}"#, #"{"text":"{\"apiKey\": \"PLANTED\"}"}"#,
    // A pair that stands in no list.
    #"{"httpHeaderConfig":{"httpHeaderName":"X-Secret","values":["PLANTED"]}}"#,
    #"{"buildspec":"env:\n  variables:\n    API_TOKEN: PLANTED\n"}"#,
    #"{"buildspec":"- password: PLANTED"}"#,
    #"{"command":["aws","configure","set","aws_secret_access_key","/PLANTED/EXAMPLEKEYEXAMPLEKEYEXAMPLEKEYE"]}"#,
  ])
  func `a secret is removed`(document: String) throws {
    for member in ["requestParameters", "responseElements", "additionalEventData", "serviceEventDetails"] {
      let line = try Self.details("\"\(member)\":\(document)")
      #expect(!line.contains("PLANTED"), "\(member)")
      #expect(!line.contains("12345678"), "\(member)")
      #expect(line.contains(SecretScrubber.replacement), "\(member)")
    }
  }

  @Test(arguments: [
    #"{"passwordResetRequired":true}"#, #"{"allowUsersToChangePassword":false}"#,
    #"{"minimumPasswordLength":8}"#,
    #"{"secretId":"orders"}"#, #"{"credentials":{"accessKeyId":"ASIAKEPT","expiration":"Jan 1"}}"#,
    #"{"accessKeyId":"AKIAKEPT"}"#, #"{"description":"rotates the password of the orders database"}"#,
    #"{"name":"password-policy"}"#, #"{"url":"https://x.example/a?b=c"}"#,
    #"{"email":"https://a.example:8080/x@y"}"#, #"{"commands":["git log --oneline --max-count 3"]}"#,
    #"{"command":["nc","-p8080","-v"]}"#, #"{"command":["mysql","-P","3306","-e","select 1"]}"#,
    #"{"names":["prod-password","prod-user"]}"#, #"{"names":["mysql","orders"]}"#, #"{"list":[-1,-2,"a"]}"#,
    #"{"commands":["mysql -P 3306 orders; nc -p8080"]}"#,
    #"{"commands":["mysql orders \\","x","nc -p8080"]}"#,
    #"{"commands":["mysql orders","nc -p8080"]}"#, #"{"commands":["mysql -u root -p"]}"#,
    #"{"command":["ls","-p","mysql"]}"#,
    #"{"description":"told -- at last -- how a password is rotated"}"#,
    #"{"policyDocument":"{\"Action\":\"iam:UpdateLoginProfile\"}"}"#,
    // Actions of a policy are no secrets, whatever they are called.
    #"{"policyDocument":"{\"Statement\":[{\"Action\":[\"iam:ChangePassword\",\"sts:GetSessionToken\"]}]}"}"#,
    // What begins as a token does, and is too short for one or goes on in words.
    #"{"any":"ghp_reports"}"#, #"{"name":"sk_live_traffic of the shop, by day"}"#,
    #"{"name":"hf_models_2026"}"#,
    #"{"name":"SG.members of the group that is called so, with many words"}"#,
    #"{"sql":"SELECT count(*) FROM logins WHERE kind = 'password'"}"#,
    #"{"document":"%7B%22Statement%22%3A%5B%7B%22Action%22%3A%22iam%3AChangePassword%22%7D%5D%7D"}"#,
    #"{"url":"ssh://APKAEXAMPLEEXAMPLE1@git-codecommit.eu-west-1.amazonaws.com/v1/repos/a"}"#,
    #"{"buildspec":"env:\n  git-credential-helper: yes\n  secrets-manager:\n    KEY: prod/key\n"}"#,
    #"{"command":["net","user","/domain"]}"#,
    #"{"description":"made on Jan 5, 2026 by a hf_model of npm_packages"}"#,
  ])
  func `what is no secret stays`(document: String) throws {
    let line = try Self.details("\"requestParameters\":\(document)")
    #expect(!line.contains(SecretScrubber.replacement))
    #expect(line.contains(document))
  }

  @Test(arguments: [
    #"{\"password\":\"PLANTED\"}"#, "tool/1 --password PLANTED x", "ghp_PLANTED0123456789012345678901234567",
  ])
  func `a secret in a user agent is removed`(agent: String) throws {
    let line = try Self.details(#""userAgent":"\#(agent)""#)
    #expect(!line.contains("PLANTED"))
  }

  @Test(arguments: [
    ("https://hooks.slack.com/services/T0/B0/PLANTED", "https://hooks.slack.com/[secret removed]"),
    (
      "https://events.pagerduty.com/integration/PLANTED/enqueue",
      "https://events.pagerduty.com/[secret removed]"
    ),
    ("https://api.telegram.org/bot123:PLANTED/sendMessage", "https://api.telegram.org/[secret removed]"),
    ("https://a.example/in/sns?api_key=PLANTED", "https://a.example/in/sns?[secret removed]"),
    ("https://a.example/ghp_PLANTED0123456789012345678901234567?x=y", "https://a.example/[secret removed]"),
    ("https://user:PLANTED@a.example:8443/x", "https://[secret removed]@a.example:8443/[secret removed]"),
    ("postgres://user:PLANTED@db.example", "postgres://[secret removed]@db.example"),
    ("https://ghp_PLANTED0123456789012345678901234567.a.example/?token=x", "[secret removed]"),
    ("https://a.example\\@b.example/?password=PLANTED", "https://a.example/[secret removed]"),
    ("https://a.example/ https://b.example/?password=PLANTED", "https://a.example/[secret removed]"),
    ("curl https://a.example/?password=PLANTED", "[secret removed]"),
    // What ends a host may stand in a password.
    ("postgres://my.user:PLANTED#1@db.example/x?token=y", "[secret removed]"),
    ("postgres://my.user:PLANTED/1@db.example/x?token=y", "[secret removed]"),
    ("https://my.user:12345#PLANTED@db.example/?token=y", "[secret removed]"),
    ("https://a.example:PLANTED/?token=y", "[secret removed]"),
    ("https://outlook.office.com/webhook/a@b/PLANTED", "https://outlook.office.com/[secret removed]"),
  ])
  func `of an address with a secret the host stays, and of its path what holds none`(
    address: String, shown: String
  ) throws {
    let line = try Self.details(
      #""requestParameters":{"endpoint":\#(JSONValue.string(address).compactText)}"#)
    #expect(line.contains(#""endpoint":"\#(shown)""#), "\(line)")
    #expect(!line.contains("PLANTED"))
  }

  @Test(arguments: ["iam:ChangePassword", "sts:GetSessionToken", "any:password=", "https://a:b@c/"])
  func `no word beside it hides what a policy grants`(word: String) throws {
    func matches(_ actions: String) throws -> [OverrideMatch] {
      let policy = #"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\#(actions)],\"Resource\":\"*\"}]}"#
      return try CanonicalisationTests.observation(
        #""eventSource":"iam.amazonaws.com","eventName":"PutUserPolicy","requestParameters":{"userName":"u","policyName":"p","policyDocument":"\#(policy)"}"#
      ).overrides
    }
    let plain = try matches(#"\"*\""#)
    #expect(plain.contains { $0.severity == .critical })
    #expect(try matches(#"\"\#(word)\",\"*\""#) == plain)
  }

  // MARK: - The reviewed table

  /// A document in which the row's name holds a secret.
  private static func example(_ kind: SecretMembers.Kind, _ name: String) -> String? {
    switch kind {
    case .secret, .textSecret, .eventSecret: #"{"\#(name)":"PLANTED"}"#
    case .secretEnding, .textSecretEnding: #"{"any_\#(name)":"PLANTED"}"#
    case .environment: #"{"\#(name)":{"ANY":"PLANTED"}}"#
    case .environmentPart: #"{"any\#(name)s":["PLANTED"]}"#
    case .pairName: #"{"list":[{"\#(name)":"dbPassword","value":"PLANTED"}]}"#
    case .pairValue: #"{"list":[{"name":"dbPassword","\#(name)":"PLANTED"}]}"#
    case .telling: #"{"list":[{"name":"THE_\#(name.uppercased())_OF","value":"PLANTED"}]}"#
    case .inText: #"{"text":\#(JSONValue.string("some=text \(name)PLANTED").compactText)}"#
    case .tokenBeginning:
      TokenBeginnings.Beginning(name).map {
        #"{"any":"\#(String(decoding: $0.bytes, as: UTF8.self))PLANTED\#(String(repeating: "7", count: 60))"}"#
      }
    case .commandMember: #"{"\#(name)":["/usr/bin/mysql -uroot -pPLANTED"]}"#
    case .attachedOption: words(of: name) { program, option in program + ["-x", option + "PLANTED"] }
    case .separateOption: words(of: name) { program, option in program + ["-x", option, "PLANTED"] }
    case .argument:
      words(of: name) { program, number in
        program + ["-x"] + Array(repeating: "other", count: (Int(number) ?? 0) - 1) + ["PLANTED"]
      }
    case .readsSecret: #"{"commands":["echo user:PLANTED | sudo x \#(name)"]}"#
    case .variableEnding: #"{"commands":["export THE\#(name.hasPrefix("_") ? "" : "_")\#(name)=PLANTED"]}"#
    case .harmlessToken, .harmlessInText, .noTargets, .flagLetters, .containerProgram: nil
    }
  }

  /// A command of a row that says a program and an option or a number.
  private static func words(of row: String, _ words: ([String], String) -> [String]) -> String {
    let said = row.split(separator: " ").map(String.init)
    return #"{"command":\#(JSONValue(words(said.dropLast(), said.last ?? "")).compactText)}"#
  }

  @Test func `each row of the table removes what it names, and has its reason`() throws {
    let rows = Content.table(SecretMembers.tableName)
    #expect(rows.count > 150)
    for row in rows {
      let kind = try #require(row["kind"].flatMap(SecretMembers.Kind.init), "\(row)")
      let name = try #require(row["name"].flatMap { $0.isEmpty ? nil : $0 }, "\(row)")
      #expect(row["why"]?.isEmpty == false, "\(row)")
      let event = row["event"]?.split(separator: ":") ?? []
      #expect(event.count == (kind == .eventSecret ? 2 : 0), "\(row)")
      guard let document = Self.example(kind, name) else { continue }
      var members = #""requestParameters":\#(document)"#
      if event.count == 2 { members += #","eventSource":"\#(event[0])","eventName":"\#(event[1])""# }
      let line = try Self.details(members)
      #expect(!line.contains("PLANTED") && line.contains(SecretScrubber.replacement), "\(row)")
    }
  }

  @Test func `each harmless token stays, and nothing below a hidden member becomes a target`() throws {
    for name in SecretMembers.names(.harmlessToken) {
      #expect(try Self.details(#""requestParameters":{"\#(name)":"KEPT"}"#).contains("KEPT"), "\(name)")
    }
    for name in SecretMembers.names(.noTargets) {
      let observed = try CanonicalisationTests.observation(
        #""requestParameters":{"\#(name)":{"userName":"KEPT"},"roleName":"r"}"#)
      #expect(observed.targets["role"] == ["r"] && observed.targets["user"] == nil, "\(name)")
    }
  }

  @Test func `a text betrays a secret where it has a suspect sign and a mark, wherever they stand`() {
    let marks = SecretMembers.names(.inText)
    var random = FixedGenerator(state: 41)
    let pieces = [
      "a", "orders", "-", "--", ":", ": ", " ", "/", "//", "=", "%", "\\", "-----", ".", "prod", "9", "é",
      "secretaccesskey", "SessionToken", "pwd=", "Password: ", "-password ", "--Token ",
    ]
    var found = 0
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0..<14, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let isSuspect =
        text.utf8.count >= 5 && ["=", "%", "\\", "--", "//", ": "].contains(where: text.contains)
      let expected = isSuspect && marks.contains(where: text.lowercased().contains)
      #expect((SecretScrubber.scrubbed(text) == SecretScrubber.replacement) == expected, "\(text)")
      if expected { found += 1 }
    }
    #expect((2_000..<18_000).contains(found))
  }

  @Test(arguments: [
    ("postgres://user:word@host/name", true), ("https://sqs.eu-west-1.amazonaws.com/1/a:b@c", false),
    ("see https://host and http://user:word@host", true), ("https://user@host:443/", false),
    ("https://host?a:b@c", false), ("://:@ and a few more", true), ("a long text and then ://", false),
  ])
  func `a URL with a user and a password betrays them`(text: String, isSecret: Bool) {
    #expect((SecretScrubber.scrubbed(text) == SecretScrubber.replacement) == isSecret)
  }
}
