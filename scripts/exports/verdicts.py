"""This engine's verdicts, as exports can give them."""
import collections
import json


def engine_verdicts(path):
    verdicts, passes = collections.defaultdict(set), {}
    for line in open(path):
        match = json.loads(line)
        # A chain that only began is shown, but no match; of the others exports list each group's first.
        if not match.get("complete", True):
            continue
        if match.get("kind") == "chain":
            key = match["detection"], json.dumps(match["group"], sort_keys=True)
            passes[key] = min(passes.get(key, ("z", "")), (match["first_seen"], match["event_id"]))
        else:
            verdicts[match["detection"]].add(match["event_id"])
    for (detection, _), (_, event) in passes.items():
        verdicts[detection].add(event)
    return verdicts
