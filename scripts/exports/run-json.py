"""Reads the engine's own JSON back: run-json.py EXPORTS CORPUS VERDICTS TOOL DETECTIONS

Each detection file gets the exported logic in the place of its own, and the tool evaluates them all.
"""
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from verdicts import engine_verdicts


def main():
    exports, corpus, output, tool, detections = map(pathlib.Path, sys.argv[1:6])
    work = output.with_suffix(".work")
    verdicts = {}
    for path in detections.rglob("*.md"):
        exported = exports / (path.stem + ".json")
        if not exported.exists():
            continue
        detection = json.loads(exported.read_text())
        verdicts[detection["id"]] = []
        text = re.sub(
            r"^```logic\n.*?^```$", lambda _: f"```logic\n{detection['logic']}\n```", path.read_text(), 1, re.S | re.M)
        copy = work / "detections" / path.relative_to(detections)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text)
    done = subprocess.run(
        [tool, "evaluate", "--logs", corpus.parent, "--detections", work / "detections", "--output", work / "output"],
        capture_output=True, text=True)
    if done.returncode not in (0, 2):
        sys.exit(f"error: the exported logic can't be evaluated: {done.stderr}")
    for detection, events in engine_verdicts(work / "output" / "matches.jsonl").items():
        verdicts[detection] = sorted(events)
    output.write_text(json.dumps(verdicts))


main()
