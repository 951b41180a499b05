"""Checks that the anti-join on lanes finds each event's own lane: check-lanes.py CLICKHOUSE-SQL ATHENA-SQL OBSERVATIONS CORPUS

The lanes are counted from every second observation of this engine; each event is then looked up in ClickHouse and in
DuckDB, by the tuple that the exported query works out of the raw record.
"""
import collections
import importlib
import json
import pathlib
import re
import sys

import chdb.session

sys.path.insert(0, str(pathlib.Path(__file__).parent))
athena = importlib.import_module("run-athena")


def main():
    clickhouse, other, observations, corpus = sys.argv[1:5]
    tuples, lanes = {}, collections.Counter()
    for number, line in enumerate(open(observations)):
        o = json.loads(line)
        key = (o["account_id"], o["actor"], o["event_source"] + ":" + o["event_name"], o["source"], o["region"])
        tuples[o["event_id"]] = key
        if number % 2 == 0:
            lanes[key] += 1
    rows = [dict(zip(("account_id", "actor", "event", "source", "region"), key), observations=n) for key, n in lanes.items()]
    path = pathlib.Path(corpus).with_suffix(".lanes.jsonl")
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    expected = {event: lanes[key] for event, key in tuples.items()}

    def lookup(sql):
        # Every event is looked up, not only those that the detection asks about.
        every = re.sub(r"\nchosen AS \(\n  SELECT \* FROM events\n  WHERE .*?\n\)", "\nchosen AS (\n  SELECT * FROM events\n)", sql, flags=re.S)
        shown = "event_id, lane_observations, account_id, actor, stable_event, source, region"
        return re.sub(r"\nSELECT [^\n]*\nFROM compared.*", f"\nSELECT {shown}\nFROM compared", every, flags=re.S)

    session = chdb.session.Session()
    session.query("CREATE DATABASE proof ENGINE = Atomic")
    session.query("USE proof")
    session.query("CREATE TABLE cloudtrail (record String) ENGINE = MergeTree ORDER BY tuple()")
    session.query(f"INSERT INTO cloudtrail SELECT * FROM file('{corpus}', 'LineAsString', 'record String')")
    text = ", ".join(f"{name} String" for name in ("account_id", "actor", "event", "source", "region"))
    session.query(f"CREATE TABLE mdr_lanes ({text}, observations UInt64) ENGINE = MergeTree ORDER BY tuple()")
    session.query(f"INSERT INTO mdr_lanes SELECT * FROM file('{path}', 'JSONEachRow', '{text}, observations UInt64')")
    found = session.query(lookup(open(clickhouse).read()), "JSONCompactEachRow").bytes().decode().splitlines()
    answers = {"clickhouse": [json.loads(row) for row in found]}

    answers["athena"] = athena.opened(corpus, path, pathlib.Path(corpus)).rows(lookup(open(other).read()))

    # The guide's table for Athena doesn't say who vouched for a federated user, whose key is another there.
    vouched = {r["eventID"] for r in map(json.loads, open(corpus)) if (r.get("userIdentity") or {}).get("identityProvider")}
    bad = 0
    for name, rows in answers.items():
        for event, count, *key in rows:
            if name == "athena" and event in vouched:
                continue
            if int(count) != expected.get(event, 0) or tuple(key) != tuples.get(event):
                bad += 1
                if bad <= 12:
                    print("error:", name, event, int(count), expected.get(event), key, tuples.get(event))
    print(f"{len(tuples)} events looked up among {len(rows)} lanes twice, {bad} wrongly; "
          f"{len(vouched)} of federated users whose provider Athena's table leaves out are looked up in ClickHouse alone")
    return 1 if bad else 0


sys.exit(main())
