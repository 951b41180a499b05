"""Compares the members that Splunk exports name with those that pySigma's search for the same detection names.

    check-syntax.py SPL SIGMA

Searches that work out the actor's name read other members than Sigma rules, which ask for it as it is logged.
"""
import pathlib
import re
import sys

from sigma.backends.splunk import SplunkBackend
from sigma.collection import SigmaCollection

searches, sigma = map(pathlib.Path, sys.argv[1:3])
compared, bad = 0, 0
for path in sorted(sigma.glob("*.yml")):
    ours = searches / (path.stem + ".spl")
    if "\ncorrelation:" in path.read_text() or not ours.exists() or "| eval actor=" in ours.read_text():
        continue
    # The backend has no exact comparison of case, which changes no member.
    theirs = "\n".join(SplunkBackend().convert(SigmaCollection.from_yaml(path.read_text().replace("|cased", ""))))
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', theirs)
    members = set(re.findall(r"\b([A-Za-z][\w.-]*)(?:=| IN \(|<|>)", bare)) | set(re.findall(r"field=([\w.-]+)", bare))
    members = {m for m in members if not re.fullmatch(r"field|[A-Za-z]+Match\d*|\w*Condition\w*", m)}
    text = re.sub(r"```.*?```", "", ours.read_text(), flags=re.S).split("| table")[0]
    # An event without its additional data has service details in their place; JSON is asked for members of objects.
    named = {n.replace("serviceEventDetails", "additionalEventData") for n in re.findall(r"'([^']+)'", re.sub(r'"(?:[^"\\]|\\.)*"', "", text))}
    named |= set(re.findall(r'json_extract\(_raw, "([^"]+)"\)', text))
    compared += 1
    if members != named:
        bad += 1
        print(f"error: {path.stem}: only pySigma names {sorted(members - named)}, only the export {sorted(named - members)}")
print(f"{compared} searches name the members that pySigma's do, but for {bad}" if bad else
      f"{compared} Splunk searches name the members that pySigma's do")
sys.exit(1 if bad else 0)
