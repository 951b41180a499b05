"""Takes out the exports that say what others say already: unchanged.py ALONE OTHER"""
import pathlib
import re
import sys

alone, other = map(pathlib.Path, sys.argv[1:3])


def meaning(path):
    """The text without its comments: what is said of the baseline there stands in every export."""
    return re.sub(r"^(--|//|#|```).*\n", "", path.read_text(), flags=re.M)


for path in sorted(other.iterdir()):
    known = alone / path.name
    if path.name != "manifest.json" and known.exists() and meaning(known) == meaning(path):
        path.unlink()
