"""Compares every target's verdicts with the engine's and writes the equivalence table.

    table.py WORK-FOLDER OUTPUT

WORK-FOLDER has the engine's verdicts on all records (engine) and on those of documented shapes (plain), and for each target TARGET/manifest.json and, where an engine ran it, TARGET.verdicts.json.
"""
import collections
import json
import pathlib
import re
import sys

# Targets in the table's order; whether they only get records of shapes that AWS writes; what ran them.
TARGETS = [
    ("clickhouse", "ClickHouse", False, "chDB"),
    ("athena", "Athena", False, "DuckDB, rewritten by sqlglot"),
    ("kql", "Sentinel KQL", True, "DuckDB, by duckdb-kql"),
    ("sigma", "Sigma", True, "SQLite, by pySigma"),
    ("eventbridge", "EventBridge", True, "moto's matcher"),
    ("lake", "CloudTrail Lake", True, "DuckDB, rewritten by sqlglot, as a stand-in"),
    ("spl", "Splunk SPL", True, "SQLite, the condition only, as a stand-in"),
    ("aql", "QRadar AQL", True, "SQLite, the condition only, as a stand-in"),
    ("json", "Engine's JSON", False, "this engine, reading it back"),
]


def engine_verdicts(path):
    verdicts = collections.defaultdict(set)
    for line in open(path):
        match = json.loads(line)
        # A chain that only began is shown, but no match.
        if match.get("complete", True):
            verdicts[match["detection"]].add(match["event_id"])
    return verdicts


def compared(entry, engine, other, differences, target):
    if not entry["expressible"]:
        return "no", 0
    if other is None:
        return "not run", 0
    got = other.get(entry["id"])
    if not isinstance(got, list):
        differences.append(f"{target} {entry['id']}: {got['error'] if got else 'not run'}")
        return "differs", 0
    want, got = engine[entry["id"]], set(got)
    if want != got:
        differences.append(
            f"{target} {entry['id']}: only this engine: {sorted(want - got)[:5]} of {len(want - got)}, "
            f"only {target}: {sorted(got - want)[:5]} of {len(got - want)}")
        return "differs", len(want)
    return "equal", len(want)


def cell(text):
    return re.sub(r"([|<>`*_\[\]\\])", r"\\\1", text)


def main():
    work, output = pathlib.Path(sys.argv[1]), sys.argv[2]
    engines = {
        False: engine_verdicts(work / "engine" / "matches.jsonl"),
        True: engine_verdicts(work / "plain" / "matches.jsonl"),
    }
    corpus = [json.loads(line)["eventID"] for line in open(work / "corpus" / "corpus.jsonl")]
    plain = sum(not event.endswith("-s") for event in corpus)
    rows, reasons, differences, sums, never = {}, {}, [], {}, []
    for target, title, shapes_assumed, runner in TARGETS:
        path = work / target / "manifest.json"
        if not path.exists():
            continue
        manifest = json.loads(path.read_text())
        verdicts = work / f"{target}.verdicts.json"
        other = json.loads(verdicts.read_text()) if verdicts.exists() else None
        counts = collections.Counter()
        for entry in manifest["detections"]:
            state, count = compared(entry, engines[shapes_assumed], other, differences, target)
            counts[state] += 1
            rows.setdefault(entry["id"], {})[target] = state
            if state == "equal" and count == 0 and target == "clickhouse":
                never.append(entry["id"])
            if state == "no" and entry["reason"]:
                reasons.setdefault(entry["reason"], {}).setdefault(entry["id"], []).append(title)
        sums[target] = (title, counts, runner, shapes_assumed)
    for line in differences:
        print("error:", line)
    for identifier in never:
        print("note: no record of the proof matches", identifier)
    write(output, rows, reasons, sums, len(corpus), plain, never)
    return 1 if differences else 0


def write(output, rows, reasons, sums, total, plain, never):
    names = {"equal": "equal", "no": "no", "not run": "not run", "differs": "DIFFERS"}
    lines = [
        "# What the exports mean, target by target", "",
        "Written by `scripts/check-exports`, which fails when this page is out of date. It exports every detection, runs the",
        "exports in the engines below and compares their verdicts with this engine's, record by record, without a baseline",
        "and without an inventory.", "",
        f"The records: every example of every detection, variations of each, and the logs at hand: {total} in all;",
        f"{plain} of them have the shapes that AWS documents, and targets that take those for granted are compared on these.",
        "",
        "- **equal**: the export matched exactly the records that this engine matches.",
        "- **no**: not expressible there; the reason stands below, in the export and in its `manifest.json`.",
        "- **not run**: expressible; no engine here runs the target.", "",
        "No engine of CloudTrail Lake, Splunk or QRadar can be had here. Their stand-ins prove the logic of the exports and what",
        "they make of missing members, as the vendors' manuals have it; they don't prove that the vendors' parsers take every",
        "line. Lake's SQL is Trino's and is parsed as that. Thresholds count as equal where the first event of every run is the",
        "same. The join on lanes is proven apart: each record finds the lane that this engine puts it in.", "",
        "Equal says little where no record of the proof is matched by either side: "
        + (", ".join(f"`{i}`" for i in sorted(never)) or "none") + ".", "",
        "| Target | Equal | Not expressible | Not run here | Differs | Run by |", "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for title, counts, runner, shapes in sums.values():
        lines.append(
            f"| {title} | {counts['equal']} | {counts['no']} | {counts['not run']} | {counts['differs']} | {runner or 'nothing'} |")
    lines += ["", "## Detections", "", "| Detection | " + " | ".join(s[0] for s in sums.values()) + " |",
              "| --- |" + " --- |" * len(sums)]
    for identifier in sorted(rows):
        lines.append(f"| `{identifier}` | " + " | ".join(names[rows[identifier][t]] for t in sums) + " |")
    lines += ["", "## Why not", "", "| Reason | Detections |", "| --- | --- |"]
    for reason in sorted(reasons):
        by_titles = {}
        for identifier, titles in reasons[reason].items():
            by_titles.setdefault(", ".join(titles), []).append(identifier)
        parts = [f"{titles}: " + ", ".join(f"`{i}`" for i in sorted(ids)) for titles, ids in sorted(by_titles.items())]
        lines.append(f"| {cell(reason)} | {'; '.join(parts)} |")
    with open(output, "w") as file:
        file.write("\n".join(lines) + "\n")


sys.exit(main())
