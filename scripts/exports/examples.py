"""The examples of a detection file, with their records written out as this engine writes them out."""
import copy
import datetime
import json
import pathlib
import re


def later(time, seconds):
    moment = datetime.datetime.fromisoformat(time.replace("Z", "+00:00")) + datetime.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def event_id(base, number):
    return (base or "")[:-4] + format(number, "x").zfill(4)


def varied(record, path, suffix):
    parent = record
    for key in path[:-1]:
        parent = parent.get(key) if isinstance(parent, dict) else None
    if isinstance(parent, dict) and path and isinstance(parent.get(path[-1]), str):
        parent[path[-1]] += suffix


def records(text, settings):
    """Each record of a list is the one before it with the members that it names replaced; the last may be repeated."""
    parsed = json.loads(text)
    template, found = {}, []
    for element in parsed if isinstance(parsed, list) else [parsed]:
        template = {**template, **element}
        if "eventID" not in element:
            template["eventID"] = event_id(template.get("eventID"), len(found))
        found.append(template)
    last = found[-1]
    for index in range(1, int(settings.get("repeat", 1))):
        record = copy.deepcopy(last)
        record["eventID"] = event_id(last.get("eventID"), len(found))
        record["eventTime"] = later(last["eventTime"], index * int(settings.get("every", 1)))
        varied(record, [k for k in settings.get("vary", "").split(".") if k], f"-{index}")
        found.append(record)
    return found


def of(path):
    """Line, whether it should match, records and the settings that say what else is known."""
    lines = pathlib.Path(path).read_text().split("\n")
    number = 0
    while number < len(lines):
        found = re.fullmatch(r"```json (matching|near-miss)(.*)", lines[number])
        if found:
            end = lines.index("```", number)
            settings = dict(word.split("=", 1) for word in found[2].split())
            known = {k: v for k, v in settings.items() if k not in ("repeat", "every", "vary")}
            yield number + 1, found[1] == "matching", records("\n".join(lines[number + 1:end]), settings), known
            number = end
        number += 1
