"""Compares every target's verdicts with the engine's and writes the equivalence table.

    table.py WORK-FOLDER OUTPUT

WORK-FOLDER has a folder for each way of asking (alone, with a baseline, with an inventory) with the engine's verdicts on
all records (engine-corpus) and on those of documented shapes (engine-documented), and for each target
TARGET/manifest.json and, where an engine ran it, TARGET.verdicts.json.
"""
import collections
import json
import pathlib
import re
import sys

from verdicts import engine_verdicts

# Targets in the table's order; whether they only get records of shapes that AWS writes; what ran them.
TARGETS = [
    ("clickhouse", "ClickHouse", False, "chDB"),
    ("athena", "Athena", False, "DuckDB, rewritten by sqlglot"),
    ("kql", "Sentinel KQL", True, "DuckDB, by duckdb-kql"),
    ("sigma", "Sigma", True, "SQLite, by pySigma"),
    ("eventbridge", "EventBridge", True, "moto's matcher"),
    ("lake", "CloudTrail Lake", True, "DuckDB, rewritten by sqlglot, as a stand-in"),
    ("spl", "Splunk SPL", True, "a reader of SPL of our own, as a stand-in"),
    ("aql", "QRadar AQL", True, "SQLite, the condition only, as a stand-in"),
    ("json", "Engine's JSON", False, "this engine, reading it back"),
]


def compared(entry, engine, other, differences, target):
    if not entry["expressible"]:
        return "no", 0
    if other is None:
        return "not run", 0
    got = other.get(entry["id"])
    if isinstance(got, dict) and "examples" in got:
        wrong = [line for line, (should, fires) in got["examples"].items() if should != fires]
        if wrong:
            differences.append(f"{target} {entry['id']}: the examples on lines {', '.join(wrong)} are answered otherwise")
            return "differs", 0
        return ("examples" if got["examples"] else "parsed"), len(got["examples"])
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


def known_more(work, way, target, shapes, differences):
    """The states of those exports that a baseline or an inventory changes, and how many records matched."""
    folder = work / way
    manifest, verdicts = folder / target / "manifest.json", folder / f"{target}.verdicts.json"
    if not manifest.exists() or not verdicts.exists():
        return {}
    engine = engine_verdicts(folder / f"engine-{'documented' if shapes else 'corpus'}" / "matches.jsonl")
    other = json.loads(verdicts.read_text())
    return {
        entry["id"]: compared(entry, engine, other, differences, f"with {way}, {target}")
        for entry in json.loads(manifest.read_text())["detections"] if (folder / target / entry["file"]).exists()}


def cell(text):
    return re.sub(r"([|<>`*_\[\]\\])", r"\\\1", text)


def main():
    work, output = pathlib.Path(sys.argv[1]), sys.argv[2]
    alone = work / "alone"
    engines = {
        False: engine_verdicts(alone / "engine-corpus" / "matches.jsonl"),
        True: engine_verdicts(alone / "engine-documented" / "matches.jsonl"),
    }
    corpus = [json.loads(line)["eventID"] for line in open(work / "corpus" / "corpus.jsonl")]
    plain = sum(not event.endswith("-s") for event in corpus)
    rows, reasons, differences, sums, more = {}, {}, [], {}, {}
    matched = collections.Counter()
    for target, title, shapes_assumed, runner in TARGETS:
        path = alone / target / "manifest.json"
        if not path.exists():
            continue
        manifest = json.loads(path.read_text())
        verdicts = alone / f"{target}.verdicts.json"
        other = json.loads(verdicts.read_text()) if verdicts.exists() else None
        counts = collections.Counter()
        ways = {way: known_more(work, way, target, shapes_assumed, differences) for way in ("baseline", "inventory")}
        for way, states in ways.items():
            more[way, target] = collections.Counter(state for state, _ in states.values()), sum(n for _, n in states.values())
        for entry in manifest["detections"]:
            state, count = compared(entry, engines[shapes_assumed], other, differences, target)
            if state == "no" and entry["id"] in ways["baseline"]:
                # Without a table of lanes it says nothing.
                state, count = ways["baseline"][entry["id"]]
                state = "lanes" if state == "equal" else state
            counts[state] += 1
            rows.setdefault(entry["id"], {})[target] = state
            matched[entry["id"]] += count if target in ("clickhouse", "kql") else 0
            if state == "no":
                reasons.setdefault(entry["reason"], {}).setdefault(entry["id"], []).append(title)
        sums[target] = (title, counts, runner, shapes_assumed)
    never = [i for i in rows if not matched[i] and rows[i].get("clickhouse") in ("equal", "lanes")]
    for line in differences:
        print("error:", line)
    for identifier in never:
        print("note: no record of the proof matches", identifier)
    write(output, rows, reasons, sums, more, len(corpus), plain, never)
    return 1 if differences else 0


def write(output, rows, reasons, sums, more, total, plain, never):
    names = {"equal": "equal", "no": "no", "not run": "not run", "differs": "DIFFERS", "examples": "examples",
             "parsed": "parsed", "lanes": "with lanes"}
    lines = [
        "# What the exports mean, target by target", "",
        "Written by `scripts/check-exports`, which fails when this page is out of date. It exports every detection, runs the",
        "exports in the engines below and compares their verdicts with this engine's, record by record: without a baseline and",
        "an inventory, then with a baseline, then with an inventory.", "",
        f"The records: every example of every detection, variations of each, and the logs at hand: {total} in all;",
        f"{plain} of them have the shapes that AWS documents, and targets that take those for granted are compared on these.",
        "",
        "- **equal**: the export matched exactly the records that this engine matches.",
        "- **with lanes**: the same with a baseline and the table of its lanes; without the table the detection is silent.",
        "- **examples**: Sigma's correlations group by members as logged (a session's ARN for an actor) and by seconds. They are",
        "  converted by pySigma and run in SQLite on each example of the detection, and fire on just those that should match;",
        "  steps that an example puts into one second are put a second apart, since Sigma orders by time alone.",
        "- **parsed**: converted by pySigma, and no example is without a baseline or lists.",
        "- **no**: not expressible there; the reason stands below, in the export and in its `manifest.json`.",
        "- **not run**: expressible; no engine here runs the target.", "",
        "No engine of CloudTrail Lake, Splunk or QRadar can be had here. Their stand-ins prove the logic of the exports and what",
        "they make of missing members, as the vendors' manuals have it; they don't prove that the vendors' parsers take every",
        "line. Lake's SQL is Trino's and is parsed as that. SPL is read whole, command by command, by a reader of our own and by",
        "the linter splint; no grammar of SPL or AQL is published by their makers. Where Sigma has the detection as well,",
        "pySigma's Splunk search of it names the same members as ours does, those set aside that only null tests name. For AQL",
        "there is no converter for this pySigma, and the condition is parsed as SQL alone. Thresholds count as equal where the",
        "first event of every run is the same, chains where the first whole pass of every group ends in the same event.", "",
        "The columns that many SQL and KQL exports derive of each record are worked out once, by the very expressions that stand",
        "in the exports, and so are conditions that recur; each export then reads them in a table, every other letter of it",
        "unchanged. Exports that together have every column and every step are run as they stand too, and have to agree.", "",
        "Athena's and Sentinel's tables don't say who vouched for a federated user: where a record names the provider, the",
        "actor's key lacks it there, and lanes of such users aren't found.", "",
        "Sentinel's table has no source identity, which counts as not there. duckdb-kql reads the KQL with Kusto's grammar.", "",
        "Equal says little where no record of the proof is matched by either side: "
        + (", ".join(f"`{i}`" for i in sorted(never)) or "none") + ".", "",
        "| Target | Equal | With lanes | On examples | Parsed | Not expressible | Not run here | Differs | Run by |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for title, counts, runner, _ in sums.values():
        numbers = [counts[state] for state in ("equal", "lanes", "examples", "parsed", "no", "not run", "differs")]
        lines.append(f"| {title} | {' | '.join(map(str, numbers))} | {runner or 'nothing'} |")
    lines += [
        "", "## With a baseline, and with an inventory", "",
        "The baseline is built of a past in which every third record recurs, on one day to forty; its lanes are the table. The",
        "inventory has accounts, partners, approved roles and crown jewels. Only exports that they change are run again. Each",
        "record finds the very lane that this engine puts it in, in ClickHouse and in Athena's SQL.", "",
        "| Target | With a baseline: equal | Records matched | Differs | With an inventory: equal | Records matched | Differs |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for target, (title, _, _, _) in sums.items():
        cells = []
        for way in ("baseline", "inventory"):
            states, records = more[way, target]
            cells += [states["equal"] + states["examples"], records, states["differs"]]
        lines.append(f"| {title} | {' | '.join(map(str, cells))} |")
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
