"""Reads the letters of exported queries: what is quoted, where parentheses close, and which conditions recur.

Many exports ask the same long question of an event, whether a person acts for one. Where several queries have the very
same condition in parentheses, and it names nothing but columns of the event, it can be answered once for all of them.
"""
import collections
import dataclasses
import re

WORTH = 500


@dataclasses.dataclass(frozen=True)
class Language:
    """How a query language is written, as far as its conditions go."""
    # Texts and names in quotes; a text with doubled quotes counts as two.
    quotes: str
    connectives: frozenset
    keywords: frozenset

    @property
    def quoted(self):
        return re.compile(self.quotes, re.S)


SQL_WORDS = frozenset("AND OR NOT IN IS NULL LIKE CASE WHEN THEN ELSE END CAST AS true false".split())
SQL = Language(r"'[^']*'|\"[^\"]*\"", frozenset(["AND", "OR"]), SQL_WORDS | {"bigint", "double", "varchar", "JSON"})
CLICKHOUSE = Language(r"'(?:[^'\\]|\\.)*'|\"[^\"]*\"", frozenset(["AND", "OR"]), SQL_WORDS)
KQL = Language(
    r"@'[^']*'|'(?:[^'\\]|\\.)*'", frozenset(["and", "or"]),
    frozenset(("and or not in matches regex contains contains_cs startswith startswith_cs endswith endswith_cs has "
               "true false").split()))


def parts(text, language):
    """Splits text at commas outside of parentheses, brackets and quotes."""
    quoted = language.quoted
    depth, start, place = 0, 0, 0
    while place < len(text):
        found = quoted.match(text, place)
        if found:
            place = found.end()
            continue
        letter = text[place]
        if letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
        elif depth == 0 and letter == ",":
            yield text[start:place]
            start = place + 1
        place += 1
    yield text[start:]


def closing(text, place, language):
    """Where the parenthesis closes that was opened before a place."""
    depth = 0
    for token in re.compile(f"{language.quotes}|[()]", re.S).finditer(text, place):
        if token[0] == ")" and depth == 0:
            return token.start()
        depth += {"(": 1, ")": -1}.get(token[0], 0)
    raise ValueError("a parenthesis isn't closed")


def names(text, language):
    """The words outside of quotes."""
    return set(re.findall(r"[A-Za-z_]\w*", language.quoted.sub(" ", text)))


def conditions(text, language):
    """The conditions in parentheses, each with its place and the names that it mentions; outer ones last."""
    token = re.compile(rf"(?P<quoted>{language.quotes})|(?P<word>[A-Za-z_]\w*)(?P<call>\s*(?=\())?|[()]", re.S)
    stack, before = [], ""
    for found in token.finditer(text):
        if found["word"]:
            word = found["word"]
            if stack:
                if word in language.connectives:
                    stack[-1]["joined"] = True
                elif word not in language.keywords and found["call"] is None:
                    stack[-1]["names"].add(word)
            before = word if found["call"] is not None else ""
            continue
        if found[0] == "(":
            # What stands behind a function's name are its arguments.
            stack.append({"start": found.start(), "free": before == "" or before.lower() in ("not", "and", "or", "when", "where"),
                          "joined": False, "names": set()})
        elif found[0] == ")" and stack:
            group = stack.pop()
            if stack:
                stack[-1]["names"] |= group["names"]
            if group["free"] and group["joined"]:
                yield group["start"], found.end(), group["names"]
        before = ""


def recurring(texts, columns, language, prefix):
    """A column's name for each condition on these columns that saves enough when it is answered once.

    TEXTS are lists, one for each query, of the places where conditions may be replaced.
    """
    counts = collections.Counter()
    for places in texts:
        found = set()
        for text in places:
            found.update(
                text[start:end] for start, end, mentioned in conditions(text, language)
                if end - start > 100 and mentioned <= columns)
        counts.update(found)
    chosen = [text for text, count in counts.items() if (count - 1) * len(text) >= WORTH]
    return {text: f"{prefix}{number}" for number, text in enumerate(sorted(chosen))}


def replaced(text, known, language):
    """The text with known conditions replaced by the columns that answer them, the outermost first; and those columns."""
    groups = sorted(conditions(text, language), key=lambda g: (g[0], -g[1]))
    result, place, used = [], 0, []
    for start, end, _ in groups:
        column = known.get(text[start:end])
        if column and start >= place:
            result += [text[place:start], column]
            used.append(column)
            place = end
    return "".join(result) + text[place:], used
