"""Expressions of eval and where: a reader that makes them into functions of an event.

A comparison with a missing operand gives nothing, and AND and OR know nothing as SQL does.
"""
import math
import re

from spl_functions import FUNCTIONS, listed, number, single, text

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|\"(?P<text>(?:[^\"\\]|\\.)*)\"|'(?P<field>[^']*)'"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<mark>>=|<=|!=|==|[-+*/%.,()<>=]))", re.S)


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
