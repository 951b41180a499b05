"""Runs CloudTrail Lake exports in DuckDB, rewritten by sqlglot: run-lake.py EXPORTS CORPUS VERDICTS

The event data store is a table of Lake's columns, with the documents as maps from first-level names to texts.
"""
import importlib
import json
import pathlib
import sys

import duckdb

sys.path.insert(0, str(pathlib.Path(__file__).parent))
athena = importlib.import_module("run-athena")

TEXTS = [
    "eventName", "eventSource", "eventType", "eventID", "eventTime", "errorCode", "errorMessage", "awsRegion",
    "sourceIPAddress", "userAgent", "vpcEndpointId", "recipientAccountId", "readOnly",
]
MAPS = ["requestParameters", "responseElements", "additionalEventData"]
IDENTITY = athena.IDENTITY


def row(record):
    columns = {name: None if isinstance(record.get(name), (dict, list)) else athena.text(record.get(name)) for name in TEXTS}
    for name in MAPS:
        value = record.get(name)
        if name == "additionalEventData" and value is None:
            value = record.get("serviceEventDetails")
        columns[name] = (
            {key: athena.text(inner) for key, inner in value.items() if inner is not None} if isinstance(value, dict) else None)
    return {"userIdentity": athena.row(record)["useridentity"], **columns}


def main():
    exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
    connection = duckdb.connect()
    connection.execute(athena.MACROS)
    rows = output.with_suffix(".rows.jsonl")
    with open(rows, "w") as file:
        for line in open(corpus):
            file.write(json.dumps(row(json.loads(line))) + "\n")
    columns = [f"userIdentity: '{IDENTITY}'"] + [f"{name}: 'VARCHAR'" for name in TEXTS]
    columns += [f"{name}: 'MAP(VARCHAR, VARCHAR)'" for name in MAPS]
    connection.execute(
        f"CREATE TABLE lake AS SELECT * FROM read_json('{rows}', format='newline_delimited', "
        f"maximum_object_size=33554432, columns={{{', '.join(columns)}}})")
    verdicts = {}
    for path in sorted(exports.glob("*.sql")):
        try:
            query = athena.duck(path.read_text().replace("FROM $EDS_ID", "FROM lake"))
            verdicts[path.stem] = sorted(r[0] for r in connection.execute(query).fetchall())
        except Exception as error:
            verdicts[path.stem] = {"error": str(error)[:400]}
    output.write_text(json.dumps(verdicts))


main()
