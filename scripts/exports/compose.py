"""Takes exported SQL apart, so that what many queries work out of the records is planned and worked out once.

An exported query is a chain of steps: the record's columns, a first choice among the events, derived columns level by
level, and the rest. The same expressions, letter by letter, fill a table of all columns that the queries of one export
define, and of the conditions that recur in them; each query reads them there instead of working them out itself. Every
other letter of it stays. All of these depend on nothing but their own record, so it doesn't matter that the table is
filled before the first choice.
"""
import re

import texts

DERIVED = re.compile(r"facts[0-9]+")
# Taking documents apart is left to the query that has chosen its events first.
DOCUMENTS = {"request", "response", "additional"}
# So many conditions are answered by one query.
AT_ONCE = 40


class Query:
    """An exported SQL query: its named steps, and the selection at the end."""

    def __init__(self, text, language):
        self.text, self.language = text, language
        body = "\n".join(line for line in text.split("\n") if not line.startswith("--"))
        if not body.startswith("WITH events AS ("):
            raise ValueError("it doesn't start with the record's columns")
        self.steps, place = [], len("WITH")
        while True:
            opened = re.compile(r"\s*(\w+) AS \(").match(body, place)
            end = texts.closing(body, opened.end(), language)
            self.steps.append((opened[1], body[opened.end():end]))
            place = end + 2
            if body[end + 1:place] != ",":
                break
        self.final = body[end + 1:]
        head = re.fullmatch(r"\s*SELECT (.*)\n  FROM ([\w.$]+)\s*", self.steps[0][1], re.S)
        self.table = head[2]
        self.columns = dict(map(self.named, texts.parts(head[1], language)))
        self.facts = {}
        for name, inner in self.steps:
            if DERIVED.fullmatch(name):
                level = re.fullmatch(r"\s*SELECT \*, (.*)\n  FROM \w+\s*", inner, re.S)
                self.facts.update(map(self.named, texts.parts(level[1], language)))

    @staticmethod
    def named(item):
        value, name = re.fullmatch(r"\s*(.*) AS (\w+)\s*", item, re.S).groups()
        return name, value

    def places(self):
        """Where conditions on the events' columns stand."""
        return [inner for name, inner in self.steps[1:] if not DERIVED.fullmatch(name)] + [self.final]

    def reading(self, table, known):
        """The same query with its columns, derived ones and known conditions too, read in a table that has them."""
        steps, answers = [], []
        for name, inner in self.steps[1:]:
            if DERIVED.fullmatch(name):
                inner = "SELECT * " + re.search(r"\n  (FROM \w+\s*)$", inner)[1]
            else:
                inner, used = texts.replaced(inner, known, self.language)
                answers += used
            steps.append((name, inner))
        final, used = texts.replaced(self.final, known, self.language)
        columns = ", ".join(dict.fromkeys([*self.columns, *self.facts, *answers, *used]))
        steps.insert(0, ("events", f"SELECT {columns} FROM {table}"))
        return "WITH " + ",\n".join(f"{name} AS ({inner})" for name, inner in steps) + final


class Columns:
    """What some queries agree on: no two of them mean something else by the same name."""

    def __init__(self, query):
        self.table, self.language = query.table, query.language
        self.columns, self.facts, self.queries = dict(query.columns), dict(query.facts), [query]

    def take(self, query):
        """Adds a query, unless it means something else by a name."""
        for mine, others, its in ((self.columns, self.facts, query.columns), (self.facts, self.columns, query.facts)):
            if any(mine.get(name, text) != text or name in others for name, text in its.items()):
                return False
        if query.table != self.table:
            return False
        self.columns.update(query.columns)
        self.facts.update(query.facts)
        self.queries.append(query)
        return True

    def levels(self):
        """The derived columns, each level made of those before it."""
        mentioned = {
            name: texts.names(text, self.language) & self.facts.keys() - {name} for name, text in self.facts.items()}
        done, levels = set(), []
        while len(done) < len(self.facts):
            ready = [name for name in self.facts if name not in done and mentioned[name] <= done]
            if not ready:
                raise ValueError("derived columns depend on each other")
            levels.append([(name, self.facts[name]) for name in ready])
            done.update(ready)
        return levels

    def tables(self, prefix):
        """The selections that fill the tables, each reading the one before it, and the conditions that they answer."""
        columns = (self.columns.keys() | self.facts.keys()) - DOCUMENTS
        known = texts.recurring([query.places() for query in self.queries], columns, self.language, "answer")
        answers = [(name, text) for text, name in known.items()]
        levels = self.levels() + [answers[start:start + AT_ONCE] for start in range(0, len(answers), AT_ONCE)]
        columns = ", ".join(f"{text} AS {name}" for name, text in self.columns.items())
        made = [(f"{prefix}0", f"SELECT {columns} FROM {self.table}")]
        for number, level in enumerate(levels, 1):
            items = ", ".join(f"{text} AS {name}" for name, text in level)
            made.append((f"{prefix}{number}", f"SELECT *, {items} FROM {prefix}{number - 1}"))
        return made, known


def grouped(queries):
    """Queries in groups that mean the same by each name."""
    groups = []
    # What derives most sets the meaning for the others.
    for query in sorted(queries, key=lambda query: -len(query.facts)):
        if not any(group.take(query) for group in groups):
            groups.append(Columns(query))
    return groups


def sample(queries):
    """The names of queries that together have every step and every derived column, to be run whole as they stand."""
    features = {
        name: {("fact", *fact) for fact in query.facts.items()} | {("column", column) for column in query.columns}
        | {("step", step) for step, _ in query.steps}
        for name, query in queries.items()}
    left, chosen = set().union(*features.values()), []
    while left:
        name = max(sorted(features), key=lambda name: (len(features[name] & left), -len(features[name])))
        chosen.append(name)
        left -= features.pop(name)
    return chosen
