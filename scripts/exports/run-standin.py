"""Runs conditions of Splunk and QRadar exports in SQLite, for want of their engines: run-standin.py EXPORTS CORPUS VERDICTS

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


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


# Functions of Splunk's eval that SQLite reads otherwise.
FUNCTIONS = {"in(": "in_list(", "match(": "matches(", "len(": "length(", "isnull(": "is_null(", "isnotnull(": "is_not_null("}


def splunk(text):
    """The condition of a search and its fields: 'field' and "text" change their quotes."""
    condition = re.search(r"^\| where (.*)^\| table", text, re.S | re.M)[1]
    fields = set()

    def token(found):
        if found[1] is not None:
            fields.add(found[1])
            return f'"{found[1]}"'
        if found[2] is not None:
            return "'" + re.sub(r"\\(.)", r"\1", found[2]).replace("'", "''") + "'"
        return FUNCTIONS[found[0]]

    names = "|".join(map(re.escape, FUNCTIONS))
    return re.sub(rf"'([^']*)'|\"((?:[^\"\\]|\\.)*)\"|\b(?:{names})", token, condition), fields


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
    for path in sorted([*exports.glob("*.spl"), *exports.glob("*.aql")]):
        try:
            condition, fields = (splunk if path.suffix == ".spl" else qradar)(path.read_text())
            names = sorted(fields)
            database = sqlite3.connect(":memory:")
            null = lambda function: lambda *a: None if a[0] is None else function(*a)
            database.create_function("matches", 2, null(lambda text, p: compiled(p).search(text) is not None))
            database.create_function("in_list", -1, null(lambda text, *all: text in all))
            database.create_function("is_null", 1, lambda text: text is None)
            database.create_function("is_not_null", 1, lambda text: text is not None)
            database.create_function("tonumber", 1, number)
            database.create_function("true", 0, lambda: True)
            database.create_function("false", 0, lambda: False)
            database.create_function("REGEXP", 2, lambda p, text: None if text is None else compiled(p).fullmatch(text) is not None)
            database.create_function("MATCH", 2, lambda p, text: None if text is None else compiled(p, re.I).fullmatch(text) is not None)
            database.execute(f"CREATE TABLE events (proof_id TEXT, " + ", ".join(f'"{n}" TEXT' for n in names) + ")")
            database.executemany(
                f"INSERT INTO events VALUES (?{', ?' * len(names)})",
                ([event] + [values.get(n) for n in names] for event, values in rows))
            verdicts[path.stem] = [r[0] for r in database.execute(f"SELECT proof_id FROM events WHERE {condition}")]
        except Exception as error:
            verdicts[path.stem] = {"error": repr(error)[:400]}
    output.write_text(json.dumps(verdicts))


main()
