"""Writes RESULTS.md from what was measured, and from nothing else."""
import os
import platform
import shutil
import statistics
import subprocess

from . import prepare

# The goals: the engine, the job, and how many times as fast we have to be, or how many times its time we may take.
TARGETS = [("duckdb", "lanes", "at least", 3.5), ("chdb", "lanes", "at least", 3), ("polars", "lanes", "at least", 5),
           ("orjson", "lanes", "at least", 9), ("inflate", "lanes", "at most", 2.2),
           ("duckdb-documents", "observations", "at least", 2)]
SCALE_MEMORY = 1024


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, cwd=prepare.ROOT).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def processor():
    if platform.system() == "Darwin":
        return output("sysctl", "-n", "machdep.cpu.brand_string")
    names = [line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8") if line.startswith("model name")]
    return names[0] if names else platform.machine()


def memory():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)


def machine(cores):
    """What the figures depend on, without anything that names the machine."""
    pinned = f"everything pinned to cores {cores}" if shutil.which("taskset") else "not pinned: there is no taskset"
    return f"{processor()}, {os.cpu_count()} cores, {memory():.0f} GB; {platform.system()} {'.'.join(platform.release().split('.')[:2])}; {pinned}"


def versions():
    """The versions of everything that was measured."""
    packages = output(prepare.PYTHON, "-m", "pip", "freeze", "--disable-pip-version-check").splitlines()
    wanted = [line.replace("==", " ") for line in packages if line.split("==")[0] in ("duckdb", "chdb", "chdb-core", "polars", "isal", "orjson")]
    system = [output("jq", "--version").replace("jq-", "jq "), f"Python {platform.python_version()}"]
    libdeflate = output("dpkg-query", "-W", "-f", "libdeflate ${Version}", "libdeflate-dev") or output("brew", "list", "--versions", "libdeflate")
    swift = next((line for line in output("swift", "--version").splitlines() if "Swift version" in line), "")
    return [value for value in [*wanted, *system, libdeflate, swift] if value]


def state():
    """The commit that was measured."""
    changed = output("git", "status", "--porcelain", "--untracked-files=no")
    return output("git", "rev-parse", "--short", "HEAD") + (" with uncommitted changes" if changed else "")


def ratios(section, engine, ours):
    """The ratio of the engine's wall time to ours in each round in which both ran."""
    rounds = section["runs"]
    return [run[engine]["wall"] / run[ours]["wall"] for run in rounds if engine in run and ours in run]


def spread(values, form):
    low, high = form % min(values), form % max(values)
    return low if low == high else f"{low}–{high}"


def table(section, job, ours):
    rows = ["| | wall s | min–max | CPU s | peak MB | × | rounds |", "|---|---:|---:|---:|---:|---:|---:|"]
    for engine in section["engines"]:
        if engine["job"] != job:
            continue
        runs = [run[engine["name"]] for run in section["runs"] if engine["name"] in run]
        if not runs:
            continue
        wall = [run["wall"] for run in runs]
        found = ratios(section, engine["name"], ours)
        rows.append(
            f"| {engine['title']} | {statistics.median(wall):.2f} | {spread(wall, '%.2f')} | "
            f"{statistics.median(run['cpu'] for run in runs):.2f} | {statistics.median(run['memory'] for run in runs):.0f} | "
            f"{f'{statistics.median(found):.2f}' if found else '–'} | {len(runs)} |")
    return rows


def targets(section):
    ours = {"lanes": "baseline", "observations": "observations"}
    titles = {engine["name"]: engine["title"] for engine in section["engines"]}
    rows = ["| | goal | measured | |", "|---|---:|---:|---|"]
    for name, job, direction, limit in TARGETS:
        found = ratios(section, name, ours[job])
        if not found:
            continue
        ratio = statistics.median(found)
        if direction == "at most":
            # The floor's goal is the other way round: our time as a multiple of the floor's.
            ratio = statistics.median(1 / value for value in found)
            rows.append(f"| our time in times of {titles[name]} | at most {limit} | {ratio:.2f} | {'met' if ratio <= limit else 'not met'} |")
        else:
            rows.append(f"| times as fast as {titles[name]}, {job} | at least {limit} | {ratio:.2f} | {'met' if ratio >= limit else 'not met'} |")
    return rows


def corpus(manifest):
    lanes = f", walking through {manifest['lanes']:,} lanes" if manifest["lanes"] else ""
    return (f"{manifest['events']:,} records in {manifest['files']:,} files{lanes}: {manifest['jsonBytes'] / 1e6:,.0f} MB of JSON in "
            f"{manifest['gzipBytes'] / 1e6:,.0f} MB of gzip, {manifest['duplicates']:,} of them delivered twice, "
            f"{manifest['groups']:,} groups; seed {manifest['seed']}, digest `{manifest['sha256'][:16]}`")


def provenance(section):
    return [f"Measured {section['date']} at commit {section['commit']} by `{section['command']}`.", "",
            f"- Machine: {section['machine']}.", f"- Versions: {', '.join(section['versions'])}."]


def rounds(section):
    count = len(section["runs"])
    written = {engine["name"]: engine["found"].get("bytes") for engine in section["engines"]}
    sizes = ", ".join(f"{name} {size / 1e6:,.0f} MB" for name, size in written.items() if size and name != "copy")
    lanes = next((engine["found"]["lanes"] for engine in section["engines"] if "lanes" in engine["found"]), None)
    lines = ["## One million events, all engines in turn" if section["manifest"]["events"] == 10**6 else
             f"## {section['manifest']['events']:,} events, all engines in turn", "", *provenance(section),
             f"- Corpus: {corpus(section['manifest'])}.",
             f"- {count} round{'s' if count > 1 else ''}, in each the engines one after the other, every round beginning with another; {section['threads']} threads each. "
             "The page cache was warmed once. × is the median of the ratios to our time within a round. Peak memory is that of the "
             "largest process (Python with orjson and jq have several). The peers' answers are the same byte for byte, ours agree with "
             "the corpus' manifest, or the run would have ended.", ""]
    lanes_table = table(section, "lanes", "baseline")
    if len(lanes_table) > 2:
        lines += ["### Raw .json.gz to lanes", "",
                  "Every peer makes 23 fields of each event and groups them by account, actor, event, service and region. Ours does "
                  "more: it validates, drops repeated events, resolves actors, sources, outcomes and targets by the reviewed tables, and "
                  f"writes the baseline{f' of {lanes:,} lanes' if lanes else ''}.", "", *lanes_table, ""]
    rows_table = table(section, "observations", "observations")
    if len(rows_table) > 2:
        lines += ["### Raw .json.gz to observations.jsonl on disk", "",
                  f"Written: {sizes}. DuckDB does not drop repeated events.", "", *rows_table, ""]
    goals = targets(section)
    if len(goals) > 2:
        lines += ["### Goals", "", *goals, ""]
    lines += ["### Commands", "", "```", *(engine["shown"] for engine in section["engines"]), "```", ""]
    return lines


def scale(section):
    lines = ["## Scale", "", *provenance(section), "",
             f"Duplicate detection on, {section['threads']} threads; the goal is a peak below {SCALE_MEMORY} MB.", "",
             "| corpus | command | wall s | CPU s | peak MB | lanes | goal |", "|---|---|---:|---:|---:|---:|---|"]
    for run in section["runs"]:
        verdict = "met" if run["memory"] < SCALE_MEMORY else "not met"
        lanes = f"{run['lanes']:,}" if run.get("lanes") else "–"
        lines.append(f"| {run['corpus']} | {run['title']} | {run['wall']:.1f} | {run['cpu']:.1f} | {run['memory']:.0f} | {lanes} | {verdict} |")
    return lines + [""] + [f"- {run['corpus']}: {corpus(run['manifest'])}." for run in section["runs"] if run["title"].startswith("**business")] + [""]


def write(path, measured):
    """Writes the report of the sections that were measured."""
    lines = ["# Measured", "", "Written by `scripts/bench/run`; every figure was measured, none is edited by hand. "
             "[README.md](README.md) says how to repeat it.", ""]
    if "rounds" in measured:
        lines += rounds(measured["rounds"])
    if "scale" in measured:
        lines += scale(measured["scale"])
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines).rstrip() + "\n")
