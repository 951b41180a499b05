"""Runs KQL exports on DuckDB by duckdb-kql: run-kql.py EXPORTS CORPUS VERDICTS TOOL DETECTIONS LANES"""
import json
import multiprocessing
import os
import pathlib
import sys

import duckdb_kql

TEXT = {
    "EventName": "eventName", "EventSource": "eventSource", "EventTypeName": "eventType", "AwsEventId": "eventID",
    "TimeGenerated": "eventTime", "ErrorCode": "errorCode", "ErrorMessage": "errorMessage", "AWSRegion": "awsRegion",
    "SourceIpAddress": "sourceIPAddress", "UserAgent": "userAgent", "VpcEndpointId": "vpcEndpointId",
    "RecipientAccountId": "recipientAccountId", "UserIdentityType": "userIdentity.type",
    "UserIdentityArn": "userIdentity.arn", "UserIdentityPrincipalid": "userIdentity.principalId",
    "UserIdentityAccountId": "userIdentity.accountId", "UserIdentityAccessKeyId": "userIdentity.accessKeyId",
    "UserIdentityUserName": "userIdentity.userName", "UserIdentityInvokedBy": "userIdentity.invokedBy",
    "SessionIssuerArn": "userIdentity.sessionContext.sessionIssuer.arn",
    "SessionIssuerAccountId": "userIdentity.sessionContext.sessionIssuer.accountId",
    "SessionIssuerUserName": "userIdentity.sessionContext.sessionIssuer.userName",
    "SessionCreationDate": "userIdentity.sessionContext.attributes.creationDate",
    "ClientProvidedHostHeader": "tlsDetails.clientProvidedHostHeader",
    "RequestParameters": "requestParameters", "ResponseElements": "responseElements",
    "AdditionalEventData": "additionalEventData", "ServiceEventDetails": "serviceEventDetails",
}
FLAGS = {"ReadOnly": "readOnly", "SessionMfaAuthenticated": "userIdentity.sessionContext.attributes.mfaAuthenticated"}


def member(record, path):
    for key in path.split("."):
        record = record.get(key) if isinstance(record, dict) else None
    return record


def row(record):
    columns = {}
    for name, path in TEXT.items():
        value = member(record, path)
        columns[name] = "" if value is None else value if isinstance(value, str) else json.dumps(value)
    for name, path in FLAGS.items():
        columns[name] = {"true": True, "false": False}.get(json.dumps(member(record, path)).strip('"').lower())
    return columns


def verdict(path):
    try:
        return path.stem, sorted(r[0] for r in duckdb_kql.query(connection, path.read_text()).fetchall())
    except Exception as error:
        return path.stem, {"error": str(error)[:400]}


def open_table(rows):
    """Each process has a table of its own."""
    global connection
    connection = duckdb_kql.connect()
    # Pushed down, a condition would work the columns that it reads out anew for each of its tests.
    connection.sql("SET disabled_optimizers='filter_pushdown'")
    connection.sql("SET threads=1")
    schema = ", ".join([f"{name}: 'VARCHAR'" for name in TEXT] + [f"{name}: 'BOOLEAN'" for name in FLAGS])
    connection.sql(
        f"CREATE TABLE AWSCloudTrail AS SELECT * FROM read_json('{rows}', format='newline_delimited', "
        f"maximum_object_size=33554432, columns={{{schema}}})")
    lanes = ", ".join(f"{name}: 'VARCHAR'" for name in ("account_id", "actor", "event", "source", "region", "standing", "status"))
    connection.sql(
        f"CREATE TABLE mdr_lanes AS SELECT * FROM read_json('{sys.argv[6]}', format='newline_delimited', "
        f"columns={{{lanes}, observations: 'BIGINT'}})")


def main():
    exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
    rows = output.with_suffix(".rows.jsonl")
    with open(rows, "w") as file:
        for line in open(corpus):
            file.write(json.dumps(row(json.loads(line))) + "\n")
    # Reading KQL takes longer than running it.
    with multiprocessing.Pool(os.cpu_count(), open_table, (rows,)) as pool:
        verdicts = dict(pool.map(verdict, sorted(exports.glob("*.kql")), chunksize=1))
    output.write_text(json.dumps(verdicts))


if __name__ == "__main__":
    main()
