"""Numbers written in digits, and what their points and commas mean in a language."""

from __future__ import annotations

import re

DIGITS = r"(?:\d{1,3}(?:[,.' \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?|(?<!\d)\.\d+)"
"""Source of a pattern: digits with separators of thousands and a decimal point or comma; no sign."""

_SPACES = re.compile("[ '\u00a0\u202f]")
_POINT_LANGUAGES = frozenset({"en", "zh", "ja", "he", ""})
"""Languages whose decimal mark is the point; elsewhere it is the comma."""


def digits_value(digits: str, language: str) -> float:
    """What ``DIGITS`` matched is worth: "1,429" is 1429 in English and 1.429 in German, "1.5" the reverse.

    A mark that cannot part thousands ("2,5", "10,25") is a decimal mark in every language, and a mark that stands
    twice, or before the other one, parts thousands.
    """
    bare = _SPACES.sub("", digits)
    marks = [char for char in bare if char in ",."]
    if not marks:
        return float(bare)
    decimal = "." if language in _POINT_LANGUAGES else ","
    if len(set(marks)) == 2:
        decimal = marks[-1]
    elif len(marks) > 1 or (marks[0] != decimal and re.fullmatch(r"\d{1,3}[,.]\d{3}", bare)):
        decimal = ""
    else:
        decimal = marks[0]
    whole = bare if decimal else re.sub("[,.]", "", bare)
    if decimal:
        whole = whole.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    return float(whole)
