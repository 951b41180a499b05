/// An engine that may hold the logs, and how its SQL says what the aggregation needs.
enum SQLEngine: String, Sendable, CaseIterable {
  case athena
  case clickhouse
  case spark
  case duckdb

  /// What `--table` means unless it is given.
  var defaultTable: String {
    switch self {
    case .athena: "cloudtrail_logs"
    case .clickhouse, .duckdb: "AWSLogs/**/*.json.gz"
    case .spark: "AWSLogs"
    }
  }

  /// A text field of a record.
  func text(_ path: [String]) -> String {
    switch self {
    case .athena: path.joined(separator: ".").lowercased()
    case .clickhouse:
      "JSONExtract(r, \(path.map { Self.quoted($0) }.joined(separator: ", ")), 'Nullable(String)')"
    case .spark: "r." + path.joined(separator: ".")
    case .duckdb: "json_extract_string(r, '$.\(path.joined(separator: "."))')"
    }
  }

  /// A field of any kind as JSON text.
  func json(_ path: [String]) -> String {
    switch self {
    case .athena, .spark: text(path)
    case .clickhouse: "JSONExtractRaw(r, \(path.map { Self.quoted($0) }.joined(separator: ", ")))"
    case .duckdb: "CAST(json_extract(r, '$.\(path.joined(separator: "."))') AS VARCHAR)"
    }
  }

  /// The resources' names, one on each line, or their JSON text where the table has that.
  var resources: String {
    self == .athena
      ? "array_join(transform(resources, x -> x.arn), chr(10))" : json(["resources"])
  }

  /// A text without what a pattern matches.
  func removing(_ pattern: String, from text: String) -> String {
    let function = self == .clickhouse ? "replaceRegexpOne" : "regexp_replace"
    return "\(function)(\(text), \(literal(pattern)), '')"
  }

  /// A text in which each match ends behind its first group with a dash in place of what followed.
  func masks(_ text: String, _ pattern: String) -> String {
    let pattern = literal(pattern)
    return switch self {
    case .athena: "regexp_replace(\(text), \(pattern), '$1\"-\"')"
    case .clickhouse: "replaceRegexpAll(\(text), \(pattern), '\\\\1\"-\"')"
    case .spark: "regexp_replace(\(text), \(pattern), '$1\"-\"')"
    case .duckdb: "regexp_replace(\(text), \(pattern), '\\1\"-\"', 'g')"
    }
  }

  /// All matches of a pattern in a text, joined by commas.
  func extracts(_ text: String, _ pattern: String) -> String {
    switch self {
    case .athena: "array_join(regexp_extract_all(\(text), \(literal(pattern))), ',')"
    case .clickhouse: "arrayStringConcat(extractAll(\(text), \(literal(pattern))), ',')"
    case .spark: "array_join(regexp_extract_all(\(text), \(literal(pattern)), 0), ',')"
    case .duckdb: "array_to_string(regexp_extract_all(\(text), \(literal(pattern))), ',')"
    }
  }

  /// The distinct values of a text over a group, separated by spaces.
  func distinct(_ text: String) -> String {
    switch self {
    case .athena: "array_join(array_agg(DISTINCT \(text)), ' ')"
    case .clickhouse: "arrayStringConcat(groupUniqArray(\(text)), ' ')"
    case .spark: "array_join(collect_set(\(text)), ' ')"
    case .duckdb: "string_agg(DISTINCT \(text), ' ')"
    }
  }

  /// A text literal.
  func literal(_ text: String) -> String {
    // ClickHouse and Spark read backslashes in literals, the others don't.
    let escapes = self == .clickhouse || self == .spark
    let text = escapes ? text.replacing("\\", with: "\\\\") : text
    return escapes ? "'\(text.replacing("'", with: "\\'"))'" : Self.quoted(text)
  }

  private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

  /// The delivered records: `r`, and where each stands, which decides between two deliveries of one event.
  func records(_ table: String) -> String {
    switch self {
    case .athena:
      return "SELECT *, \"$path\" AS file, 0 AS place, CAST(NULL AS varchar) AS content FROM \(table)"
    case .clickhouse:
      return """
        SELECT path AS file, place, r, r AS content
          FROM (SELECT _path AS path, JSONExtractArrayRaw(json, 'Records') AS list
                FROM file(\(literal(table)), 'JSONAsString', 'json String'))
          ARRAY JOIN list AS r, arrayEnumerate(list) AS place
        """
    case .spark:
      return """
        SELECT file, place, r, CAST(NULL AS string) AS content
          FROM (SELECT input_file_name() AS file, posexplode(Records) AS (place, r) FROM delivered)
        """
    case .duckdb:
      return """
        SELECT filename AS file, unnest(range(len(list))) AS place, unnest(list) AS r,
              CAST(unnest(list) AS VARCHAR) AS content
          FROM (SELECT filename, json_extract(json, '$.Records[*]') AS list
                FROM read_json_objects(\(literal(table)), format = 'unstructured', filename = true,
                                       maximum_object_size = 67108864))
        """
    }
  }

  /// What has to stand before and behind the query.
  func frame(_ table: String) -> (before: String, after: String) {
    switch self {
    case .athena: return ("", ";")
    case .clickhouse:
      return ("", "\nSETTINGS input_format_json_max_depth = 1000\nFORMAT JSONEachRow;")
    case .duckdb: return ("COPY (\n", "\n) TO 'groups.jsonl' (FORMAT json);")
    case .spark:
      return (
        """
        CREATE OR REPLACE TEMPORARY VIEW delivered (Records ARRAY<STRUCT<\(Self.sparkFields)>>)
        USING json OPTIONS (path \(literal(table)), multiLine 'true', recursiveFileLookup 'true',
                            pathGlobFilter '*.json.gz');
        INSERT OVERWRITE DIRECTORY 'groups' USING json

        """, ";"
      )
    }
  }

  /// Spark gives a member that is declared a string and holds a document as the document's text.
  private static let sparkFields = """
    eventID: STRING, eventTime: STRING, eventSource: STRING, eventName: STRING, awsRegion: STRING, \
    eventType: STRING, errorCode: STRING, errorMessage: STRING, readOnly: STRING, recipientAccountId: STRING, \
    sourceIPAddress: STRING, userAgent: STRING, vpcEndpointId: STRING, \
    tlsDetails: STRUCT<clientProvidedHostHeader: STRING>, requestParameters: STRING, \
    responseElements: STRING, additionalEventData: STRING, serviceEventDetails: STRING, resources: STRING, \
    userIdentity: STRUCT<type: STRING, arn: STRING, principalId: STRING, accountId: STRING, userName: STRING, \
    accessKeyId: STRING, invokedBy: STRING, identityProvider: STRING, onBehalfOf: STRUCT<userId: STRING>, \
    sessionContext: STRUCT<sourceIdentity: STRING, sessionIssuer: STRUCT<type: STRING, arn: STRING, \
    accountId: STRING, userName: STRING>, attributes: STRUCT<creationDate: STRING, mfaAuthenticated: STRING>>>
    """
}
