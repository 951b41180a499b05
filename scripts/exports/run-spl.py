"""Runs Splunk exports by a reader of SPL of our own, for want of Splunk: run-spl.py EXPORTS CORPUS VERDICTS TOOL DETECTIONS LANES

It proves what the searches mean as Splunk's manual has it, not that Splunk's parser takes every line.
"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import spl


def main():
    exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
    lanes = [json.loads(line) for line in open(sys.argv[6])]
    events = [spl.fields(json.loads(line)) for line in open(corpus)]
    verdicts = {}
    for path in sorted(exports.glob("*.spl")):
        try:
            found = spl.run(spl.read(path.read_text()), [dict(e) for e in events], {"mdr_lanes": lanes})
            verdicts[path.stem] = [row["eventID"] for row in found]
        except Exception as error:
            verdicts[path.stem] = {"error": repr(error)[:400]}
    output.write_text(json.dumps(verdicts))


main()
