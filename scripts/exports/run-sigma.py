"""Runs Sigma rules by pySigma's SQLite backend: run-sigma.py EXPORTS CORPUS VERDICTS

The table has one column for each field that a rule names, with CloudTrail's members flattened into it. Text is compared
as Sigma defines it, whatever the case but for |cased.
"""
import functools
import json
import pathlib
import re
import sqlite3
import sys

from sigma.backends.sqlite import sqliteBackend
from sigma.collection import SigmaCollection


@functools.lru_cache(maxsize=None)
def compiled(pattern):
    return re.compile(pattern)


def flat(value, path=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{path}.{key}" if path else key)
    elif not isinstance(value, list) and value is not None:
        yield path, json.dumps(value) if isinstance(value, bool) else value


def main():
    exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
    records = [dict(flat(json.loads(line))) for line in open(corpus)]
    verdicts = {}
    for path in sorted(exports.glob("*.yml")):
        try:
            rules = SigmaCollection.from_yaml(path.read_text())
            rule = rules.rules[0]
            fields, numbers = set(), set()
            for detection in rule.detection.detections.values():
                for item in detection.detection_items:
                    fields.add(item.field)
                    if any(not hasattr(value, "s") and "Compare" in type(value).__name__ or
                           type(value).__name__ == "SigmaNumber" for value in item.value):
                        numbers.add(item.field)
            names = sorted(fields)
            database = sqlite3.connect(":memory:")
            database.create_function("REGEXP", 2, lambda p, t: t is not None and compiled(p).search(str(t)) is not None)
            kinds = {name: "NUMERIC" if name in numbers else "TEXT COLLATE NOCASE" for name in names}
            columns = ", ".join([f"`{name}` {kinds[name]}" for name in names])
            database.execute(f"CREATE TABLE logs (proof_id TEXT, {columns})")
            database.executemany(
                f"INSERT INTO logs VALUES (?{', ?' * len(names)})",
                ([r["eventID"]] + [r.get(name) for name in names] for r in records))
            query = sqliteBackend().convert(rules)[0].replace("SELECT *", "SELECT proof_id")
            verdicts[path.stem] = [row[0] for row in database.execute(query)]
        except Exception as error:
            verdicts[path.stem] = {"error": repr(error)[:400]}
    output.write_text(json.dumps(verdicts))


main()
