"""Values of SPL and the functions of eval and where, after Splunk's Search Reference.

A value is a text, a number, a list of texts or nothing. A function with a missing first operand gives nothing.
"""
import functools
import json
import math
import re
from datetime import datetime, timezone

import regex


@functools.lru_cache(maxsize=None)
def compiled(pattern):
    return regex.compile(pattern)


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
