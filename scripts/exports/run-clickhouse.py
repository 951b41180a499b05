"""Runs ClickHouse exports in chDB: run-clickhouse.py EXPORTS CORPUS VERDICTS TOOL DETECTIONS LANES"""
import json
import pathlib
import sys

import chdb.session

exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
session = chdb.session.Session()
session.query("CREATE DATABASE proof ENGINE = Atomic")
session.query("USE proof")
session.query("CREATE TABLE cloudtrail (record String) ENGINE = MergeTree ORDER BY tuple()")
session.query(f"INSERT INTO cloudtrail SELECT * FROM file('{corpus.resolve()}', 'LineAsString', 'record String')")
names = ", ".join(f"{name} String" for name in ("account_id", "actor", "event", "source", "region", "standing", "status"))
session.query(f"CREATE TABLE mdr_lanes ({names}, observations UInt64) ENGINE = MergeTree ORDER BY tuple()")
lanes = pathlib.Path(sys.argv[6]).resolve()
session.query(f"INSERT INTO mdr_lanes SELECT * FROM file('{lanes}', 'JSONEachRow', '{names}, observations UInt64')"
              " SETTINGS input_format_skip_unknown_fields = 1")
verdicts = {}
for path in sorted(exports.glob("*.sql")):
    try:
        rows = session.query(path.read_text(), "JSONCompactEachRow").bytes().decode().splitlines()
        verdicts[path.stem] = sorted(json.loads(row)[0] for row in rows)
    except Exception as error:
        verdicts[path.stem] = {"error": str(error)[:400]}
output.write_text(json.dumps(verdicts))
