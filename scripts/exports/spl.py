"""A reader and runner of the part of SPL that the exports use, after Splunk's Search Reference.

A search is a list of commands over events; an event has fields, each a text, a number or a list of texts. `where` keeps what is
true.
"""
import json
import re

from spl_expressions import Reader
from spl_functions import listed, number, single, text


def flat(value, path=""):
    """The fields that Splunk extracts from JSON: members joined by dots, elements of arrays under {}."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from flat(inner, path + "{}")
    elif value is not None:
        yield path, json.dumps(value) if isinstance(value, (bool, float)) else str(value)


def fields(record):
    event = {"_raw": record}
    for name, text in flat(record):
        known = event.get(name)
        event[name] = text if known is None else (known if isinstance(known, list) else [known]) + [text]
    return event


def split(source, mark=","):
    """Parts of a text, parted by a mark outside of quotes and parentheses."""
    parts, depth, quote, start, place = [], 0, None, 0, 0
    while place < len(source):
        character = source[place]
        if quote:
            if character == "\\" and quote == '"':
                place += 1
            elif character == quote:
                quote = None
        elif character in "\"'":
            quote = character
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif character == mark and depth == 0:
            parts.append(source[start:place])
            start = place + 1
        place += 1
    return [part.strip() for part in parts + [source[start:]]]


def names(source):
    return [name.strip("'") for name in re.split(r"[,\s]+", source.strip()) if name]


def evaluate(source):
    steps = []
    for part in split(source):
        name, value = part.split("=", 1)
        steps.append((name.strip().strip("'"), Reader(value).whole()))

    def run(events, _):
        for event in events:
            for name, value in steps:
                result = value(event)
                if isinstance(result, bool):
                    raise SyntaxError(f"{name} can't hold a truth value")
                event[name] = text(result) if isinstance(result, float) else result
        return events
    return run


def where(source):
    test = Reader(source).whole()
    return lambda events, _: [e for e in events if test(e) is True]


def lookup(source):
    found = re.fullmatch(r"(\w+) (.*) OUTPUT (.*)", source, re.S)
    keys = [(p.split(" AS ") * 2)[:2] for p in split(found[2])]
    outputs = [(p.split(" AS ") * 2)[:2] for p in split(found[3])]

    def run(events, tables):
        index = {}
        for row in tables[found[1]]:
            index.setdefault(tuple(row[k] for k, _ in keys), []).append(row)
        for event in events:
            rows = index.get(tuple(event.get(f) for _, f in keys), [])[:1000]
            for column, name in outputs:
                event[name] = single([str(row[column]) for row in rows])
        return events
    return run


AGGREGATES = {
    "count": lambda values, size: size, "dc": lambda values, size: len({v for x in values for v in listed(x)}),
    "sum": lambda values, size: sum(map(number, values)),
    "min": lambda values, size: ordered(values, min), "max": lambda values, size: ordered(values, max),
}


def ordered(values, pick):
    values = [v for v in values if v is not None]
    if not values:
        return None
    if all(number(v) is not None for v in values):
        return text(pick(map(number, values)))
    return pick(values)


def aggregates(source):
    found = re.fullmatch(r"(.*) by (.*)", source, re.S)
    wanted = []
    for part in split(found[1]):
        function, field, name = re.fullmatch(r"(\w+)(?:\((\w+)\))? AS (\w+)", part).groups()
        wanted.append((AGGREGATES[function], field, name))
    return wanted, names(found[2])


def stats(source):
    wanted, keys = aggregates(source)

    def run(events, _):
        groups = {}
        for event in events:
            if all(event.get(key) is not None for key in keys):
                groups.setdefault(tuple(event[key] for key in keys), []).append(event)
        rows = []
        for key, members in groups.items():
            row = dict(zip(keys, key))
            for function, field, name in wanted:
                result = function([m[field] for m in members if m.get(field) is not None] if field else [], len(members))
                row[name] = str(result) if isinstance(result, int) else result
            rows.append(row)
        return rows
    return run


def streamstats(source):
    found = re.fullmatch(r"current=f (.*)", source, re.S)
    wanted, keys = aggregates(found[1])

    def run(events, _):
        before = {}
        for event in events:
            key = tuple(event.get(k) for k in keys)
            for function, field, name in wanted:
                event[name] = function([m.get(field) for m in before.get(key, [])], 0)
            before.setdefault(key, []).append(dict(event))
        return events
    return run


def sort(source):
    keys = names(re.fullmatch(r"0 (.*)", source, re.S)[1])

    def place(event):
        return [(0, number(event[k]), "") if number(event.get(k)) is not None else (1, 0, event.get(k) or "") for k in keys]
    return lambda events, _: sorted(events, key=place)


def mvexpand(source):
    name = source.strip()
    return lambda events, _: [{**e, name: v} for e in events for v in listed(e.get(name))]


def table(source):
    wanted = [name.strip("'") for name in split(source)]
    return lambda events, _: [{name: e.get(name) for name in wanted} for e in events]


COMMANDS = {
    "eval": evaluate, "where": where, "lookup": lookup, "stats": stats, "streamstats": streamstats, "sort": sort,
    "mvexpand": mvexpand, "table": table,
}


def read(source):
    """The commands of a search behind its first line, which names the index; comments stand between backticks."""
    source = re.sub(r"```.*?```", "", source, flags=re.S).strip()
    head, *commands = split(source, "|")
    if not re.fullmatch(r'index=\S+ sourcetype="aws:cloudtrail"', head):
        raise SyntaxError(f"no search for CloudTrail: {head}")
    steps = []
    for command in commands:
        name, _, arguments = command.partition(" ")
        if name not in COMMANDS:
            raise SyntaxError(f"no command {name}")
        steps.append(COMMANDS[name](arguments))
    return steps


def run(steps, events, tables):
    for step in steps:
        events = step(events, tables)
    return events
