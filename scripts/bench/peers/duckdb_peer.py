"""DuckDB: raw deliveries to groups, or to JSON lines on disk.

usage: duckdb_peer.py groups|fields|documents THREADS OUT DIR

`fields` writes the fields of the groups for each event; `documents` writes request, response and additional data whole
in place of seven fields of the request, as observations.jsonl does.

Tuned: the record's type is given, so nothing is sampled or guessed and only the needed keys are made; threads are set;
order is not kept.
"""
import sys

import duckdb

mode, threads, out, folder = sys.argv[1:5]
TEXT = ("eventTime", "eventID", "recipientAccountId", "awsRegion", "eventName", "eventSource", "sourceIPAddress", "userAgent", "errorCode",
        "eventType")
PARAMETERS = ("bucketName", "name", "secretId", "roleName", "userName", "roleArn", "policyArn")
DOCUMENTS = ("requestParameters", "responseElements", "additionalEventData")
REQUEST = f"requestParameters STRUCT({', '.join(f'{name} VARCHAR' for name in PARAMETERS)})"
if mode == "documents":
    REQUEST = ", ".join(f"{name} JSON" for name in DOCUMENTS)
RECORD = f"""STRUCT({', '.join(f'{name} VARCHAR' for name in TEXT)}, readOnly BOOLEAN, resources STRUCT("ARN" VARCHAR)[],
  userIdentity STRUCT("type" VARCHAR, arn VARCHAR, accountId VARCHAR, accessKeyId VARCHAR, invokedBy VARCHAR,
    sessionContext STRUCT(sessionIssuer STRUCT(arn VARCHAR))),
  {REQUEST})"""
EVENTS = f"""SELECT r.* FROM (SELECT unnest(Records) r FROM read_json('{folder}/**/*.json.gz', columns = {{Records: '{RECORD}[]'}},
  maximum_object_size = {16 << 20}, format = 'unstructured', records = 'true', auto_detect = false, compression = 'gzip'))"""
NORMALISED = f"""SELECT coalesce(recipientAccountId, userIdentity.accountId, '') account,
  CASE WHEN userIdentity.sessionContext.sessionIssuer.arn IS NOT NULL THEN userIdentity.sessionContext.sessionIssuer.arn
    WHEN starts_with(userIdentity.arn, 'arn:aws:sts::') AND contains(userIdentity.arn, ':assumed-role/')
    THEN 'arn:aws:iam::' || split_part(userIdentity.arn, ':', 5) || ':role/' || split_part(userIdentity.arn, '/', 2)
    ELSE coalesce(userIdentity.arn, userIdentity.invokedBy, userIdentity.accountId, 'unknown') END actor,
  eventName, eventSource, awsRegion, eventTime, eventID, userIdentity."type" identityType, sourceIPAddress, userAgent, errorCode,
  resources, userIdentity.accessKeyId accessKeyId, userIdentity.invokedBy invokedBy, readOnly, eventType,
  {', '.join(DOCUMENTS) if mode == 'documents' else 'requestParameters.*'} FROM ({EVENTS})"""
SUMS = ["sum(strlen(eventID))", "sum(strlen(identityType))", "sum(strlen(sourceIPAddress))", "sum(strlen(userAgent))", "sum(strlen(errorCode))",
        "sum(len(resources))", 'sum(list_sum(list_transform(resources, lambda r: strlen(r."ARN"))))', "sum(strlen(accessKeyId))",
        "sum(strlen(invokedBy))", "sum(readOnly::INT)", "sum(strlen(eventType))", *(f'sum(strlen("{name}"))' for name in PARAMETERS)]

database = duckdb.connect()
database.execute(f"SET threads = {threads}; SET preserve_insertion_order = false")
if mode != "groups":
    database.execute(f"""COPY (SELECT * REPLACE (list_transform(resources, lambda r: r."ARN") AS resources) FROM ({NORMALISED}))
      TO '{out}' (FORMAT json)""")
else:
    columns = ", ".join(f"{sum} s{index}" for index, sum in enumerate(SUMS))
    database.execute(f"""CREATE TEMP TABLE lanes AS SELECT account, actor, eventName, eventSource, awsRegion, count(*) n, min(eventTime) first,
      max(eventTime) last, {columns} FROM ({NORMALISED}) GROUP BY ALL""")
    database.execute(f"""COPY (SELECT account, actor, eventName, eventSource, awsRegion, n, first, last FROM lanes ORDER BY 1, 2, 3, 4, 5)
      TO '{out}' (DELIMITER '\t', HEADER false, QUOTE '')""")
    totals = database.execute("SELECT count(*), sum(n), " + ", ".join(f"sum(s{index})" for index in range(len(SUMS))) + " FROM lanes")
    print(*[int(value or 0) for value in totals.fetchone()])
