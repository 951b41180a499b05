"""Compares verdicts with the engine's: compare.py MATCHES EXPORTS VERDICTS [--shapes-assumed]"""
import collections
import json
import sys

matches, exports, verdicts = sys.argv[1:4]
engine = collections.defaultdict(set)
for line in open(matches):
    match = json.loads(line)
    engine[match["detection"]].add(match["event_id"])
manifest = json.load(open(exports + "/manifest.json"))
other = json.load(open(verdicts))
shapes = "--shapes-assumed" in sys.argv
bad = 0
for entry in manifest["detections"]:
    if not entry["expressible"]:
        continue
    got = other.get(entry["id"])
    if not isinstance(got, list):
        bad += 1
        print(entry["id"], "ERROR", got["error"] if got else "not run")
        continue
    want, got = engine[entry["id"]], set(got)
    if shapes:
        want, got = ({e for e in s if not e.endswith("-s")} for s in (want, got))
    if want != got:
        bad += 1
        print(entry["id"], "only here:", sorted(want - got)[:4], len(want - got), "only there:", sorted(got - want)[:4], len(got - want))
print(bad, "differ")
