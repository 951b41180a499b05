"""The engines: what each runs, and how its answer is verified."""
import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from typing import Callable

from . import prepare
from .measure import Failure


@dataclass
class Engine:
    """One way to do one of the jobs; `shown` is its command for people."""

    name: str
    title: str
    job: str
    shown: str
    command: list
    out: str
    check: Callable
    # The most rounds it takes part in.
    rounds: int = 1 << 30
    input_file: str = None
    # The engine whose output this one reads.
    after: str = None
    # What the check found out, for the report.
    found: dict = field(default_factory=dict)

    def clean(self):
        """Removes what the last run wrote."""
        if os.path.isdir(self.out):
            shutil.rmtree(self.out)
        elif os.path.exists(self.out):
            os.remove(self.out)

    def expect(self, what, found, expected):
        if found != expected:
            raise Failure(f"{self.name}: {what} is {found}, but {expected} is right")


def digest(path):
    sha = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            sha.update(block)
    return sha.hexdigest()


def lines(path):
    count = 0
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            count += block.count(b"\n")
    return count


def summary(engine, name):
    with open(os.path.join(engine.out, name), encoding="utf-8") as file:
        return json.load(file)


class Checks:
    """What the answers have to be, by the manifest of the corpus and by each other."""

    def __init__(self, manifest):
        self.manifest, self.answer = manifest, None

    def groups(self, engine, printed):
        """The peers drop no repeated event, and all have the same groups, counts, times and sums."""
        sums = printed.split()
        engine.expect("the number of groups", int(sums[0]), self.manifest["groups"])
        engine.expect("the number of events", int(sums[1]), self.manifest["events"])
        answer = [*sums, digest(engine.out)]
        self.answer = self.answer or answer
        engine.expect("the answer", answer, self.answer)

    def baseline(self, engine, _):
        totals = summary(engine, "lanes.json")["totals"]
        engine.expect("the number of observations", totals["observations"], self.manifest["distinctEvents"])
        engine.expect("the number of lines", lines(os.path.join(engine.out, "lanes.jsonl")), totals["lanes"])
        if self.manifest["lanes"] and totals["lanes"] < self.manifest["lanes"]:
            raise Failure(f"{engine.name}: {totals['lanes']} lanes, but the corpus has {self.manifest['lanes']}")
        engine.found["lanes"] = totals["lanes"]

    def observations(self, engine, _):
        found = summary(engine, "observations.json")
        for key, expected in (("records", "events"), ("observations", "distinctEvents"), ("duplicates", "duplicates")):
            engine.expect(f"the number of {key}", found[key], self.manifest[expected])
        engine.expect("the number of rejects", found["rejects"], 0)
        written = os.path.join(engine.out, "observations.jsonl")
        engine.expect("the number of lines", lines(written), self.manifest["distinctEvents"])
        engine.found["bytes"] = os.path.getsize(written)

    def rows(self, engine, _):
        engine.expect("the number of lines", lines(engine.out), self.manifest["events"])
        engine.found["bytes"] = os.path.getsize(engine.out)

    def inflated(self, engine, printed):
        engine.expect("the number of bytes", int(printed), self.manifest["jsonBytes"])

    def copied(self, engine, _):
        engine.found["bytes"] = os.path.getsize(engine.out)


def ours(binaries, folder, manifest, scratch, threads):
    """Our two commands: raw logs to lanes, and raw logs to observations on disk."""
    checks = Checks(manifest)
    commands = (("baseline", "business-baseline", "lanes", "build --logs", checks.baseline),
                ("observations", "normalize-observations", "observations", "--input", checks.observations))
    for name, tool, job, arguments, check in commands:
        out = os.path.join(scratch, name)
        yield Engine(
            name, f"**{tool}**", job, f"{tool} {arguments} DIR --output OUT --jobs {threads}",
            [os.path.join(binaries, tool), *arguments.split(), folder, "--output", out, "--jobs", str(threads)], out, check)


def peers(folder, manifest, scratch, threads):
    """The peers, and the floors: inflating without parsing, writing without reading."""
    checks = Checks(manifest)
    threads = str(threads)

    def script(name, title, job, file, mode, check, **options):
        out = os.path.join(scratch, name)
        interpreter = [] if file.endswith(".sh") else [prepare.PYTHON, "-B"]
        shown = f"{'python ' if interpreter else ''}peers/{file} {mode} {threads} OUT DIR"
        return Engine(name, title, job, shown, [*interpreter, os.path.join(prepare.BENCH, "peers", file), mode, threads, out, folder],
                      out, check, **options)

    listing = os.path.join(scratch, "files.txt")
    with open(listing, "w", encoding="utf-8") as file:
        file.writelines(path + "\n" for path in prepare.files(folder))
    copy = os.path.join(scratch, "copy")
    source = os.path.join(scratch, "observations", "observations.jsonl")
    return [
        Engine("inflate", "libdeflate, which only inflates", "lanes", f"inflate {threads} < FILES", [prepare.INFLATE, threads],
               os.path.join(scratch, "inflate"), checks.inflated, input_file=listing),
        script("chdb", "chDB, typed tuples", "lanes", "chdb_peer.py", "groups", checks.groups),
        script("duckdb", "DuckDB, typed records", "lanes", "duckdb_peer.py", "groups", checks.groups),
        script("polars", "Polars and ISA-L", "lanes", "polars_peer.py", "groups", checks.groups),
        script("orjson", f"Python, orjson and ISA-L, {threads} processes", "lanes", "orjson_peer.py", "groups", checks.groups),
        script("jq", f"jq and awk, {threads} pipelines", "lanes", "jq_peer.sh", "groups", checks.groups, rounds=1),
        script("duckdb-documents", "DuckDB, fields and documents", "observations", "duckdb_peer.py", "documents", checks.rows),
        script("duckdb-fields", "DuckDB, the 23 fields only", "observations", "duckdb_peer.py", "fields", checks.rows),
        Engine("copy", "copying the finished observations.jsonl", "observations", "dd bs=4194304 if=observations.jsonl of=OUT",
               ["dd", "bs=4194304", f"if={source}", f"of={copy}"], copy, checks.copied, after="observations"),
    ]
