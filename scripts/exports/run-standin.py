"""Runs conditions of QRadar exports in SQLite, for want of its engine: run-standin.py EXPORTS CORPUS VERDICTS

Only the condition is run, with the functions and operators that it uses given the meaning that the vendor's manual gives
them: a null operand makes a null answer. It proves the condition's logic, not that the vendor's parser takes it.
"""
import functools
import json
import pathlib
import re
import sqlite3
import sys


@functools.lru_cache(maxsize=None)
def compiled(pattern, flags=0):
    return re.compile(pattern, flags)


def flat(value, path=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{path}.{key}" if path else key)
    elif not isinstance(value, list) and value is not None:
        yield path, json.dumps(value) if isinstance(value, (bool, float)) else str(value)


def qradar(text):
    """The condition of a query and its properties; MATCHES becomes a function that SQLite lets one define."""
    condition = re.search(r"^  AND (.*)", text, re.S | re.M)[1]
    numbers = set(re.findall(r'^-- property "([^"]*)":.*, a number$', text, re.M))
    fields = set()

    def token(found):
        if found[1] is not None:
            fields.add(found[1])
            return f'CAST("{found[1]}" AS REAL)' if found[1] in numbers else found[0]
        return {"MATCHES": "REGEXP", "IMATCHES": "MATCH"}.get(found[0], found[0])

    return re.sub(r"\"([^\"]*)\"|'(?:[^']|'')*'|\bI?MATCHES\b", token, condition), fields


def main():
    exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
    records = [json.loads(line) for line in open(corpus)]
    rows = [(record["eventID"], dict(flat(record))) for record in records]
    verdicts = {}
    for path in sorted(exports.glob("*.aql")):
        try:
            condition, fields = qradar(path.read_text())
            # SQLite takes names that differ in case alone for one.
            names = sorted(fields)
            columns = {name: f"{name}__{number}" for number, name in enumerate(names)}
            condition = re.sub(r"\"([^\"]*)\"|'(?:[^']|'')*'", lambda found: f'"{columns[found[1]]}"' if found[1] else found[0], condition)
            database = sqlite3.connect(":memory:")
            database.create_function("REGEXP", 2, lambda p, text: None if text is None else compiled(p).fullmatch(text) is not None)
            database.create_function("MATCH", 2, lambda p, text: None if text is None else compiled(p, re.I).fullmatch(text) is not None)
            database.execute("CREATE TABLE events (proof_id TEXT, " + ", ".join(f'"{columns[n]}" TEXT' for n in names) + ")")
            database.executemany(
                f"INSERT INTO events VALUES (?{', ?' * len(names)})",
                ([event] + [values.get(n) for n in names] for event, values in rows))
            verdicts[path.stem] = [r[0] for r in database.execute(f"SELECT proof_id FROM events WHERE {condition}")]
        except Exception as error:
            verdicts[path.stem] = {"error": repr(error)[:400]}
    output.write_text(json.dumps(verdicts))


main()
