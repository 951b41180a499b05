"""Runs ClickHouse exports in chDB: run-clickhouse.py EXPORTS CORPUS VERDICTS TOOL DETECTIONS LANES"""
import json
import pathlib
import sys

import chdb.session

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import composed
import texts


class ClickHouse:
    language = texts.CLICKHOUSE

    def __init__(self, corpus, lanes):
        self.session = chdb.session.Session()
        self.session.query("CREATE DATABASE proof ENGINE = Atomic")
        self.session.query("USE proof")
        self.session.query("CREATE TABLE cloudtrail (record String) ENGINE = MergeTree ORDER BY tuple()")
        self.session.query(f"INSERT INTO cloudtrail SELECT * FROM file('{corpus}', 'LineAsString', 'record String')")
        names = ", ".join(
            f"{name} String" for name in ("account_id", "actor", "event", "source", "region", "standing", "status"))
        self.session.query(f"CREATE TABLE mdr_lanes ({names}, observations UInt64) ENGINE = MergeTree ORDER BY tuple()")
        self.session.query(
            f"INSERT INTO mdr_lanes SELECT * FROM file('{lanes}', 'JSONEachRow', '{names}, observations UInt64')"
            " SETTINGS input_format_skip_unknown_fields = 1")
        self.session.query("SET max_threads = 1")
        # The columns of all exports together are longer than any query of one.
        self.session.query("SET max_query_size = 16777216")

    def fill(self, table, selection):
        self.session.query(f"CREATE TABLE {table} ENGINE = Memory AS {selection}")

    def events(self, query):
        rows = self.session.query(query, "JSONCompactEachRow").bytes().decode().splitlines()
        return [json.loads(row)[0] for row in rows]


if __name__ == "__main__":
    exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
    engine = ClickHouse(corpus.resolve(), pathlib.Path(sys.argv[6]).resolve())
    output.write_text(json.dumps(composed.verdicts(engine, exports)))
