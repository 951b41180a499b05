"""Runs ClickHouse exports in chDB: run-clickhouse.py EXPORTS CORPUS VERDICTS TOOL DETECTIONS LANES"""
import json
import multiprocessing
import os
import pathlib
import sys

import chdb.session


def open_tables(corpus, lanes):
    """Each process has tables of its own."""
    global session
    session = chdb.session.Session()
    session.query("CREATE DATABASE proof ENGINE = Atomic")
    session.query("USE proof")
    session.query("CREATE TABLE cloudtrail (record String) ENGINE = MergeTree ORDER BY tuple()")
    session.query(f"INSERT INTO cloudtrail SELECT * FROM file('{corpus}', 'LineAsString', 'record String')")
    names = ", ".join(
        f"{name} String" for name in ("account_id", "actor", "event", "source", "region", "standing", "status"))
    session.query(f"CREATE TABLE mdr_lanes ({names}, observations UInt64) ENGINE = MergeTree ORDER BY tuple()")
    session.query(f"INSERT INTO mdr_lanes SELECT * FROM file('{lanes}', 'JSONEachRow', '{names}, observations UInt64')"
                  " SETTINGS input_format_skip_unknown_fields = 1")


def verdict(path):
    try:
        rows = session.query(path.read_text(), "JSONCompactEachRow").bytes().decode().splitlines()
        return path.stem, sorted(json.loads(row)[0] for row in rows)
    except Exception as error:
        return path.stem, {"error": str(error)[:400]}


def main():
    exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
    tables = str(corpus.resolve()), str(pathlib.Path(sys.argv[6]).resolve())
    # Most of the time goes into planning, which takes one core.
    with multiprocessing.get_context("spawn").Pool(os.cpu_count(), open_tables, tables) as pool:
        verdicts = dict(pool.map(verdict, sorted(exports.glob("*.sql")), chunksize=1))
    output.write_text(json.dumps(verdicts))


if __name__ == "__main__":
    main()
