"""Runs Sigma rules by pySigma's SQLite backend: run-sigma.py EXPORTS CORPUS VERDICTS TOOL DETECTIONS

Correlations group by members of the record, this engine by texts of normalisation: they are run on each example of their
detection by itself, and it is compared whether they fire.
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
from sigma.correlations import SigmaCorrelationRule, SigmaCorrelationType

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import examples


@functools.lru_cache(maxsize=None)
def compiled(pattern):
    return re.compile(pattern)


def flat(value, path=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{path}.{key}" if path else key)
    elif not isinstance(value, list) and value is not None:
        yield path, json.dumps(value) if isinstance(value, bool) else value


def told_apart(rules):
    """Numbers the fields that differ in case alone, which SQLite takes for one; gives what they were called."""
    items = [item for rule in rules.rules if not isinstance(rule, SigmaCorrelationRule)
             for detection in rule.detection.detections.values() for item in detection.detection_items]
    known, names = {}, {}
    for field in sorted({item.field for item in items}):
        alike = known.setdefault(field.lower(), [])
        alike.append(field)
        names[field] = field if len(alike) == 1 else f"{field}__{len(alike)}"
    for item in items:
        item.field = names[item.field]
    return {name: field for field, name in names.items()}


def database(rules, rows, called=None):
    """A table of events with a column for each field that the rules name."""
    fields, numbers = {"eventID", "eventTime"}, set()
    for rule in rules.rules:
        if isinstance(rule, SigmaCorrelationRule):
            fields.update(rule.group_by or [])
            if rule.condition is not None and rule.condition.fieldref:
                fields.update([rule.condition.fieldref] if isinstance(rule.condition.fieldref, str) else rule.condition.fieldref)
            continue
        for detection in rule.detection.detections.values():
            for item in detection.detection_items:
                fields.add(item.field)
                if any(not hasattr(value, "s") and "Compare" in type(value).__name__ or
                       type(value).__name__ == "SigmaNumber" for value in item.value):
                    numbers.add(item.field)
    names = sorted(fields)
    made = sqlite3.connect(":memory:")
    made.create_function("REGEXP", 2, lambda p, t: t is not None and compiled(p).search(str(t)) is not None)
    kinds = {name: "NUMERIC" if name in numbers else "TEXT COLLATE NOCASE" for name in names}
    made.execute(f"CREATE TABLE logs ({', '.join(f'`{name}` {kinds[name]}' for name in names)})")
    made.executemany(
        f"INSERT INTO logs VALUES ({', '.join('?' * len(names))})", ([row.get((called or {}).get(name, name)) for name in names] for row in rows))
    return made


def on_examples(rules, path):
    """For each example, by its line, whether it should fire and whether it does; those that need lists are left out."""
    query = sqliteBackend(timestamp_field="eventTime", event_id_field="eventID").convert(rules)[-1]
    answers = {}
    for line, should, records, known in examples.of(path):
        if not known:
            if any(getattr(rule, "type", None) == SigmaCorrelationType.TEMPORAL_ORDERED for rule in rules.rules):
                # Steps of one second have an order here, and none in Sigma.
                for number, record in enumerate(records):
                    record["eventTime"] = examples.later(record["eventTime"], number)
            found = database(rules, [dict(flat(record)) for record in records]).execute(query).fetchall()
            answers[line] = [should, bool(found)]
    return answers


def main():
    exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
    files = {path.stem: path for path in pathlib.Path(sys.argv[5]).rglob("*.md")}
    rows = [dict(flat(json.loads(line))) for line in open(corpus)]
    verdicts = {}
    for path in sorted(exports.glob("*.yml")):
        try:
            rules = SigmaCollection.from_yaml(path.read_text())
            if any(isinstance(rule, SigmaCorrelationRule) for rule in rules.rules):
                verdicts[path.stem] = {"examples": on_examples(rules, files[path.stem])}
                continue
            called = told_apart(rules)
            query = sqliteBackend().convert(rules)[0].replace("SELECT *", "SELECT eventID")
            verdicts[path.stem] = [row[0] for row in database(rules, rows, called).execute(query)]
        except Exception as error:
            verdicts[path.stem] = {"error": repr(error)[:400]}
    output.write_text(json.dumps(verdicts))


main()
