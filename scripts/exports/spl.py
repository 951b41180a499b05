"""A reader and runner of the part of SPL that the exports use, after Splunk's Search Reference.

A search is a list of commands over events; an event has fields, each a text, a number or a list of texts. A function or
comparison with a missing operand gives nothing, AND and OR know nothing as SQL does, and `where` keeps what is true.
"""
import functools
import json
import math
import re
from datetime import datetime, timezone

import regex

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|\"(?P<text>(?:[^\"\\]|\\.)*)\"|'(?P<field>[^']*)'"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<mark>>=|<=|!=|==|[-+*/%.,()<>=]))", re.S)


@functools.lru_cache(maxsize=None)
def compiled(pattern):
    return regex.compile(pattern)


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


def listed(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def single(values):
    """A list of values as a field holds it."""
    values = [v for v in values if v is not None]
    return None if not values else values[0] if len(values) == 1 else values


def text(value):
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    return value


def number(value):
    if isinstance(value, float):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


class Reader:
    """Reads an expression of eval and where into a function of an event."""

    def __init__(self, source):
        self.tokens = []
        place = 0
        source = source.strip()
        while place < len(source):
            found = TOKEN.match(source, place)
            if not found:
                raise SyntaxError(f"no SPL: {source[place:place + 40]!r}")
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            place = found.end()
        self.place = 0

    def peek(self):
        return self.tokens[self.place] if self.place < len(self.tokens) else (None, None)

    def take(self, *wanted):
        kind, value = self.peek()
        if wanted and (kind not in ("mark", "word") or value not in wanted):
            raise SyntaxError(f"{wanted} expected, {value!r} found")
        self.place += 1
        return kind, value

    def binary(self, words, operand, build):
        left = operand()
        while self.peek()[0] in ("mark", "word") and self.peek()[1] in words:
            word = self.take()[1]
            left = build(word, left, operand())
        return left

    def expression(self):
        return self.binary(("OR",), self.conjunction, lambda _, a, b: either(a, b))

    def conjunction(self):
        return self.binary(("AND",), self.negation, lambda _, a, b: both(a, b))

    def negation(self):
        if self.peek() == ("word", "NOT"):
            self.take()
            inner = self.negation()
            return lambda e: None if inner(e) is None else not inner(e)
        return self.binary(("=", "==", "!=", "<", ">", "<=", ">="), self.sum, compared)

    def sum(self):
        return self.binary(("+", "-", "."), self.product, computed)

    def product(self):
        return self.binary(("*", "/", "%"), self.value, computed)

    def value(self):
        kind, value = self.take()
        if kind == "number":
            constant = float(value)
            return lambda e: constant
        if kind == "text":
            constant = re.sub(r"\\(.)", r"\1", value, flags=re.S)
            return lambda e: constant
        if kind == "field":
            return lambda e: e.get(value)
        if value == "(":
            inner = self.expression()
            self.take(")")
            return inner
        if value == "-":
            inner = self.value()
            return lambda e: -number(inner(e))
        if kind != "word":
            raise SyntaxError(f"a value expected, {value!r} found")
        if self.peek() != ("mark", "("):
            return lambda e: e.get(value)
        self.take()
        start, arguments = self.place, []
        while self.peek() != ("mark", ")"):
            arguments.append(self.expression())
            if self.peek() == ("mark", ","):
                self.take()
        if value == "mvfilter":
            # One field only, and each of its values for itself.
            named = {n for kind, n in self.words(start) if kind in ("field", "word")}
            if len(named) != 1:
                raise SyntaxError(f"mvfilter takes one field, not {sorted(named)}")
            name, test = named.pop(), arguments[0]
            self.take(")")
            return lambda e: single([v for v in listed(e.get(name)) if test({**e, name: v}) is True])
        self.take(")")
        if value not in FUNCTIONS:
            raise SyntaxError(f"no function {value}")
        least, most, _ = FUNCTIONS[value]
        if len(arguments) < least or most is not None and len(arguments) > most:
            raise SyntaxError(f"{value} doesn't take {len(arguments)} arguments")
        function = FUNCTIONS[value][2]
        return lambda e: function(e, *arguments)

    def words(self, start):
        """The names since a place that are no functions and no operators."""
        for place in range(start, self.place):
            kind, name = self.tokens[place]
            is_call = place + 1 < len(self.tokens) and self.tokens[place + 1] == ("mark", "(")
            if kind == "field" or kind == "word" and not is_call and name not in ("AND", "OR", "NOT"):
                yield kind, name

    def whole(self):
        inner = self.expression()
        if self.place < len(self.tokens):
            raise SyntaxError(f"nothing expected behind the expression, {self.peek()[1]!r} found")
        return inner


def both(a, b):
    def answer(event):
        first = a(event)
        if first is False:
            return False
        second = b(event)
        return False if second is False else None if first is None or second is None else True
    return answer


def either(a, b):
    def answer(event):
        first = a(event)
        if first is True:
            return True
        second = b(event)
        return True if second is True else None if first is None or second is None else False
    return answer


def compared(word, a, b):
    def answer(event):
        first, second = a(event), b(event)
        if first is None or second is None:
            return None
        first, second = (listed(v) or [None] for v in (first, second))
        return any(same(word, x, y) for x in first for y in second)
    return answer


def same(word, x, y):
    if isinstance(x, float) or isinstance(y, float):
        x, y = number(x), number(y)
        if x is None or y is None:
            return word == "!="
    return {"=": x == y, "==": x == y, "!=": x != y}[word] if word in ("=", "==", "!=") else {
        "<": x < y, ">": x > y, "<=": x <= y, ">=": x >= y}[word]


def computed(word, a, b):
    def answer(event):
        first, second = a(event), b(event)
        if first is None or second is None:
            return None
        if word == ".":
            return text(first) + text(second)
        x, y = number(first), number(second)
        if x is None or y is None:
            return None
        return {"+": lambda: x + y, "-": lambda: x - y, "*": lambda: x * y, "/": lambda: x / y if y else None,
                "%": lambda: math.fmod(x, y)}[word]()
    return answer


def plain(function):
    """A function of values that gives nothing where its first argument is missing."""
    def call(event, *arguments):
        values = [a(event) for a in arguments]
        return None if values[0] is None else function(*values)
    return call


def case(event, *arguments):
    for condition, value in zip(arguments[::2], arguments[1::2]):
        if condition(event) is True:
            return value(event)
    return None


def choose(event, condition, one, other):
    return one(event) if condition(event) is True else other(event)


def json_extract(value, path):
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    if value is None:
        return None
    return value if isinstance(value, str) else json.dumps(value)


def json_array_to_mv(value):
    try:
        value = json.loads(value)
    except ValueError:
        return None
    return single([v if isinstance(v, str) else json.dumps(v) for v in value]) if isinstance(value, list) else None


def mvfind(values, pattern):
    for place, value in enumerate(listed(values)):
        if compiled(pattern).search(value):
            return float(place)
    return None


def strptime(value, form):
    try:
        return datetime.strptime(value, form).replace(tzinfo=timezone.utc).timestamp()
    except ValueError:
        return None


def replace(value, pattern, template):
    # A group that took no part stands for nothing.
    return compiled(pattern).sub(re.sub(r"\\(\d)", r"\\g<\1>", template), text(value))


# Each with the fewest and the most arguments.
FUNCTIONS = {
    "true": (0, 0, lambda e: True), "false": (0, 0, lambda e: False), "null": (0, 0, lambda e: None),
    "isnull": (1, 1, lambda e, a: a(e) is None), "isnotnull": (1, 1, lambda e, a: a(e) is not None),
    "coalesce": (1, None, lambda e, *a: next((v for v in (x(e) for x in a) if v is not None), None)),
    "case": (2, None, case), "if": (3, 3, choose),
    "in": (2, None, plain(lambda v, *all: any(x in [text(y) for y in all] for x in map(text, listed(v))))),
    "match": (2, 2, plain(lambda v, p: any(compiled(p).search(text(x)) is not None for x in listed(v)))),
    "replace": (3, 3, plain(replace)), "lower": (1, 1, plain(lambda v: text(v).lower())),
    "len": (1, 1, plain(lambda v: float(len(text(v))))), "tonumber": (1, 1, plain(number)),
    "floor": (1, 1, plain(lambda v: float(math.floor(number(v))))), "strptime": (2, 2, plain(strptime)),
    "split": (2, 2, plain(lambda v, mark: single(text(v).split(mark)))),
    "mvappend": (1, None, lambda e, *a: single([v for x in a for v in listed(x(e))])),
    "mvjoin": (2, 2, plain(lambda v, mark: mark.join(map(text, listed(v))))),
    "mvindex": (2, 2, plain(lambda v, place: listed(v)[int(place)] if len(listed(v)) > place else None)),
    "mvcount": (1, 1, plain(lambda v: float(len(listed(v))))), "mvfind": (2, 2, plain(mvfind)),
    "mvrange": (2, 2, plain(lambda start, end: single([text(float(n)) for n in range(int(start), int(end))]))),
    "json_extract": (2, 2, plain(json_extract)), "json_array_to_mv": (1, 1, plain(json_array_to_mv)),
}


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
