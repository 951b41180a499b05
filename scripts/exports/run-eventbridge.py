"""Runs EventBridge patterns in moto's matcher: run-eventbridge.py EXPORTS CORPUS VERDICTS"""
import json
import pathlib
import sys

from moto.events.models import EventPattern

exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
records = [json.loads(line) for line in open(corpus)]
verdicts = {}
for path in sorted(exports.glob("*.json")):
    if path.name == "manifest.json":
        continue
    try:
        pattern = EventPattern.load(path.read_text())
        verdicts[path.stem] = [r["eventID"] for r in records if pattern.matches_event({"detail": r})]
    except Exception as error:
        verdicts[path.stem] = {"error": repr(error)[:400]}
output.write_text(json.dumps(verdicts))
